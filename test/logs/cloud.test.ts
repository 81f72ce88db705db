import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cloudLogs } from '../../src/logs/cloud/kinds.js';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { readBytes } from '../support/memory-sink.js';
import { nanos } from './support/read-log.js';

const TIME = '2026-01-02T03:04:05.678Z';
const ROUTE53 = {
  version: '1.100000', account_id: '123', vpc_id: 'vpc-1', query_timestamp: TIME, query_name: 'Db.example.', query_type: 'A',
  query_class: 'IN', rcode: 'SERVFAIL', answers: [], srcaddr: '10.1.1.2', srcport: '40000', transport: 'UDP',
}; // prettier-ignore
const CLOUD_DNS = {
  resource: { type: 'dns_query' },
  timestamp: TIME,
  jsonPayload: { queryName: 'db.example.', queryType: 'A', responseCode: 'SERVFAIL', protocol: 'UDP', sourceIP: '10.1.1.2', serverLatency: 12 },
}; // prettier-ignore
const AZURE = {
  time: TIME,
  category: 'AZFWDnsQuery',
  properties: {
    SourceIp: '10.1.1.2', SourcePort: 40000, QueryId: 7, QueryType: 'A', QueryClass: 'IN', QueryName: 'db.example.', Protocol: 'udp',
    ResponseCode: 'SERVFAIL', RequestDurationSecs: 0.012,
  },
}; // prettier-ignore

const AZURE_DNS = {
  TimeGenerated: TIME, OperationName: 'RESPONSE_SUCCESS', QueryName: 'db.example.', QueryType: 'A', QueryClass: 'IN', ResponseCode: 2,
  QueryResponseTime: 12, SourceIpAddress: '10.1.1.2', SourcePort: 40000, Transport: 'UDP', ResolverPolicyRuleAction: 'NoMatch',
}; // prettier-ignore
const AZURE_DNS_STORED = {
  time: TIME,
  category: 'DnsResponse',
  properties: { query_name: 'db.example.', query_type: 'A', query_class: 'IN', response_code: '2', srcipaddr: '10.1.1.2', srcport: 40000, transport: 'UDP' },
}; // prettier-ignore

const readerOf = (kind: string) => cloudLogs.find((reader) => reader.kind === kind)!;
const CASES = [
  ['route53-resolver-log', ROUTE53, { client_port: 40000, txid: null, duration_seconds: null }],
  ['cloud-dns-log', CLOUD_DNS, { client_port: null, txid: null, duration_seconds: 0.012 }],
  ['azure-firewall-dns-log', AZURE, { client_port: 40000, txid: 7, duration_seconds: 0.012 }],
  ['azure-dns-log', AZURE_DNS, { client_port: 40000, txid: null, duration_seconds: null }],
  ['azure-dns-log', AZURE_DNS_STORED, { client_port: 40000, txid: null, duration_seconds: null }],
] as const;

describe.each(CASES)('%s', (kind, record, told) => {
  const row = {
    client_id: '10.1.1.2',
    qname_id: 'db.example',
    qtype: 1,
    rcode: 2,
    protocol: 0,
    time: nanos(TIME),
    ...told,
  };

  test('is told from its first bytes, as lines, as an array, and as messages of CloudWatch', async () => {
    const texts = [
      `${JSON.stringify(record)}\n`.repeat(2),
      JSON.stringify([record, record], null, 2),
      `${JSON.stringify({ timestamp: 1, message: JSON.stringify(record) })}\n`.repeat(2),
    ];
    for (const text of texts) {
      expect(chooseReader(KINDS, Buffer.from(text), 'x')?.kind).toBe(kind);
      const { rows, problems } = await readBytes(readerOf(kind), text);
      expect(problems).toEqual([]);
      expect(rows.log_queries).toMatchObject([row, row]);
    }
  });

  test('passes over a record of another form, and says where', async () => {
    const { rows, problems } = await readBytes(readerOf(kind), `${JSON.stringify(record)}\n{"a":1}\n`);
    expect(rows.log_queries).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'unknown-record', position: 'line 2' }]);
  });

  test('fails on no text', async () => {
    const text = JSON.stringify(record);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.string({ maxLength: 20 }), async (at, noise) => {
        await readBytes(readerOf(kind), text.slice(0, at) + noise + text.slice(at + noise.length));
      }),
    );
  });
});

test('a name of one label is no flag, whatever it is, and an address in IPv6 is told from its port', async () => {
  const text = JSON.stringify({ ...ROUTE53, query_name: 'ra', srcaddr: '2001:db8::53' });
  const { rows } = await readBytes(readerOf('route53-resolver-log'), text);
  expect(rows.log_queries).toMatchObject([{ qname_id: 'ra', flags_id: 0, client_id: '2001:db8::53', client_port: 40000 }]);
}); // prettier-ignore
