import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';
import { APP, client, COREDNS, lost, question, retry, transaction } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const UPSTREAM = '192.168.0.2';
const twice = (id: number, gap: number, more = {}) =>
  question(id, `${id}.example`, { attempts: 2, waited_seconds: gap, ...more });
const byForwarder = { client: COREDNS, server: UPSTREAM, from_forwarder: true };
const forwarder = client(COREDNS, 'coredns', { is_forwarder: true, resolver: 'forwarder' });

describe('timeouts/by-hand', () => {
  it('puts what got no answer before what came late', async () => {
    const probe = (line: number, more: object) => ({
      source_id: 1,
      line,
      tool: 'dig',
      outcome: 'answered',
      tries: 0,
      ...more,
    });
    const rows = await given.ask('timeouts/by-hand', {
      sources: [{ source_id: 1, path: 'dig.txt' }],
      probes: [
        probe(1, { seconds: 0.004 }),
        probe(20, { seconds: 2.1 }),
        probe(40, { outcome: 'timeout', tries: 3 }),
      ],
    });
    expect(rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [40, 'timeout'],
      [20, 'answered'],
      [1, 'answered'],
    ]);
  });
});

describe('timeouts/gaps', () => {
  it('tells gaps by length and by what the attempt before got', async () => {
    const rows = {
      questions: [
        twice(1, 5.003),
        question(2, '2.example', { attempts: 3, outcome: 'unanswered' }),
        twice(3, 0.0015),
        twice(4, 5),
        twice(5, 2, byForwarder),
      ],
      retries: [
        retry(1, 5.003),
        retry(2, 5.001),
        retry(2, 5.002, { attempt: 3 }),
        retry(3, 0.0015, { after: 'REFUSED, at once' }),
        retry(4, 5, { after: 'answered already' }),
        retry(5, 2),
      ],
      clients: [client(APP, 'web')],
    };
    const found = await given.ask('timeouts/gaps', rows);
    expect(found.map((row) => [row.gap_seconds, row.after, row.retries, row.questions])).toEqual([
      [5, 'no answer', 3, 2],
      [0, 'REFUSED, at once', 1, 1],
    ]);
    expect(found[0]).toMatchObject({
      client_name: 'default/web-1',
      resolver: 'glibc',
      shortest_gap_seconds: 5.001,
      longest_gap_seconds: 5.003,
      answered: 1,
    });
  });

  it('gives nothing where every question was asked once', async () => {
    expect(await given.ask('timeouts/gaps', { questions: [question(1, 'a.example')] })).toEqual([]);
  });
});

describe('timeouts/retries', () => {
  const rows = {
    questions: [question(1, 'a.example', { attempts: 3, waited_seconds: 10.01 }), question(2, 'b.example'), twice(3, 2, byForwarder)],
    retries: [retry(1, 5.001), retry(1, 5.002, { attempt: 3, after: 'answered already' }), retry(3, 2)],
    transactions: [lost(1), transaction(2, { question_id: 1, attempt: 2 })],
  };

  it('gives each attempt after the first, those that waited for nothing too', async () => {
    expect(await given.ask('timeouts/retries', rows)).toMatchObject([
      { attempt: 2, gap_seconds: 5.001, after: 'no answer', backend: null, waited_seconds: 10.01 },
      { attempt: 3, gap_seconds: 5.002, after: 'answered already', backend: COREDNS },
    ]);
  });

  it('keeps to gaps as long as asked for', async () => {
    expect(await given.ask('timeouts/retries', rows, { min_gap_seconds: '5.0015' })).toMatchObject([{ attempt: 3 }]);
  });
});

describe('timeouts/histogram', () => {
  it('counts gaps by their length and resolver, forwarders apart', async () => {
    const rows = {
      questions: [twice(1, 5.003), twice(2, 4.9), twice(3, 2.5), twice(4, 2.001, byForwarder), twice(5, 5)],
      retries: [retry(1, 5.003), retry(2, 4.9), retry(3, 2.5), retry(4, 2.001), retry(5, 5, { after: 'answered already' })],
      clients: [client(APP, 'web'), forwarder],
    };
    expect(await given.ask('timeouts/histogram', rows)).toEqual([
      { gap_seconds: 2, resolver: 'forwarder', retries: 1, clients: 1 },
      { gap_seconds: 2.5, resolver: 'glibc', retries: 1, clients: 1 },
      { gap_seconds: 5, resolver: 'glibc', retries: 2, clients: 1 },
    ]);
  });
});

describe('timeouts/forwarders', () => {
  it("gives forwarders' gaps by upstream, and no program's", async () => {
    const rows = {
      questions: [twice(1, 2.001, byForwarder), twice(2, 2.002, { ...byForwarder, outcome: 'unanswered' }), twice(3, 2)],
      retries: [retry(1, 2.001), retry(2, 2.002), retry(3, 2)],
      clients: [forwarder],
    };
    expect(await given.ask('timeouts/forwarders', rows)).toMatchObject([
      { forwarder: COREDNS, forwarder_name: 'default/coredns-1', server: UPSTREAM, gap_seconds: 2, retries: 2, answered: 1 },
    ]);
  });
});

describe('timeouts/unanswered', () => {
  it('gives servers and backends with unanswered queries, their share here and of the whole server', async () => {
    const rows = {
      transactions: [
        transaction(1),
        transaction(2),
        lost(3, { query_reached_server: false }),
        lost(4, { backend: COREDNS, query_reached_server: true, response_left_server: true, qname: 'b.example' }),
        transaction(5, { state: 'unknown', rcode: null }),
        transaction(6, { client: COREDNS, server: UPSTREAM, backend: UPSTREAM, from_forwarder: true }),
      ],
      servers: [
        { server: '10.100.0.10', name: 'kube-system/kube-dns' },
        { server: COREDNS, name: 'kube-system/coredns-1' },
      ],
    };
    const found = await given.ask('timeouts/unanswered', rows);
    expect(found).toMatchObject([
      { backend: COREDNS, backend_name: 'kube-system/coredns-1', queries: 4, unanswered: 1, unknown: 1, reached_server: 1 },
      { backend: null, queries: 1, unanswered: 1, unanswered_share: 1, server_unanswered_share: 0.25, reached_server: 0 },
    ]);
    expect(found[0]).toMatchObject({
      server_name: 'kube-system/kube-dns',
      asked_by: 'programs',
      unanswered_share: 1 / 3,
      answer_left_server: 1,
      clients: 1,
      names: 1,
    });
  });

  it('gives nothing where answers cannot be seen', async () => {
    const transactions = [transaction(1, { state: 'unknown', rcode: null, response_seconds: null })];
    expect(await given.ask('timeouts/unanswered', { transactions })).toEqual([]);
  });
});

describe('timeouts/slow', () => {
  const transactions = [
    transaction(1),
    transaction(2, { response_seconds: 4.002, qname: 'b.example' }),
    transaction(3, { response_seconds: 1.2 }),
    transaction(4, { server: UPSTREAM, backend: UPSTREAM, from_forwarder: true, response_seconds: 0.9 }),
  ];

  it('gives servers with slow answers, and how many came after tries of an upstream', async () => {
    expect(await given.ask('timeouts/slow', { transactions })).toMatchObject([
      { backend: COREDNS, answers: 3, slow: 2, upstream_tries: 1, slowest_seconds: 4.002, clients: 1, names: 2 },
    ]);
  });

  it('takes another limit', async () => {
    expect(await given.ask('timeouts/slow', { transactions }, { limit_seconds: '0.5' })).toHaveLength(2);
    expect(await given.ask('timeouts/slow', { transactions }, { limit_seconds: '5' })).toEqual([]);
  });
});

describe('timeouts/given-up', () => {
  it('sums what programs waited for questions that got nothing', async () => {
    const unanswered = { outcome: 'unanswered', rcode: null, waited_seconds: 10 };
    const rows = {
      questions: [
        twice(1, 5, unanswered),
        twice(2, 5, { ...unanswered, waited_seconds: 10.5 }),
        question(3, 'a.example', { outcome: 'failed', rcode: 'SERVFAIL', waited_seconds: 4 }),
        question(4, 'b.example', { outcome: 'negative', rcode: 'NXDOMAIN' }),
        question(5, 'c.example', { outcome: 'unknown', waited_seconds: null }),
        twice(6, 2, { ...byForwarder, outcome: 'unanswered' }),
      ],
    };
    expect(await given.ask('timeouts/given-up', rows)).toMatchObject([
      { outcome: 'unanswered', rcode: null, attempts: 2, questions: 2, waited_seconds: 20.5, longest_waited_seconds: 10.5 },
      { outcome: 'failed', rcode: 'SERVFAIL', attempts: 1, questions: 1 },
    ]);
  });
});
