import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const NODELOCAL = '169.254.20.10';
const SERVERS = [
  { server: NODELOCAL, role: 'nodelocal' },
  { server: '10.1.0.1', role: 'coredns' },
  { server: '10.9.9.9', role: 'upstream' },
];
const asked = (id: number, qname: string, from: string, to: string, more = {}) => ({
  transaction_id: id,
  client: '10.0.0.1',
  server: NODELOCAL,
  qname,
  qtype: 'A',
  asked_at: `2026-01-01 00:00:${from}`,
  answered_at: `2026-01-01 00:00:${to}`,
  response_seconds: 0.5,
  state: 'answered',
  rcode: 'NOERROR',
  answers: 1,
  min_ttl: 30,
  truncated: false,
  from_forwarder: false,
  in_log: true,
  ...more,
});
const byNode = { client: '10.0.0.250', from_forwarder: true, server: '10.1.0.1' };
const byCoreDns = { client: '10.1.0.1', from_forwarder: true, server: '10.9.9.9' };
const SCENE = {
  servers: SERVERS,
  transactions: [
    asked(1, 'a.example', '01.0', '01.5'),
    asked(2, 'a.example', '01.2', '01.3', byNode),
    asked(3, 'a.example', '02.0', '02.1'),
    // CoreDNS asking for another node's client does not count
    asked(4, 'a.example', '02.05', '02.06', byCoreDns),
    asked(5, 'b.example', '03.0', '03.1'),
    // too late to be for the query before
    asked(6, 'b.example', '03.5', '03.6', byNode),
  ],
};

describe('cache/nodelocal', () => {
  it('tells what stayed on the node from what went on while the client waited', async () => {
    expect(await given.ask('cache/nodelocal', SCENE)).toMatchObject([
      { nodelocal: NODELOCAL, client: '10.0.0.1', queries: 3, logged: 3, stayed: 2, went_on: 1 },
    ]);
  });

  it('is empty without a NodeLocal', async () => {
    const transactions = [asked(1, 'a.example', '01.0', '01.5', { server: '10.96.0.10' })];
    expect(await given.ask('cache/nodelocal', { transactions, servers: SERVERS })).toEqual([]);
  });
});

describe('cache/nodelocal-lines', () => {
  it('is right to the line: own checks, stayed, went on to CoreDNS or an upstream, not captured', async () => {
    const lines = [1, 3, 5, null].map((transaction_id, i) => ({
      source_id: 1,
      line: i + 1,
      transaction_id,
      qname: i < 2 ? 'a.example' : 'b.example',
      qtype: 'A',
    }));
    const check = { source_id: 1, line: 9, transaction_id: null, qname: '1.2', qtype: 'HINFO' };
    const rows = await given.ask('cache/nodelocal-lines', {
      ...SCENE,
      sources: [{ source_id: 1, path: 'node.log' }],
      log_coverage: [{ source_id: 1, server: NODELOCAL }],
      log_queries: [...lines, check],
    });
    expect(rows).toMatchObject([
      { lines: 5, own_checks: 1, client_lines: 4, stayed: 2, went_on: 1, not_captured: 1, went_to_service: 1, went_upstream: 0 },
    ]);
  });
});

describe('cache/went-on', () => {
  it('lists the names that left the node, not those that CoreDNS asked for', async () => {
    const rows = await given.ask('cache/went-on', SCENE);
    expect(rows.map(({ qname, asked, went_on }) => [qname, asked, went_on])).toEqual([
      ['a.example', 2, 1],
      ['b.example', 1, 1],
    ]);
    expect(await given.ask('cache/went-on', SCENE, { top: '1' })).toHaveLength(1);
  });
});

const THRICE = {
  transactions: [
    asked(1, 'a.example', '01', '01.1', { min_ttl: 5 }),
    asked(2, 'a.example', '03', '03.1', { min_ttl: 5 }),
    asked(3, 'b.example', '21', '21.1'),
  ],
  repeats: [{ transaction_id: 2, negative: true }],
};

describe('cache/repeats', () => {
  it('counts what was asked again inside the TTL among all that was answered', async () => {
    expect(await given.ask('cache/repeats', THRICE)).toMatchObject([
      { asker: '10.0.0.1', queries: 3, repeated: 1, negative_repeated: 1, names: 1, example: 'a.example' },
    ]);
  });

  it('gives a row to who asked nothing again', async () => {
    const { transactions } = THRICE;
    expect(await given.ask('cache/repeats', { transactions })).toMatchObject([{ queries: 3, repeated: 0, negative_repeated: 0, example: null }]);
  });
});

describe('cache/repeated-names', () => {
  it('lists only names that were asked again', async () => {
    expect(await given.ask('cache/repeated-names', THRICE)).toMatchObject([
      { qname: 'a.example', queries: 2, repeated: 1, ttl: 5, rcode: 'NOERROR' },
    ]);
  });
});

describe('cache by durations alone', () => {
  const line = (line: number, qname: string, seconds: number) => ({ source_id: 1, line, qname, qtype: 'A', duration_seconds: seconds });
  const LOG = {
    sources: [{ source_id: 1, path: 'coredns.log' }],
    log_queries: [
      line(1, 'a.example', 0.0001),
      line(2, 'a.example', 0.02),
      line(3, 'db.shop.svc.cluster.local', 0.0001),
      { ...line(4, '1.2', 0.0001), qtype: 'HINFO' },
    ],
  };

  it('cache/by-duration tells quick lines from slow ones, names of the cluster apart', async () => {
    expect(await given.ask('cache/by-duration', LOG)).toMatchObject([
      { names: 'cluster', lines: 1, quick: 1 },
      { names: 'other', lines: 2, quick: 1, quick_share: 0.5, slow_p50_seconds: 0.02 },
    ]);
  });

  it("cache/by-duration takes no character of the cluster's zone for any other", async () => {
    const log_queries = [line(1, 'db.shop.svc.c_1.local', 0.0001), line(2, 'www.c-1.local', 0.0001)];
    const rows = await given.ask('cache/by-duration', { ...LOG, log_queries });
    expect(rows.map(({ names }) => names)).toEqual(['cluster', 'other']);
  });

  it('cache/durations counts lines in classes that double', async () => {
    const rows = await given.ask('cache/durations', LOG);
    expect(rows.map(({ lines }) => lines)).toEqual([3, 1]);
  });
});
