import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'lost-queries';

/** Queries that get lost between the client and the service's translation, one of a pair or both. */
function losing({ halves = 0, wholes = 0 }): Scene {
  const scene = new Scene().healthy(0, 30);
  for (let i = 0; i < halves; i++) scene.pair(31 + i * 8, `half${i}.example.com`, { aaaa: { lost: 'query' } });
  for (let i = 0; i < wholes; i++) {
    scene.pair(131 + i * 8, `whole${i}.example.com`, { a: { lost: 'query' }, aaaa: { lost: 'query' } });
  }
  return scene.healthy(300, 30).counters([0, {}], [200, {}], [400, {}]);
}

describe('lost-queries', () => {
  it('is confirmed with its place where the counters stood still', async () => {
    const cause = await losing({ halves: 2, wholes: 4 }).cause(CAUSE, 'node', 'counters');
    expect(cause).toMatchObject({ verdict: 'confirmed', rule: 'place-seen' });
  });

  it('is only possible without the counters where both queries of a socket are lost, as by a full table', async () => {
    const cause = await losing({ wholes: 4 }).cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'possible', rule: 'place-seen-or-table-full' });
  });

  it('has no evidence where one query in all was lost and its way is not seen', async () => {
    expect(await losing({ halves: 1 }).verdicts('pod')).toMatchObject({ [CAUSE]: 'no_evidence' });
  });

  it('is ruled out where every query reached its server', async () => {
    expect(await new Scene().healthy(0, 30).verdicts('node')).toMatchObject({ [CAUSE]: 'ruled_out' });
  });
});
