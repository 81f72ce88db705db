import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'conntrack-table-full';

/** From second 20 to 30 new flows get nowhere, whichever half they are. */
function turnedAway(): Scene {
  const scene = new Scene().healthy(0, 20).healthy(36, 60);
  for (let i = 0; i < 8; i++) {
    scene.pair(20.5 + i, `hit${i}.example.com`, { a: { lost: 'query' }, aaaa: { lost: 'query' } });
  }
  return scene;
}

const dropping = (scene: Scene) =>
  scene.counters([0, {}], [20, {}], [30, { drop: 300, early_drop: 10 }], [60, { drop: 300, early_drop: 10 }]);
const filling = (scene: Scene) => scene.tableFill([0, 400], [20, 990], [25, 1000], [30, 1000], [60, 400]);

describe('conntrack-table-full', () => {
  it('is confirmed where drop rises by itself, the table is at its limit and queries are lost meanwhile', async () => {
    const cause = await filling(dropping(turnedAway())).cause(CAUSE, 'node', 'counters', 'fill');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 8 });
  });

  it('is confirmed without a capture', async () => {
    expect(await filling(dropping(turnedAway())).verdict(CAUSE, 'counters', 'fill')).toBe('confirmed');
  });

  it('is likely without the count', async () => {
    expect(await dropping(turnedAway()).verdict(CAUSE, 'node', 'counters')).toBe('likely');
  });

  it('leaves no loss to a dead server where a few flows of each server went through meanwhile', async () => {
    const scene = turnedAway();
    for (let i = 0; i < 4; i++) scene.query(28.9 + i / 100, `through${i}.example.com`, { server: i < 3 ? 0 : 1 });
    expect(await dropping(scene).verdictsOf([CAUSE, 'dead-backend'], 'node', 'counters')).toEqual({
      [CAUSE]: 'likely',
      'dead-backend': 'ruled_out',
    });
  });

  it('is likely without the counters', async () => {
    expect(await filling(turnedAway()).verdict(CAUSE, 'node', 'fill')).toBe('likely');
  });

  it('is possible where the table was full and no query was lost meanwhile', async () => {
    const scene = filling(new Scene().healthy(0, 60)).counters([0, {}], [60, {}]);
    expect(await scene.verdict(CAUSE, 'node', 'counters', 'fill')).toBe('possible');
  });

  it('says of a lost half of a pair that it is no sign of a full table, not that nothing was lost', async () => {
    const scene = new Scene().healthy(0, 10).pair(12, 'db.example.com', { aaaa: { lost: 'query' } }).healthy(20, 30);
    const told = await scene.cause(CAUSE, 'node');
    expect(told).toMatchObject({ verdict: 'ruled_out', rule: 'lost-otherwise' });
    expect(told['summary']).toMatch(/^1 query that was lost before a server is one of a pair whose other came through/);
  });

  it('is possible where whole lookups were lost and no counter was collected', async () => {
    expect(await turnedAway().verdict(CAUSE, 'node')).toBe('possible');
  });

  it('is not what a race is, where insert_failed rises with drop', async () => {
    const scene = new Scene().healthy(0, 60).counters([0, {}], [60, { insert_failed: 5, drop: 5 }]);
    for (let i = 0; i < 5; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { aaaa: { lost: 'query' } });
    scene.tableFill([0, 100], [60, 120]);
    expect(await scene.verdictsOf([CAUSE, 'conntrack-race'], 'node', 'counters', 'fill')).toEqual({
      [CAUSE]: 'ruled_out',
      'conntrack-race': 'confirmed',
    });
  });

  it('is ruled out by a count far from its limit', async () => {
    const scene = new Scene().tableFill([0, 100], [60, 120]);
    expect(await scene.verdict(CAUSE, 'fill')).toBe('ruled_out');
  });

  it('is ruled out by a capture in which nothing was lost', async () => {
    expect(await new Scene().healthy(0, 20).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it("is likely by the kernel's own word, and counts no flow that no counter counted", async () => {
    const said = { source_id: 23, line: 1, time: null, entries: null, max_entries: null, full_messages: 1 };
    const scene = new Scene().evidence('fill', 'conntrack_table', said);
    const { verdict, summary } = await scene.cause(CAUSE, 'fill');
    expect(verdict).toBe('likely');
    expect(summary).toMatch(/^the kernel said .*; no capture shows whether DNS was hit$/);
  });

  it('is possible where drop rose and no sample has the table full', async () => {
    const scene = dropping(turnedAway()).tableFill([0, 100], [20, 120], [30, 110], [60, 100]);
    expect(await scene.cause(CAUSE, 'node', 'counters', 'fill')).toMatchObject({
      verdict: 'possible',
      rule: 'turned-away-with-room',
    });
  });

  it('has no evidence in logs alone', async () => {
    expect(await turnedAway().verdict(CAUSE, 'logs')).toBe('no_evidence');
  });
});
