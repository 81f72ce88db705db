import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';
import { APP, client, COREDNS, lost, question, transaction } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const OTHER = '10.0.0.2';
const forwarded = { client: COREDNS, server: '192.168.0.2', backend: '192.168.0.2', from_forwarder: true };
const transactions = [
  transaction(1),
  transaction(2, { qtype: 'AAAA', answers: 0 }),
  transaction(3, { client: OTHER, rcode: 'NXDOMAIN', answers: 0 }),
  lost(4, { asked_at: '2026-01-01 00:00:12', qname: 'b.example' }),
  transaction(5, { qname: 'b.example', qtype: 'SRV', rcode: 'SERVFAIL', answers: 0 }),
  transaction(6, forwarded),
];
const clients = [client(APP, 'web'), client(COREDNS, 'coredns', { is_forwarder: true, resolver: 'forwarder' })];

describe('traffic/names', () => {
  it('gives names of programs, the most asked first', async () => {
    const found = await given.ask('traffic/names', { transactions });
    expect(found).toMatchObject([
      { qname: 'a.example', queries: 3, clients: 2, a: 2, aaaa: 1, other_types: 0, answered: 3, nxdomain: 1 },
      { qname: 'b.example', queries: 2, clients: 1, other_types: 1, errors: 1, unanswered: 1 },
    ]);
    expect(found[0]!.median_response_seconds).toBeCloseTo(0.001);
    expect(await given.ask('traffic/names', { transactions }, { top: '1' })).toHaveLength(1);
  });
});

describe('traffic/domains', () => {
  const names = ['www.shop.co.uk', 'api.shop.co.uk', 'www.shop.co.uk.web.svc.c.local', 'x.y.example', 'y.example', 'db'];
  const asked = names.map((qname, i) => transaction(i + 1, { qname, rcode: qname.endsWith('c.local') ? 'NXDOMAIN' : 'NOERROR' }));

  it('gives the load of what was registered, and of the cluster', async () => {
    const found = await given.ask('traffic/domains', {
      transactions: [...asked, transaction(9, { qname: 'www.shop.co.uk', client: OTHER }), lost(10, { qname: 'y.example' })],
    });
    expect(found).toMatchObject([
      { domain: 'shop.co.uk', names: 2, clients: 2, queries: 3, nxdomain_share: 0, unanswered: 0 },
      { domain: 'y.example', names: 2, clients: 1, queries: 3, unanswered: 1 },
      { domain: 'c.local', names: 1, queries: 1, nxdomain_share: 1 },
      { domain: 'db', names: 1, queries: 1 },
    ]);
    expect(found[0]).toMatchObject({ busiest_client: APP, queries_share: 3 / 8 });
    expect(found[0]!.busiest_share).toBeCloseTo(2 / 3);
    expect(found[0]!.seconds).toBeCloseTo(0.003);
  });
});

describe('traffic/clients', () => {
  it('gives clients and their share among their like', async () => {
    expect(await given.ask('traffic/clients', { transactions, clients })).toMatchObject([
      { client: APP, client_name: 'default/web-1', asks_for_others: false, queries: 4, queries_share: 0.8, names: 2, errors: 1 },
      { client: OTHER, client_name: null, queries: 1, queries_share: 0.2, nxdomain: 1 },
      { client: COREDNS, asks_for_others: true, queries: 1, queries_share: 1 },
    ]);
  });
});

describe('traffic/types', () => {
  it('gives types by who asked them and what came', async () => {
    expect(await given.ask('traffic/types', { transactions })).toMatchObject([
      { qtype: 'A', asked_by: 'programs', queries: 3, queries_share: 0.6, with_records: 1, nodata: 0, nxdomain: 1, unanswered: 1 },
      { qtype: 'A', asked_by: 'forwarders', queries: 1, queries_share: 1 },
      { qtype: 'AAAA', queries: 1, answered: 1, nodata: 1 },
      { qtype: 'SRV', queries: 1, errors: 1 },
    ]);
  });
});

describe('traffic/rcodes', () => {
  it("gives results of programs' queries by window", async () => {
    expect(await given.ask('traffic/rcodes', { transactions })).toEqual([
      { from_time: '2026-01-01T00:00:00Z', result: 'NOERROR', queries: 2, queries_share: 0.5 },
      { from_time: '2026-01-01T00:00:00Z', result: 'NXDOMAIN', queries: 1, queries_share: 0.25 },
      { from_time: '2026-01-01T00:00:00Z', result: 'SERVFAIL', queries: 1, queries_share: 0.25 },
      { from_time: '2026-01-01T00:00:10Z', result: 'unanswered', queries: 1, queries_share: 1 },
    ]);
  });
});

describe('traffic/rates', () => {
  it('gives queries a second by window, programs and forwarders apart', async () => {
    expect(await given.ask('traffic/rates', { transactions })).toMatchObject([
      { from_time: '2026-01-01T00:00:00Z', asked_by: 'programs', queries: 4, queries_per_second: 0.4, clients: 2 },
      { from_time: '2026-01-01T00:00:00Z', asked_by: 'forwarders', queries: 1 },
      { from_time: '2026-01-01T00:00:10Z', asked_by: 'programs', queries: 1, unanswered: 1, median_response_seconds: null },
    ]);
  });

  it('keeps to the time and client asked for', async () => {
    const ask = (filters: object) => given.ask('traffic/rates', { transactions }, {}, filters);
    expect(await ask({ client: OTHER })).toMatchObject([{ queries: 1 }]);
    expect(await ask({ since: '2026-01-01 00:00:10' })).toMatchObject([{ queries: 1, unanswered: 1 }]);
  });
});

describe('traffic/servers', () => {
  it('gives servers and backends with their response times', async () => {
    const servers = [{ server: '10.100.0.10', name: 'kube-system/kube-dns' }];
    const found = await given.ask('traffic/servers', { transactions, servers });
    expect(found).toMatchObject([
      { server_name: 'kube-system/kube-dns', backend: COREDNS, asked_by: 'programs', queries: 4, answered: 4, servfail: 1 },
      { backend: null, queries: 1, unanswered: 1, slowest_seconds: null },
      { server: '192.168.0.2', server_name: null, asked_by: 'forwarders', queries: 1 },
    ]);
    expect(found[0]).toMatchObject({ p50_seconds: 0.001, p99_seconds: 0.001, slowest_seconds: 0.001, refused: 0 });
  });
});

describe('traffic/resolvers', () => {
  it('sums questions by kind of resolver', async () => {
    const questions = [
      question(1, 'a.example', { attempts: 2, waited_seconds: 5 }),
      question(2, 'b.example', { outcome: 'unanswered' }),
      question(3, 'c.example', { client: OTHER, outcome: 'failed' }),
    ];
    expect(await given.ask('traffic/resolvers', { questions, clients })).toMatchObject([
      { resolver: 'glibc', clients: 1, questions: 2, queries: 3, retried: 1, unanswered: 1, longest_waited_seconds: 5 },
      { resolver: 'unknown', clients: 1, questions: 1, failed: 1 },
    ]);
  });
});

describe('traffic/encrypted', () => {
  const session = (frame: number, more: object = {}) => ({
    source_id: 1, frame, time: '2026-01-01 00:00:01', protocol: 'DoT', client: APP, client_port: 4000 + frame, server: '9.9.9.9',
    server_port: 853, server_name: null, attempts: 1, connect_seconds: 0.02, handshake_seconds: 0.05, asked_handshake: true, was_reset: false,
    ...more,
  }); // prettier-ignore

  it('counts connections by server, and what did not come', async () => {
    const encrypted_sessions = [
      session(1, { server_name: 'dns.quad9.net' }),
      session(2, { client: OTHER, handshake_seconds: 3 }),
      session(3, { attempts: 3, connect_seconds: null, handshake_seconds: null, asked_handshake: false }),
      session(4, { handshake_seconds: null, was_reset: true }),
      session(5, { protocol: 'DoQ', connect_seconds: null }),
    ];
    expect(await given.ask('traffic/encrypted', { encrypted_sessions })).toMatchObject([
      {
        server: '9.9.9.9', server_name: 'dns.quad9.net', protocol: 'DoT', clients: 2, connections: 4, sent_again: 1, not_connected: 1,
        no_handshake: 1, reset: 1, median_connect_seconds: 0.02, longest_handshake_seconds: 3,
      },
      { protocol: 'DoQ', connections: 1, not_connected: 0 },
    ]); // prettier-ignore
  });
});
