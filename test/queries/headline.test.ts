import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables, type GivenRows } from '../support/given.js';
import { lookup } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const answers = (rows: GivenRows) => given.ask('headline/causes', rows);
const cause = (more: object) => ({
  cause: 'conntrack-race',
  title: 'Lost conntrack race',
  kind: 'fault',
  verdict: 'confirmed',
  summary: '9 halves were lost',
  look: ['race/lost-halves'],
  lookups: 2,
  lookup_seconds: 10,
  ...more,
});

describe('headline/causes', () => {
  it('says how many lookups were hurt, then each cause in the words of its own rule', async () => {
    const lookups = [lookup(1, 'a.example', { seconds: 5, cause: 'conntrack-race' }), lookup(2, 'b.example')];
    expect(await answers({ lookups, causes: [cause({})] })).toEqual([
      {
        severity: 'info',
        sentence: '1 of 2 lookups were slow (1 s or longer) or failed; 1 of them are explained.',
        look: 'diagnosis/clients',
      },
      { severity: 'high', sentence: 'Lost conntrack race (confirmed): 9 halves were lost.', look: 'race/lost-halves' },
    ]);
  });

  it('names the root of a consequence, and leaves out what was not found', async () => {
    const causes = [
      cause({ cause: 'upstream-silent', verdict: 'possible', root: 'upstream-packet-limit' }),
      cause({ cause: 'truncation', verdict: 'ruled_out' }),
    ];
    const found = await answers({ lookups: [lookup(1, 'a.example')], causes });
    expect(found).toHaveLength(2);
    expect(found[1]).toMatchObject({
      severity: 'low',
      sentence: expect.stringContaining('It is a consequence of upstream-packet-limit.'),
    });
  });

  it('calls a cost that hurt nobody no finding', async () => {
    const [, row] = await answers({ causes: [cause({ kind: 'cost', lookups: 0 })] });
    expect(row).toMatchObject({ severity: 'info' });
  });

  it('does not say that no lookup was slow where none is seen', async () => {
    expect((await answers({}))[0]!['sentence']).toContain('cannot be told');
  });
});
