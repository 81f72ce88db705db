import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figures, GivenModels } from '../../support/given-models.js';
import { Scene } from '../../support/scene.js';

const CAUSE = 'lost-replies';

function lostReplies(count = 4): Scene {
  const scene = new Scene().healthy(0, 60);
  for (let i = 0; i < count; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { a: { lost: 'reply' } });
  return scene;
}

describe('lost-replies', () => {
  it('is confirmed where replies leave the server and never come to the client', async () => {
    const cause = await lostReplies().cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 4, clients: ['10.0.0.1'] });
  });

  it("is confirmed where the replies stand in the server's log and not in the pod's capture", async () => {
    expect(await lostReplies().verdict(CAUSE, 'pod', 'logs')).toBe('confirmed');
  });

  it('is likely by one lost reply', async () => {
    expect(await lostReplies(1).verdict(CAUSE, 'node')).toBe('likely');
  });

  it("is possible where the server's side is not seen", async () => {
    expect(await lostReplies().verdict(CAUSE, 'pod')).toBe('possible');
  });

  it('is not what queries are that never reached a server', async () => {
    const scene = new Scene().healthy(0, 60);
    for (let i = 0; i < 4; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { a: { lost: 'query' } });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is not what replies are that were on their way as their server died', async () => {
    const scene = new Scene().healthy(0, 10);
    scene.pair(9.9, 'last.example.com', { a: { lost: 'reply', server: 1 }, again: { server: 0 } });
    for (let i = 0; i < 24; i++) {
      const server = (i % 2) as 0 | 1;
      const fate = server === 1 ? ({ server, lost: 'server' } as const) : { server };
      scene.pair(10 + i * 2, `name${i}.example.com`, { a: fate, aaaa: fate, again: { server: 0 } });
    }
    expect(await scene.verdictsOf([CAUSE, 'dead-backend'], 'node')).toEqual({ [CAUSE]: 'ruled_out', 'dead-backend': 'confirmed' });
  });

  it('is not what a server is that stays silent', async () => {
    const scene = new Scene().healthy(0, 60);
    for (let i = 0; i < 4; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { a: { lost: 'server' } });
    expect(await scene.verdict(CAUSE, 'node', 'logs')).toBe('ruled_out');
  });

  it('is ruled out where every query was answered', async () => {
    expect(await new Scene().healthy(0, 20).verdict(CAUSE, 'pod')).toBe('ruled_out');
  });

  it('has no evidence in logs alone, nor in a capture of queries alone', async () => {
    expect(await lostReplies().verdict(CAUSE, 'logs')).toBe('no_evidence');
    expect(await lostReplies().verdict(CAUSE, 'requests')).toBe('no_evidence');
  });
});

describe('lost-replies on given rows', () => {
  let given: GivenModels;
  beforeAll(async () => {
    given = await GivenModels.open();
  });
  afterAll(() => given.close());

  const LOST = { left_server: 4, judged: 9, reach_known: 1 };
  const RULES: readonly [string, Figures, string][] = [
    ['all were lost at one place', { ...LOST, one_place: 'on n1', one_node: 'n1' }, 'place-seen'],
    ['all were lost on one node', { ...LOST, one_node: 'n1' }, 'node-seen'],
    ['the place is not seen', LOST, 'seen-leaving'],
    ['some are known from a log alone', { ...LOST, one_node: 'n1', in_log_only: 1 }, 'seen-leaving'],
    ['as many came from another address as were lost', { ...LOST, from_others: 4 }, 'from-another-address'],
    ['fewer came from another address than were lost', { ...LOST, from_others: 3 }, 'seen-leaving'],
    ['a few came from another address', { ...LOST, left_server: 0, from_others: 2 }, 'few-from-another-address'],
    ['fewer were lost than it takes', { ...LOST, left_server: 2, one_node: 'n1' }, 'few-seen-leaving'],
    ['none is seen to be lost and clients asked again', { judged: 9, reach_known: 1, unheeded: 1 }, 'asked-again'],
    ['fewer were lost than it takes, in captures that miss frames', { ...LOST, left_server: 2, misses_frames: true }, 'few-or-not-captured'],
    ['fewer are in the log than it takes, and captures miss frames', { ...LOST, left_server: 0, in_log_only: 2, misses_frames: true }, 'few-logged-or-not-captured'],
  ];

  it.each(RULES)('where %s', async (_, figures, rule) => {
    expect(await given.rule(CAUSE, figures)).toBe(rule);
  });

  it('is shown by what waited for an upstream whose answer was lost on its way to the server, and by no silent one', async () => {
    const signs = await given.signs(CAUSE, {
      'work.waits': [
        { transaction_id: 1, state: 'answered', upstream: 'the upstream 10.9.0.2', upstream_replies_lost: 1, upstream_lost: 0 },
        { transaction_id: 2, state: 'answered', upstream: 'the upstream 10.9.0.2', upstream_replies_lost: 1, upstream_lost: 1 },
        { transaction_id: 3, state: 'answered', upstream: 'the upstream 10.9.0.2', upstream_replies_lost: 0, upstream_lost: 0 },
      ],
    });
    expect(signs).toMatchObject([{ transaction_id: 1, strength: 'shown', reason: expect.stringMatching(/^the answer of the upstream 10\.9\.0\.2/) }]);
  });

  it('takes an answer that came to the client from another address for none that was lost on its way', async () => {
    const counted = await given.numbers(CAUSE, {
      'work.losses': [0, 1].map((transaction_id) => ({ transaction_id, response_left_server: true, in_log: true })),
      'work.judged_transactions': [true, false].map((from_other, transaction_id) => ({ transaction_id, from_other, lost_at: 'on n1' })),
    });
    expect(counted).toMatchObject({ left_server: 1, from_others: 1, placed: 1 });
  });

  const places = (...lost: (string | null)[]) =>
    given.numbers(CAUSE, {
      'work.losses': lost.map((_, i) => ({ transaction_id: i, response_left_server: true, in_log: false })),
      'work.judged_transactions': lost.map((lost_at, i) => ({ transaction_id: i, lost_at })),
    });

  it('names the place or the node only where it is that of all', async () => {
    const [here, there] = ['on n1, before eth0', 'on n1, before the pod'];
    expect(await places(here, here)).toMatchObject({ one_place: here, one_node: 'n1', places: 1 });
    expect(await places(here, there)).toMatchObject({ one_place: '', one_node: 'n1', places: 2 });
    expect(await places(here, null)).toMatchObject({ one_place: '', one_node: '', places: 1 });
    expect(await places(here, 'on n2')).toMatchObject({ one_place: '', one_node: '', places: 2 });
    expect(await places(null)).toMatchObject({ one_place: '', one_node: '', places: 0, by_place: [] });
  });

  it('says how many were lost at each place, the worst first', async () => {
    expect((await places('on n2', 'on n1', 'on n2'))['by_place']).toEqual(['2 replies were lost on n2', '1 reply was lost on n1']);
  });
});

describe('when a cause shows', () => {
  it('is from the first to the last attempt that it cost, not from the beginning of their lookup to its end', async () => {
    const cause = await lostReplies().cause(CAUSE, 'node');
    const [first, last] = ['2026-01-01T00:00:02Z', '2026-01-01T00:00:26Z'].map((time) => new Date(time));
    expect(cause).toMatchObject({ first_seen: first, last_seen: last });
    expect(cause['evidence']).toEqual([
      expect.stringContaining(' 00:00:02.000 '),
      expect.stringContaining(' 00:00:10.000 '),
      expect.stringContaining(' 00:00:18.000 '),
    ]);
  });
});
