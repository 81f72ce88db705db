import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';
import { APP, client, lookup, question } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const SEARCH = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local', 'ec2.internal'];
const app = (more = {}) => client(APP, 'app', { search_list: SEARCH, ndots: 5, ...more });

/** A walk that asks A and AAAA of each name, 10 ms apart; the last is answered unless told otherwise. */
function walk(id: number, name: string, names: readonly string[], outcome = 'answered') {
  const seconds = names.length * 0.01;
  return {
    lookup: lookup(id, name, { steps: names.length, queries: 2 * names.length, outcome, seconds, address_lookup: true }),
    questions: names.flatMap((qname, i) =>
      ['A', 'AAAA'].map((qtype, half) =>
        question(id * 100 + 2 * i + half, qname, {
          lookup_id: id,
          qtype,
          asked_at: `2026-01-01 00:00:01.0${i}`,
          outcome: i === names.length - 1 ? outcome : 'negative',
        }),
      ),
    ),
  };
}

const through = (name: string) => [...SEARCH.map((suffix) => `${name}.${suffix}`), name];
const GOOGLE = walk(1, 'google.com', through('google.com'));
const TETRIS = walk(2, 'tetris.default.svc.cluster.local', ['tetris.default.svc.cluster.local']);
const TETRIS_DEFAULT = walk(3, 'tetris.default', through('tetris.default').slice(0, 2));
const NOWHERE = walk(4, 'tetris.svc.cluster.local', through('tetris.svc.cluster.local'), 'negative');

type Walk = ReturnType<typeof walk>;

/** Names that would be tried, in order, queries before and after, and how the lookup would end. */
async function after(walks: readonly Walk[], params: Record<string, string>, more: object = {}) {
  const rows = {
    lookups: walks.map((one) => one.lookup),
    questions: walks.flatMap((one) => one.questions),
    clients: [app()],
    ...more,
  };
  const steps = await given.ask('what-if/steps', rows, params);
  const sum = (name: string) => steps.reduce((total, row) => total + (row[name] as number), 0);
  return {
    tried: steps.filter((row) => row['place'] !== null).map((row) => row['qname']),
    queries: [sum('queries'), sum('after_queries')],
    seconds: [sum('seconds'), sum('after_seconds')].map((total) => Math.round(total * 1000) / 1000),
    end: steps[0]!['after_outcome'],
  };
}

describe('what-if/steps', () => {
  it('changes nothing where nothing is changed', async () => {
    const found = await after([GOOGLE], {});
    expect(found).toMatchObject({ tried: through('google.com'), queries: [10, 10], seconds: [0.05, 0.05] });
    expect(await after([GOOGLE], { ndots: '5' })).toEqual(found);
  });

  it('asks an external name at once with ndots:1', async () => {
    expect(await after([GOOGLE], { ndots: '1' })).toEqual({
      tried: ['google.com'],
      queries: [10, 2],
      seconds: [0.05, 0.01],
      end: 'answered',
    });
  });

  it('leaves a short name that the first suffix completes as it is', async () => {
    expect(await after([TETRIS], { ndots: '1' })).toMatchObject({ queries: [2, 2], end: 'answered' });
  });

  it('asks a name of two labels as it is first with ndots:1, and walks then', async () => {
    expect(await after([TETRIS_DEFAULT], { ndots: '1' })).toMatchObject({
      tried: ['tetris.default', 'tetris.default.default.svc.cluster.local', 'tetris.default.svc.cluster.local'],
      queries: [4, 6],
      end: 'answered',
    });
  });

  it('breaks a name of two labels for musl, which does not search then', async () => {
    const musl = { clients: [app({ resolver: 'musl' })] };
    expect(await after([TETRIS_DEFAULT], { ndots: '1' }, musl)).toMatchObject({
      tried: ['tetris.default'],
      queries: [4, 2],
      end: 'broken',
    });
    expect(await after([TETRIS_DEFAULT], { ndots: '2' }, musl)).toMatchObject({ queries: [4, 4], end: 'answered' });
  });

  it('lets a name that exists nowhere walk as far as before, in another order', async () => {
    const found = await after([NOWHERE], { ndots: '1' });
    expect(found).toMatchObject({ queries: [10, 10], end: 'negative' });
    expect(found.tried[0]).toBe('tetris.svc.cluster.local');
  });

  it('leaves a name alone that has dots enough before as after', async () => {
    const whole = walk(5, 'tetris.default.svc.cluster.local.example', ['tetris.default.svc.cluster.local.example'], 'negative');
    expect(await after([whole], { ndots: '2' })).toMatchObject({ queries: [2, 2], end: 'negative' });
    expect(await after([TETRIS_DEFAULT], { ndots: '3' })).toMatchObject({ queries: [4, 4], end: 'answered' });
  });

  it('walks where ndots grows', async () => {
    const direct = walk(5, 'google.com', ['google.com']);
    const clients = [app({ ndots: 1 })];
    expect(await after([direct], { ndots: '5' }, { clients })).toMatchObject({ tried: through('google.com'), queries: [2, 10] });
    expect(await after([direct], { ndots: '1' }, { clients })).toMatchObject({ queries: [2, 2] });
  });

  it('leaves a name alone that was asked with a dot at its end', async () => {
    expect(await after([walk(5, 'google.com', ['google.com'])], { ndots: '9' })).toMatchObject({ queries: [2, 2] });
  });

  it('asks names with a dot at the end once, and breaks those that only the search list completes', async () => {
    expect(await after([GOOGLE], { fqdn: 'a.example,google.com' })).toMatchObject({ queries: [10, 2], end: 'answered' });
    expect(await after([TETRIS_DEFAULT], { fqdn: 'tetris.default' })).toMatchObject({ queries: [4, 2], end: 'broken' });
    expect(await after([GOOGLE], { fqdn: 'oogle.com' })).toMatchObject({ queries: [10, 10] });
  });

  it('walks past no suffix that no list has, and breaks what only that one completes', async () => {
    const without = SEARCH[1]!;
    const found = await after([GOOGLE], { without });
    expect(found).toMatchObject({ queries: [10, 8], seconds: [0.05, 0.04], end: 'answered' });
    expect(found.tried).toEqual(through('google.com').filter((name) => name !== `google.com.${without}`));
    expect(await after([TETRIS_DEFAULT], { without })).toMatchObject({ end: 'broken' });
    expect(await after([TETRIS], { without })).toMatchObject({ queries: [2, 2], end: 'answered' });
    expect(await after([GOOGLE], { without: 'corp.internal' })).toMatchObject({ queries: [10, 10] });
  });

  it('gives the answer at the first name with autopath, in the time of the first and the last', async () => {
    expect(await after([GOOGLE], { autopath: 'true' })).toMatchObject({ queries: [10, 2], seconds: [0.05, 0.02] });
    expect(await after([NOWHERE], { autopath: 'true' })).toMatchObject({ queries: [10, 10] });
    expect(await after([GOOGLE], { autopath: 'true', ndots: '1' })).toMatchObject({ queries: [10, 2], seconds: [0.05, 0.01] });
  });

  describe('with a lost twin', () => {
    const lost = walk(6, 'a.example', ['a.example']);
    const late = { ...lost, lookup: { ...lost.lookup, seconds: 5.01, queries: 3 } };
    late.questions = [lost.questions[0]!, { ...lost.questions[1]!, attempts: 2 }];
    const race = (resolver: string) => ({
      clients: [app({ resolver })],
      transactions: [{ transaction_id: 1, qname: 'a.example' }],
      lookup_delays: [{ lookup_id: 6, transaction_id: 1, cost_seconds: 5, cause: 'conntrack-race' }],
    });

    it('saves what it cost glibc with single-request, and nobody else', async () => {
      const saved = { queries: [3, 2], seconds: [5.01, 0.01] };
      expect(await after([late], { single_request: 'true' }, race('glibc'))).toMatchObject(saved);
      expect(await after([late], { single_request: 'true' }, race('musl'))).toMatchObject({ queries: [3, 3] });
      expect(await after([late], { no_race: 'true' }, race('musl'))).toMatchObject(saved);
    });
  });
});

describe('what-if/questions', () => {
  const ask = (id: number, second: number, more: object = {}) => ({
    questions: [question(id, 'a.example', { lookup_id: id, asked_at: `2026-01-01 00:00:${second}`, ...more })],
    transactions: [
      {
        transaction_id: id,
        question_id: id,
        attempt: 1,
        state: 'answered',
        min_ttl: 30,
        answered_at: `2026-01-01 00:00:${second}.5`,
      },
    ],
  });
  const kept = async (asked: ReturnType<typeof ask>[], params = {}) => {
    const rows = {
      lookups: [lookup(1, 'a.example')],
      questions: asked.flatMap((one) => one.questions),
      transactions: asked.flatMap((one) => one.transactions),
    };
    return (await given.ask('what-if/questions', rows, params)).map((row) => row['lookup_id']);
  };

  it('leaves out what a cache would neither answer nor keep an answer for that is asked again', async () => {
    expect(await kept([ask(1, 10), ask(2, 20), ask(3, 55)])).toEqual([1, 2]);
    expect(await kept([ask(1, 10), ask(2, 20), ask(3, 55)], { most_seconds: '60' })).toEqual([1, 2, 3]);
    expect(await kept([ask(1, 10), ask(2, 12, { qtype: 'AAAA' })])).toEqual([]);
  });
});
