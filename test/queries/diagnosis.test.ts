import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';
import { APP, client, lookup } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const OTHER = '10.0.0.2';
const hurt = (id: number, cause: string, more = {}) => lookup(id, 'a.example', { seconds: 5, cause, ...more });

describe('diagnosis/clients', () => {
  it('gives clients whose lookups were slow or failed, the longest wait first', async () => {
    const lookups = [
      hurt(1, 'conntrack-race'),
      hurt(2, 'unexplained', { outcome: 'failed', seconds: 7.5, started_at: '2026-01-01 00:00:09' }),
      lookup(3, 'b.example'),
      lookup(4, 'c.example'),
      hurt(5, 'conntrack-race', { client: OTHER, seconds: 30 }),
    ];
    expect(await given.ask('diagnosis/clients', { lookups, clients: [client(APP, 'web')] })).toMatchObject([
      { client: OTHER, client_name: null, lookups: 1, slow_or_failed: 1, hurt_share: 1, waited_seconds: 30 },
      {
        client: APP,
        client_name: 'default/web-1',
        workload: 'web',
        lookups: 4,
        slow_or_failed: 2,
        failed: 1,
        hurt_share: 0.5,
        waited_seconds: 12.5,
        longest_seconds: 7.5,
        causes: ['conntrack-race', 'unexplained'],
        first_at: '2026-01-01T00:00:01Z',
        last_at: '2026-01-01T00:00:09Z',
      },
    ]);
  });

  it('gives none where no lookup was hurt', async () => {
    expect(await given.ask('diagnosis/clients', { lookups: [lookup(1, 'a.example')] })).toEqual([]);
  });
});
