import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';
import { APP, client, COREDNS, lookup, question, transaction } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const LOOKUP = { lookup: '1' };
const time = (seconds: string) => `2026-01-01 00:00:0${seconds}`;

/** A lookup of two names: the first is answered late, the second at once; another lookup beside it. */
const walk = {
  lookups: [lookup(1, 'db.web', { steps: 2, queries: 3, started_at: time('1'), seconds: 5.2 }), lookup(2, 'other')],
  questions: [
    question(11, 'db.web.default.svc', { lookup_id: 1, asked_at: time('1'), attempts: 2 }),
    question(12, 'db.web.svc', { lookup_id: 1, asked_at: time('6.1') }),
    question(21, 'other', { lookup_id: 2 }),
  ],
  transactions: [
    transaction(101, { question_id: 11, qname: 'db.web.default.svc', asked_at: time('1'), state: 'unanswered', backend: null }),
    transaction(102, { question_id: 11, attempt: 2, qname: 'db.web.default.svc', asked_at: time('6'), answered_at: time('6.05') }),
    transaction(103, { question_id: 12, qname: 'db.web.svc', asked_at: time('6.1'), answered_at: time('6.2') }),
    transaction(104, { question_id: 21, qname: 'other' }),
  ],
};

describe('explain/lookups', () => {
  const lookups = [
    lookup(1, 'google.com', { seconds: 0.1, started_at: time('1') }),
    lookup(2, 'google.com', { seconds: 5, started_at: time('5') }),
    lookup(3, 'web.default.svc', { started_at: time('3') }),
  ];
  const ids = async (params: Record<string, string>, more: object = {}) => {
    const rows = await given.ask('explain/lookups', { lookups, ...more }, params);
    return rows.map((row) => row['lookup_id']);
  };

  it('gives the slowest lookup of a name first, or the one nearest to a time', async () => {
    expect(await ids({ name: 'google.com' })).toEqual([2, 1]);
    expect(await ids({ name: 'google.com', at: '2026-01-01 00:00:02' })).toEqual([1, 2]);
  });

  it('knows a lookup by a name of its walk, and by the short name that its first suffix completed', async () => {
    const questions = [question(1, 'google.com.default.svc', { lookup_id: 1 })];
    expect(await ids({ name: 'google.com.default.svc' }, { questions })).toEqual([1]);
    const clients = [client(APP, 'app', { search_list: ['default.svc', 'svc'] })];
    expect(await ids({ name: 'web' }, { clients })).toEqual([3]);
    expect(await ids({ name: 'web.default' }, { clients })).toEqual([]);
  });
});

describe('explain/subject', () => {
  it('gives a lookup, or a question with the lookup that it belongs to', async () => {
    const rows = { ...walk, clients: [client(APP, 'app')] };
    expect(await given.ask('explain/subject', rows, LOOKUP)).toMatchObject([
      { lookup_id: 1, question_id: null, name: 'db.web', client_name: 'default/app-1', steps: 2 },
    ]);
    expect(await given.ask('explain/subject', rows, { question: '12' })).toMatchObject([
      { lookup_id: 1, question_id: 12, name: 'db.web.svc', qtype: 'A' },
    ]);
    expect(await given.ask('explain/subject', rows, { lookup: '9' })).toEqual([]);
  });
});

describe('explain/queries', () => {
  it("gives a lookup's queries in order, with the place of their names and the gap between attempts", async () => {
    const rows = await given.ask('explain/queries', walk, LOOKUP);
    expect(rows.map((row) => [row['step'], row['transaction_id'], row['attempt'], row['since_before_seconds']])).toEqual([
      [1, 101, 1, null],
      [1, 102, 2, 5],
      [2, 103, 1, null],
    ]);
  });

  it('gives a query without a transaction of its own, which shared a TCP segment', async () => {
    const mate = question(13, 'db.web.svc', { lookup_id: 1, qtype: 'AAAA', asked_at: time('6.1'), waited_seconds: 0.5 });
    const rows = await given.ask('explain/queries', { ...walk, questions: [...walk.questions, mate] }, LOOKUP);
    expect(rows.at(-1)).toMatchObject({
      transaction_id: null,
      qtype: 'AAAA',
      state: 'answered',
      answered_at: '2026-01-01T00:00:06.600Z',
    });
  });
});

describe('explain/legs', () => {
  it('gives every copy of the lookup, in order', async () => {
    const leg = (transaction_id: number, frame: number, second: string) => ({
      transaction_id,
      source_id: 1,
      frame,
      time: time(second),
      is_response: false,
    });
    const rows = {
      ...walk,
      sources: [{ source_id: 1, path: 'a.pcap' }],
      legs: [leg(102, 8, '6'), leg(101, 7, '1'), leg(104, 9, '1')],
    };
    const found = await given.ask('explain/legs', rows, LOOKUP);
    expect(found.map(({ transaction_id, frame, path }) => [transaction_id, frame, path])).toEqual([
      [101, 7, 'a.pcap'],
      [102, 8, 'a.pcap'],
    ]);
  });
});

describe('explain/upstream', () => {
  const ask = (id: number, from: string, second: string) =>
    transaction(id, { client: from, server: '10.9.9.9', qname: 'db.web.svc', asked_at: time(second), from_forwarder: true, question_id: id });
  const servers = [
    { server: COREDNS, role: 'coredns', name: 'coredns-1' },
    { server: '10.0.1.2', role: 'coredns' },
    { server: '10.9.9.9', role: 'upstream' },
  ];

  it('gives what the server that answered asked meanwhile, not what others asked or when', async () => {
    const upstream = [ask(201, COREDNS, '6.15'), ask(202, '10.0.1.2', '6.15'), ask(203, COREDNS, '7')];
    const rows = { ...walk, servers, transactions: [...walk.transactions, ...upstream] };
    expect(await given.ask('explain/upstream', rows, LOOKUP)).toMatchObject([
      { transaction_id: 201, for_transaction_id: 103, forwarder_name: 'coredns-1', server_role: 'upstream' },
    ]);
  });
});

describe('explain/log', () => {
  const rows = {
    ...walk,
    sources: [{ source_id: 5, path: 'coredns.log' }],
    log_coverage: [{ source_id: 5, clock_offset_seconds: 0.5 }],
    log_matches: [{ transaction_id: 103, source_id: 5, line: 9 }],
    log_queries: [{ source_id: 5, line: 9, time: time('6.65'), time_from_wire: false, qname: 'db.web.svc' }],
  };

  it("gives the lookup's lines at the captures' time", async () => {
    const found = await given.ask('explain/log', rows, LOOKUP);
    expect(found).toMatchObject([{ line: 9, event: 'query', time: '2026-01-01T00:00:06.150Z' }]);
    expect(await given.ask('explain/log', rows, { lookup: '2' })).toEqual([]);
  });

  it('gives errors for the name while it was waited for, and no later ones', async () => {
    const error = (line: number, second: string) => ({
      source_id: 5,
      line,
      time: time(second),
      event: 'upstream-error',
      qname: 'db.web.svc',
      qtype: 'A',
    });
    const found = await given.ask('explain/log', { ...rows, log_events: [error(20, '6.61'), error(21, '8')] }, LOOKUP);
    expect(found.map((row) => row['line'])).toEqual([20, 9]);
  });
});

describe('explain/counters', () => {
  it('gives the intervals that the lookup fell into, all CPUs together', async () => {
    const rise = (cpu: number, from: string, to: string, counter = 'drop') => ({
      source_id: 1,
      cpu,
      from_time: time(from),
      to_time: time(to),
      counter,
      increase: 2,
    });
    const rows = {
      ...walk,
      sources: [{ source_id: 1, path: 'S.log' }],
      conntrack_deltas: [rise(0, '5', '6'), rise(1, '5', '6'), rise(0, '5', '6', 'found'), rise(0, '7', '8')],
    };
    expect(await given.ask('explain/counters', rows, LOOKUP)).toMatchObject([{ counter: 'drop', increase: 4 }]);
  });
});

describe('explain/delays', () => {
  it('gives what each attempt cost, the costliest first, and whether the lookup is blamed on what it shows', async () => {
    const delay = (id: number, cost: number, cause: string | null, reason: string) => ({
      lookup_id: 1,
      question_id: 101,
      transaction_id: id,
      cost_seconds: cost,
      cause,
      reason,
    });
    const rows = {
      lookups: [lookup(1, 'db.web', { cause: 'conntrack-race' })],
      transactions: [transaction(101), transaction(102)],
      lookup_delays: [delay(101, 0.3, null, 'why is not seen'), delay(102, 5, 'conntrack-race', 'it was lost')],
    };
    expect(await given.ask('explain/delays', rows, LOOKUP)).toMatchObject([
      { transaction_id: 102, blamed: true, reason: 'it was lost' },
      { transaction_id: 101, blamed: false, reason: 'why is not seen' },
    ]);
  });
});

describe('explain/answers', () => {
  const answered = (more: object) => ({ source_id: 1, section: 'answer', type: 'A', ttl: 30, ...more });
  const rows = {
    ...walk,
    transactions: walk.transactions.map((one) => ({ ...one, answers: one.state === 'answered' ? 1 : null })),
    legs: [
      { transaction_id: 102, source_id: 1, frame: 4, is_response: false },
      { transaction_id: 102, source_id: 1, frame: 6, is_response: true },
      { transaction_id: 102, source_id: 1, frame: 5, is_response: true },
      { transaction_id: 104, source_id: 1, frame: 9, is_response: true },
    ],
    answers: [
      answered({ frame: 5, position: 2, name: 'b.test', data: '10.9.0.2' }),
      answered({ frame: 5, position: 1, name: 'a.test', type: 'CNAME', data: 'b.test' }),
      answered({ frame: 5, position: 3, name: 'test', type: 'SOA', section: 'authority', data: 'ns.test' }),
      answered({ frame: 6, position: 1, name: 'a.test', data: '10.9.0.2' }),
      answered({ frame: 9, position: 1, name: 'other', data: '10.9.0.3' }),
    ],
  };

  it('has the records of the section answer, in their order, from the first copy of each response of the lookup', async () => {
    expect(await given.ask('explain/answers', rows, LOOKUP)).toMatchObject([
      { transaction_id: 102, name: 'a.test', type: 'CNAME', ttl: 30, data: 'b.test' },
      { transaction_id: 102, name: 'b.test', type: 'A', data: '10.9.0.2' },
    ]);
  });

  it('has those of one question alone', async () => {
    expect(await given.ask('explain/answers', rows, { question: '21' })).toMatchObject([{ name: 'other', data: '10.9.0.3' }]);
  });
});
