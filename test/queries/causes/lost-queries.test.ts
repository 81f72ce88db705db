import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figures, GivenModels } from '../../support/given-models.js';
import { Scene } from '../../support/scene.js';

const CAUSE = 'lost-queries';

/** Queries that get lost between the client and the service's translation, one of a pair or both. */
function losing({ halves = 0, wholes = 0 }): Scene {
  const scene = new Scene().healthy(0, 30);
  for (let i = 0; i < halves; i++) scene.pair(31 + i * 8, `half${i}.example.com`, { aaaa: { lost: 'query' } });
  for (let i = 0; i < wholes; i++) {
    scene.pair(131 + i * 8, `whole${i}.example.com`, { a: { lost: 'query' }, aaaa: { lost: 'query' } });
  }
  return scene.counters([0, {}], [200, {}], [400, {}]);
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
});

describe('lost-queries on given rows', () => {
  let given: GivenModels;
  beforeAll(async () => {
    given = await GivenModels.open();
  });
  afterAll(() => given.close());

  const LOST = { lost: 4, placed: 4, places: 1, judged: 9, reach_known: 1 };
  const RULES: readonly [string, Figures, string][] = [
    ['its place is seen', LOST, 'place-seen'],
    ['its place is seen and both of a socket were lost, without counters', { ...LOST, table_may_be_full: true }, 'place-seen-or-table-full'],
    ['no place is seen and both of a socket were lost, without counters', { ...LOST, placed: 0, places: 0, table_may_be_full: true }, 'lost-or-table-full'],
    ['several places of one node are seen', { ...LOST, places: 2, one_node: 'n1' }, 'node-seen'],
    ['several places are seen', { ...LOST, places: 2 }, 'places-seen'],
    ['the place of fewer is seen than it takes', { ...LOST, placed: 2 }, 'never-came'],
    ['one query was lost', { ...LOST, lost: 1, placed: 1 }, 'few-lost'],
    ['it is not seen how far several came', { unclear: 3, judged: 9 }, 'way-not-seen'],
    ['it is not seen how far one came', { unclear: 1, judged: 9 }, 'few-not-seen'],
    ['every query reached its server', { judged: 9, reach_known: 1 }, 'none-lost'],
    ['the way is not seen', { judged: 9 }, 'way-never-seen'],
    ['no capture shows enough answers', {}, 'nothing-seen'],
    ['lookups are blamed on it that nothing else shows', { blamed: 1, judged: 9, reach_known: 1 }, 'shown-by-lookups'],
  ];

  it.each(RULES)('where %s', async (_, figures, rule) => {
    expect(await given.rule(CAUSE, figures)).toBe(rule);
  });

  const half = { query_reached_server: false, half: true, pair: false, together: true };
  const loss = (id: number, row = {}) => ({ transaction_id: id, ...half, ...row });
  const numbers = (losses: ReturnType<typeof loss>[], shape: Record<string, string | number | boolean>) =>
    given.numbers(CAUSE, {
      'work.race_losses': losses,
      'work.judged_transactions': losses.map(({ transaction_id: id }) => ({ transaction_id: id, lost_at: id < 3 ? 'on n1' : "between n1's eth0 and n2's eth0" })),
      'work.race_shape': [{ counters_still: false, together: 3, spares_two_sockets: true, mostly_halves: false, apart_lost: 0, ...shape }],
    });

  it('leaves halves to the race while nothing speaks against one', async () => {
    const losses = [loss(1), loss(2), loss(3), loss(4, { half: false, pair: true })];
    expect((await numbers(losses, {}))['lost']).toBe(1);
    expect((await numbers(losses, { counters_still: true }))['lost']).toBe(4);
    expect((await numbers(losses, { spares_two_sockets: false }))['lost']).toBe(4);
    expect((await numbers(losses, { together: 0 }))['lost']).toBe(4);
  });

  it('says where something drops queries by their type, five and five others that got through, and not where others were lost too', async () => {
    const asked = (id: number, qtype: number) => ({ transaction_id: id, client_id: 1, qtype, asked_ns: id });
    const told = async (lost: number, others: string[], socket = {}) => {
      const gone = Array.from({ length: lost }, (_, i) => asked(i === 0 ? 1 : 100 + i, 28));
      const figures = await given.numbers(CAUSE, {
        'work.race_losses': gone.map((row) => ({ ...row, ...half })),
        'work.judged_transactions': [
          ...gone.map((row) => ({ ...row, state: 'unanswered', lost_at: 'on n1' })),
          ...others.map((state, i) => ({ ...asked(i + 2, 1), client_port: i, state, lost_at: null, ...socket })),
        ],
        'work.race_shape': [{ counters_still: true, together: 3, spares_two_sockets: true, mostly_halves: true, apart_lost: 0 }],
        'raw.codes': [{ registry: 'type', code: 28, mnemonic: 'AAAA' }],
      });
      return [figures['only_type'], figures['others_answered'], figures['one_node']];
    };
    const through = (count: number) => Array.from({ length: count }, () => 'answered');
    expect(await told(5, through(5))).toEqual(['AAAA', 5, 'n1']);
    expect(await told(4, through(5))).toEqual(['', 0, 'n1']);
    expect(await told(5, through(4))).toEqual(['', 0, 'n1']);
    expect(await told(5, [...through(5), 'unanswered'])).toEqual(['', 0, 'n1']);
    // all of them from one socket: those behind its first answer go a way that is known to be open
    expect(await told(5, through(5), { client_port: 7 })).toEqual(['', 0, 'n1']);
  });

  it('says how many replies were lost on the same node in the same time', async () => {
    const there = async (replies: { at: string; asked: number; left?: boolean }[], places = ['on n1', 'on n1']) =>
      (await given.numbers(CAUSE, {
        'work.race_losses': places.map((_, i) => loss(i, { asked_ns: 100 + i })),
        'work.losses': replies.map(({ asked, left = true }, i) => ({ transaction_id: 10 + i, asked_ns: asked, response_left_server: left })),
        'work.judged_transactions': [
          ...places.map((lost_at, i) => ({ transaction_id: i, lost_at })),
          ...replies.map(({ at }, i) => ({ transaction_id: 10 + i, lost_at: at })),
        ],
        'work.race_shape': [{ counters_still: true, together: 3, spares_two_sockets: true, mostly_halves: false, apart_lost: 0 }],
      }))['replies_there'];
    const here = { at: 'on n1, before its uplink', asked: 101 };
    expect(await there([here, here, { ...here, asked: 102 }, { ...here, at: 'on n2' }, { ...here, left: false }])).toBe(2);
    expect(await there([here], ['on n1', 'on n2'])).toBe(0);
  });

  it('says how many were lost at each place, the worst first', async () => {
    const losses = [loss(1), loss(2), loss(3)];
    expect(await numbers(losses, { counters_still: true })).toMatchObject({
      places: 2,
      placed: 3,
      worst_place: 'on n1',
      by_place: ['2 queries were lost on n1', "1 query was lost between n1's eth0 and n2's eth0"],
    });
  });

  it('blames on it what waited for a query that was lost on its way, and on no other', async () => {
    const wait = { lookup_id: 1, state: 'unanswered', query_reached_server: false };
    const signs = await given.signs(CAUSE, {
      'work.waits': [1, 2, 3, 4].map((id) => ({ ...wait, transaction_id: id, ...(id === 2 && { query_reached_server: true }), ...(id === 3 && { state: 'answered' }) })),
      'work.judged_transactions': [1, 2, 3, 4].map((id) => ({ transaction_id: id, lost_at: 'on n1' })),
      // the fourth went to a server that is gone
      'work.race_losses': [1, 2, 3].map((id) => ({ transaction_id: id })),
    });
    expect(signs).toEqual([{ transaction_id: 1, strength: 'shown', reason: 'it was lost on its way to the server, on n1' }]);
  });
});
