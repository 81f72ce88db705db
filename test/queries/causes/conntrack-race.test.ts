import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figures, GivenModels } from '../../support/given-models.js';
import { OTHER, Scene } from '../../support/scene.js';

const CAUSE = 'conntrack-race';

/** Five lookups of a glibc client that each lost their AAAA half before a server. */
function lostHalves(count = 5): Scene {
  const scene = new Scene().healthy(0, 60);
  for (let i = 0; i < count; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { aaaa: { lost: 'query' } });
  return scene;
}

/** insert_failed and drop rose by as much. */
const rising = (scene: Scene, by: number) => scene.counters([0, {}], [60, { insert_failed: by, drop: by }]);

describe('conntrack-race', () => {
  it('is confirmed where halves never reach a server and insert_failed and drop rise with them', async () => {
    const cause = await rising(lostHalves(), 5).cause(CAUSE, 'node', 'counters');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 5, clients: ['10.0.0.1'] });
    expect(cause['evidence']).toHaveLength(3);
  });

  it('is confirmed by a capture in one pod where the logs show which queries reached a server', async () => {
    const scene = rising(lostHalves(7), 7);
    expect(await scene.verdict(CAUSE, 'pod', 'logs', 'counters')).toBe('confirmed');
  });

  it('is possible where the log of one of the two servers behind the address is missing', async () => {
    const scene = rising(lostHalves(), 5).withoutLog(1);
    expect(await scene.verdict(CAUSE, 'pod', 'logs', 'counters')).toBe('possible');
  });

  it('is likely without the counters', async () => {
    expect(await lostHalves().verdict(CAUSE, 'node')).toBe('likely');
  });

  it('is possible where it cannot be seen how far the lost halves went', async () => {
    expect(await lostHalves().verdict(CAUSE, 'pod')).toBe('possible');
  });

  it('is ruled out where the counters did not rise with the losses', async () => {
    const scene = lostHalves().counters([0, {}], [60, {}]);
    expect(await scene.verdict(CAUSE, 'node', 'counters')).toBe('ruled_out');
  });

  it('is possible by one lost half alone', async () => {
    expect(await lostHalves(1).verdict(CAUSE, 'node')).toBe('possible');
  });

  it('is ruled out and absorbed where clashes were counted and nothing was lost', async () => {
    const scene = new Scene().healthy(0, 30).counters([0, {}], [30, { clash_resolve: 150 }]);
    const { verdict, summary } = await scene.cause(CAUSE, 'node', 'counters');
    expect([verdict, summary]).toEqual(['ruled_out', expect.stringMatching(/^absorbed: .*clash_resolve \+150/)]);
  });

  it('is ruled out where insert_failed rises without drop and nothing was lost', async () => {
    const scene = new Scene().healthy(0, 30).counters([0, {}], [30, { insert_failed: 20 }]);
    expect(await scene.verdict(CAUSE, 'node', 'counters')).toBe('ruled_out');
  });

  it('is no more than possible where clients with a socket a query lose as many', async () => {
    const scene = new Scene();
    for (let i = 0; i < 60; i++) {
      const lost = i % 8 === 0 ? ({ lost: 'query' } as const) : {};
      scene.pair(1 + i, `name${i}.example.com`, { aaaa: lost });
      scene.pair(1.5 + i, `name${i}.example.com`, { client: OTHER, resolver: 'go', aaaa: lost });
    }
    expect(await scene.verdict(CAUSE, 'node')).toBe('possible');
  });

  it('is not what losses of halves asked one after the other are', async () => {
    const scene = new Scene().healthy(0, 60);
    for (let i = 0; i < 5; i++) {
      const time = 2 + i * 10;
      const [name, port] = [`hit${i}.example.com`, 40_000 + i];
      scene.query(time, name, { lost: 'query' }, { port, id: port });
      scene.query(time + 5, name, {}, { port, id: port });
      scene.query(time + 5.002, name, {}, { port, id: port + 1, type: 'AAAA' });
    }
    expect(await scene.cause(CAUSE, 'node')).toMatchObject({ verdict: 'ruled_out', lookups: 0 });
  });

  it('is no more than possible where as many pairs are lost whole', async () => {
    const scene = new Scene().healthy(0, 60);
    for (let i = 0; i < 4; i++) scene.pair(2 + i * 6, `half${i}.example.com`, { aaaa: { lost: 'query' } });
    for (let i = 0; i < 2; i++) scene.pair(30 + i * 6, `whole${i}.example.com`, { a: { lost: 'query' }, aaaa: { lost: 'query' } });
    expect(await scene.verdict(CAUSE, 'node')).toBe('possible');
  });

  it('is not what lost replies are', async () => {
    const scene = new Scene().healthy(0, 60);
    for (let i = 0; i < 5; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { aaaa: { lost: 'reply' } });
    expect(await scene.verdictsOf([CAUSE, 'lost-replies'], 'node')).toEqual({ [CAUSE]: 'ruled_out', 'lost-replies': 'confirmed' });
  });

  it('is not what a full table is', async () => {
    const scene = new Scene().healthy(0, 60).tableFill([0, 500], [20, 1000], [40, 1000], [60, 500]);
    for (let i = 0; i < 6; i++) {
      scene.pair(22 + i, `hit${i}.example.com`, { a: { lost: 'query' }, aaaa: i % 2 ? { lost: 'query' } : {} });
    }
    scene.counters([0, {}], [20, {}], [30, { drop: 400 }], [60, { drop: 400 }]);
    expect(await scene.verdictsOf([CAUSE, 'conntrack-table-full'], 'node', 'counters', 'fill')).toEqual({
      [CAUSE]: 'ruled_out',
      'conntrack-table-full': 'confirmed',
    });
  });

  it('is possible by counters alone that rose together', async () => {
    expect(await rising(lostHalves(), 19).verdict(CAUSE, 'counters')).toBe('possible');
  });

  it('is ruled out by counters alone that did not rise', async () => {
    const scene = new Scene().counters([0, { insert_failed: 7 }], [30, { insert_failed: 7 }]);
    expect(await scene.verdict(CAUSE, 'counters')).toBe('ruled_out');
  });

  it('takes one sample for what it is: since boot, so that 0 speaks against a race and proves nothing of later', async () => {
    const still = await new Scene().counters([0, {}]).cause(CAUSE, 'counters');
    expect(still).toMatchObject({ verdict: 'no_evidence', rule: 'one-sample-still' });
    const risen = await new Scene().counters([0, { insert_failed: 199 }]).cause(CAUSE, 'counters');
    expect(risen).toMatchObject({ verdict: 'possible', rule: 'one-sample' });
  });

  it('is not likely by halves alone where the one sample stands at 0', async () => {
    const scene = lostHalves().counters([0, {}]);
    expect(await scene.verdict(CAUSE, 'node')).toBe('likely');
    expect(await scene.verdict(CAUSE, 'node', 'counters')).toBe('possible');
  });

  it('has no evidence in logs alone, nor in a capture of queries alone', async () => {
    expect(await lostHalves().verdict(CAUSE, 'logs')).toBe('no_evidence');
    expect(await lostHalves().verdict(CAUSE, 'requests')).toBe('no_evidence');
  });
});

describe('conntrack-race on given rows', () => {
  let given: GivenModels;
  beforeAll(async () => {
    given = await GivenModels.open();
  });
  afterAll(() => given.close());

  const RISEN = { has_counters: true, insert_failed: 9, dropped: 9 };
  const RULES: readonly [string, Figures, string][] = [
    ['halves asked one by one are lost', { judged: 9, missing: 3, short: 3 }, 'asked-one-by-one'],
    ['halves were lost behind their translation', { judged: 9, reach_known: 1, short: 3, behind: 3 }, 'lost-behind-translation'],
    ['the counters rose with halves asked one by one', { ...RISEN, judged: 9, missing: 3, short: 3, counters_agree: true }, 'asked-one-by-one-counters-rose'],
    ['clashes were counted and none is seen to have lost a half', { ...RISEN, judged: 9, reach_known: 1 }, 'absorbed'],
    ['the captures that show no lost half miss frames', { ...RISEN, judged: 9, reach_known: 1, misses_frames: true }, 'clashes-and-frames-missing'],
    ['clashes were counted and captures show queries alone', { ...RISEN, captures: 1 }, 'counters-alone'],
  ];
  it.each(RULES)('where %s', async (_, figures, rule) => {
    expect(await given.rule(CAUSE, figures)).toBe(rule);
  });

  it('leaves out halves that were seen behind the translation of their address', async () => {
    const halves = async (backend_id: number | null) => {
      const loss = { transaction_id: 1, server_id: 2, backend_id, query_reached_server: false, half: true, together: true, pair: false };
      const [row] = await given.rows('work.race_losses', { 'work.losses': [loss] });
      return [row!['half'], row!['together'], row!['half_behind']];
    };
    expect(await halves(null)).toEqual([true, true, false]);
    expect(await halves(2)).toEqual([true, true, false]);
    expect(await halves(3)).toEqual([false, false, true]);
  });
});
