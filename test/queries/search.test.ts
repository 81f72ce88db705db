import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';
import { APP, client, lookup, question } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const OTHER = '10.0.0.2';
const walk = (id: number, name: string, more = {}) =>
  lookup(id, name, { steps: 3, queries: 6, wasted_queries: 4, ...more });

/** What a walk of three names asked, a tenth of a second apart; the last is the name itself. */
const stepsOf = (id: number, name: string) =>
  [`${name}.svc.cluster.local`, `${name}.cluster.local`, name].flatMap((qname, i) =>
    ['A', 'AAAA'].map((qtype) =>
      question(10 * id + i, qname, {
        lookup_id: id,
        qtype,
        asked_at: `2026-01-01 00:00:01.${i}`,
        outcome: i < 2 ? 'negative' : 'answered',
        rcode: i < 2 ? 'NXDOMAIN' : 'NOERROR',
      }),
    ),
  );

describe('search/storms', () => {
  const lookups = [walk(1, 'google.com'), walk(2, 'google.com'), walk(3, 'a.example'), lookup(4, 'web.default')];

  it('gives a client and window whose wasted queries reach the limit', async () => {
    const rows = {
      lookups: [...lookups, walk(5, 'b.example', { client: OTHER })],
      questions: [...stepsOf(1, 'google.com'), ...stepsOf(3, 'a.example')],
      clients: [client(APP, 'web')],
    };
    expect(await given.ask('search/storms', rows, { min_wasted: '12' })).toEqual([
      {
        from_time: '2026-01-01T00:00:00Z',
        client: APP,
        client_name: 'default/web-1',
        lookups: 4,
        walks: 3,
        queries: 20,
        wasted_queries: 12,
        wasted_share: 0.6,
        names: 3,
        worst_name: 'google.com',
        worst_name_wasted: 8,
        suffixes: ['cluster.local', 'svc.cluster.local'],
      },
    ]);
  });

  it('gives nothing where a window stays under the limit, though two together reach it', async () => {
    const apart = [walk(1, 'google.com'), walk(2, 'google.com', { started_at: '2026-01-01 00:00:11' })];
    expect(await given.ask('search/storms', { lookups: apart }, { min_wasted: '8' })).toEqual([]);
    expect(await given.ask('search/storms', { lookups: apart }, { min_wasted: '8', window_seconds: '60' })).toHaveLength(1);
  });

  it('gives nothing for many lookups that wasted nothing', async () => {
    const plain = Array.from({ length: 200 }, (_, i) => lookup(i, `name-${i}.example`));
    expect(await given.ask('search/storms', { lookups: plain })).toEqual([]);
  });

  it('takes a hundred wasted queries within ten seconds for a storm', async () => {
    const storms = async (walks: number) =>
      (await given.ask('search/storms', { lookups: Array.from({ length: walks }, (_, i) => walk(i, `name-${i}.example`)) })).length;
    expect([await storms(24), await storms(25)]).toEqual([0, 1]);
    const apart = [0, 9].map((second, i) => walk(i, 'google.com', { started_at: `2026-01-01 00:00:0${second}` }));
    expect(await given.ask('search/storms', { lookups: apart }, { min_wasted: '8' })).toHaveLength(1);
  });

  it('keeps to the time and client asked for', async () => {
    const rows = { lookups: [walk(1, 'a.example'), walk(2, 'a.example', { client: OTHER })] };
    const ask = (filters: object) => given.ask('search/storms', rows, { min_wasted: '1' }, filters);
    expect(await ask({ client: OTHER })).toMatchObject([{ client: OTHER }]);
    expect(await ask({ since: '2026-01-01 00:00:02' })).toEqual([]);
    expect(await ask({ until: '2026-01-01 00:00:01' })).toEqual([]);
  });
});

describe('search/clients', () => {

  it('gives each client its amplification, the most wasteful first', async () => {
    const rows = {
      lookups: [lookup(1, 'a.example', { client: OTHER }), walk(2, 'b.example'), lookup(3, 'c', { outcome: 'failed' })],
      clients: [client(APP, 'web', { ndots: 5, search_list: ['svc.cluster.local', 'cluster.local'] })],
    };
    expect(await given.ask('search/clients', rows)).toEqual([
      {
        client: APP,
        client_name: 'default/web-1',
        workload: 'web',
        resolver: 'glibc',
        ndots: 5,
        search_list: ['svc.cluster.local', 'cluster.local'],
        lookups: 2,
        walks: 1,
        queries: 8,
        wasted_queries: 4,
        wasted_share: 0.5,
        amplification: 2,
        failed: 1,
      },
      expect.objectContaining({ client: OTHER, client_name: null, walks: 0, wasted_share: 0, amplification: 1 }),
    ]);
  });
});

describe('search/names', () => {
  it('sums lookups of a name over clients and counts its dots', async () => {
    const lookups = [
      walk(1, 'google.com'),
      walk(2, 'google.com', { client: OTHER, steps: 5, queries: 10, wasted_queries: 8 }),
      lookup(3, 'web', { outcome: 'negative' }),
    ];
    expect(await given.ask('search/names', { lookups })).toEqual([
      {
        name: 'google.com',
        dots: 1,
        clients: 2,
        lookups: 2,
        walks: 2,
        longest_walk: 5,
        queries: 16,
        wasted_queries: 12,
        wasted_share: 0.75,
        queries_per_lookup: 8,
        answered: 2,
        negative: 0,
        failed: 0,
      },
      expect.objectContaining({ name: 'web', dots: 0, wasted_queries: 0, negative: 1 }),
    ]);
    expect(await given.ask('search/names', { lookups }, { top: '1' })).toHaveLength(1);
  });
});

describe('search/walks', () => {
  const rows = {
    lookups: [walk(1, 'google.com'), lookup(2, 'web.default')],
    questions: [...stepsOf(1, 'google.com'), question(90, 'web.default', { lookup_id: 2 })],
  };

  it('gives the names of a walk in the order they were tried', async () => {
    const found = await given.ask('search/walks', rows);
    expect(found.map(({ step, suffix, queries, wasted }) => [step, suffix, queries, wasted])).toEqual([
      [1, 'svc.cluster.local', 2, true],
      [2, 'cluster.local', 2, true],
      [3, '.', 2, false],
    ]);
    expect(found[2]).toMatchObject({ lookup_id: 1, qname: 'google.com', outcomes: ['answered'] });
  });

  it('leaves lookups of one name and of other names out', async () => {
    expect(await given.ask('search/walks', rows, { name: 'Google.com' })).toHaveLength(3);
    expect(await given.ask('search/walks', rows, { name: 'web.default' })).toEqual([]);
  });
});

describe('search/worst-walks', () => {
  const late = { asked_at: '2026-01-01 00:00:09', waited_seconds: 2.5, outcome: 'unanswered', rcode: null, attempts: 2 };
  const rows = {
    lookups: [walk(1, 'google.com'), walk(2, 'google.com'), walk(3, 'b.example', { wasted_queries: 1 }), lookup(4, 'web')],
    questions: [
      ...stepsOf(1, 'google.com'),
      question(50, 'google.com.svc.cluster.local', { lookup_id: 2, ...late }),
      question(51, 'b.example', { lookup_id: 3 }),
      question(52, 'web', { lookup_id: 4 }),
    ],
  };

  it('puts the walks of a name together, step by step, the worst name first', async () => {
    const found = await given.ask('search/worst-walks', rows);
    expect(found.map(({ name, step, tried, walks, queries, wasted_share }) => [name, step, tried, walks, queries, wasted_share])).toEqual([
      ['google.com', 1, '.svc.cluster.local', 2, 4, 0.5],
      ['google.com', 2, '.cluster.local', 1, 2, 1],
      ['google.com', 3, 'as it is', 1, 2, 0],
      ['b.example', 1, 'as it is', 1, 1, 0],
    ]);
    expect(found[0]).toMatchObject({ qname: 'google.com.svc.cluster.local', rcodes: ['NXDOMAIN', 'unanswered'], longest_seconds: 2.5 });
  });

  it('gives as many names as asked for', async () => {
    const found = await given.ask('search/worst-walks', rows, { top: '1' });
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['google.com']));
  });
});

describe('search/suffixes', () => {
  it('counts for each suffix what it answered and what it wasted', async () => {
    const ended = [
      question(30, 'db.web.svc.cluster.local', { lookup_id: 2, asked_at: '2026-01-01 00:00:02.1', waited_seconds: 2 }),
      question(31, 'db.web.default.svc.cluster.local', { lookup_id: 2, asked_at: '2026-01-01 00:00:02' }),
    ];
    const rows = {
      lookups: [walk(1, 'google.com'), walk(2, 'db.web'), lookup(3, 'one.example')],
      questions: [...stepsOf(1, 'google.com'), ...ended, question(40, 'one.example', { lookup_id: 3 })],
    };
    const found = await given.ask('search/suffixes', rows);
    expect(found.map((row) => [row.suffix, row.tried, row.queries, row.ended, row.answered, row.wasted_queries])).toEqual([
      ['svc.cluster.local', 2, 3, 1, 1, 2],
      ['cluster.local', 1, 2, 0, 0, 2],
      ['default.svc.cluster.local', 1, 1, 0, 0, 1],
      ['.', 1, 2, 1, 1, 0],
    ]);
    expect(found[0]).toMatchObject({ clients: 1, slow: 1 });
  });
});

describe('search/over-time', () => {
  it('gives each window its queries and those wasted', async () => {
    const lookups = [walk(1, 'a.example'), lookup(2, 'b.example'), lookup(3, 'c.example', { started_at: '2026-01-01 00:01:00' })];
    expect(await given.ask('search/over-time', { lookups })).toEqual([
      { from_time: '2026-01-01T00:00:00Z', lookups: 2, walks: 1, queries: 8, wasted_queries: 4, wasted_share: 0.5 },
      { from_time: '2026-01-01T00:01:00Z', lookups: 1, walks: 0, queries: 2, wasted_queries: 0, wasted_share: 0 },
    ]);
  });
});
