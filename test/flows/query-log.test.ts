import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindLog, dnsmasqLog, unboundLog } from '../../src/flows/query-log/kinds.js';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { readBytes, type Reading, type Row } from '../support/memory-sink.js';

const messages = (reading: Reading): Row[] => reading.rows.messages ?? [];

const DNSMASQ = `Jan  2 03:04:05 dnsmasq[14]: started, version 2.78 cachesize 1000
Jan  2 03:04:05 dnsmasq[14]: query[A] Db.example from 10.1.1.2
Jan  2 03:04:05 dnsmasq[14]: forwarded Db.example to 10.9.0.2
Jan  2 03:04:05 dnsmasq[14]: reply Db.example is 192.0.2.7
Jan  2 03:04:06 dnsmasq[14]: 12 10.1.1.3/40000 query[type=65] db.example from 10.1.1.3
`;
const UNBOUND = `[1767323045] unbound[7:0] info: start of service (unbound 1.19.0).
[1767323045] unbound[7:0] info: 10.1.1.2 db.example. A IN
[1767323048.5] unbound[7:0] info: 10.1.1.2 db.example. A IN NXDOMAIN 2.250000 0 60
`;
const BIND = `02-Jan-2026 03:04:05.678 queries: info: client @0x7f00aa 10.1.1.2#40000 (db.example): query: db.example IN A +E(0)K (10.9.0.10)
2026-01-02T03:04:06Z ns1 named[77]: client 2001:db8::2#40001 (db.example): view in: query: db.example IN AAAA -T (10.9.0.10)
`;

describe('query logs', () => {
  test.each([
    ['dnsmasq-log', DNSMASQ],
    ['unbound-log', UNBOUND],
    ['bind-log', BIND],
    ['dnsmasq-log', DNSMASQ.replaceAll(/^/gm, '[pod/kube-dns-1/dnsmasq] ').replace(/\[pod[^\]]*\] $/, '')],
  ])('%s is told from its first lines', (kind, text) => {
    expect(chooseReader(KINDS, Buffer.from(text), 'x')?.kind).toBe(kind);
  });

  test("of dnsmasq gives queries, with the client's port where it is logged", async () => {
    const reading = await readBytes(dnsmasqLog, DNSMASQ);
    expect(messages(reading)).toMatchObject([
      { frame: 2, src_id: '10.1.1.2', src_port: 0, dst_id: 'dnsmasq', qname_id: 'db.example', qtype: 1 },
      { frame: 5, src_id: '10.1.1.3', src_port: 40000, qname_id: 'db.example', qtype: 65 },
    ]);
    expect(reading.problems).toEqual([]);
  });

  test("of unbound has the server's address where log-destaddr is on, behind what docker compose prints", async () => {
    const line =
      'dns-1  | [1767323048] unbound[7:0] reply: 10.1.1.2 db.example. A IN NOERROR 0.250000 1 60 on tcp 10.9.0.2 53\n';
    expect(chooseReader(KINDS, Buffer.from(line), 'x')?.kind).toBe('unbound-log');
    const rows = messages(await readBytes(unboundLog, line));
    expect(rows).toMatchObject([
      { src_id: '10.1.1.2', dst_id: '10.9.0.2', protocol: 1, time: 1767323047750000000n },
      { src_id: '10.9.0.2', dst_id: '10.1.1.2', protocol: 1, rcode: 0, time: 1767323048000000000n },
    ]);
  });

  test('of unbound gives a query as it came, and an answer with what it took', async () => {
    const rows = messages(await readBytes(unboundLog, UNBOUND));
    expect(rows.map(({ time, flags, rcode }) => [time, Number(flags) >= 0x8000, rcode])).toEqual([
      [1767323045000000000n, false, 0],
      [1767323046250000000n, false, 0],
      [1767323048500000000n, true, 3],
    ]);
  });

  test('of BIND gives queries with port, protocol and the address that was asked', async () => {
    expect(messages(await readBytes(bindLog, BIND))).toMatchObject([
      {
        src_id: '10.1.1.2',
        src_port: 40000,
        dst_id: '10.9.0.10',
        protocol: 0,
        qtype: 1,
        time: 1767323045678000000n,
      },
      { src_id: '2001:db8::2', src_port: 40001, dst_id: '10.9.0.10', protocol: 1, qtype: 28 },
    ]);
  });

  test('a line of another program is a problem with its line', async () => {
    const { problems } = await readBytes(bindLog, `${BIND}what is this\n`);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'unknown-line', position: 'line 3' }));
  });

  test('no text makes one fail', async () => {
    const texts = [DNSMASQ, UNBOUND, BIND];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.nat(400),
        fc.string({ maxLength: 20 }),
        async (text, at, noise) => {
          const other =
            text.slice(0, at % text.length) + noise + text.slice((at % text.length) + noise.length);
          for (const reader of [dnsmasqLog, unboundLog, bindLog]) await readBytes(reader, other);
        },
      ),
    );
  });
});
