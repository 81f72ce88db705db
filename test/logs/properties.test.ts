import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NameReader } from '../../src/capture/dns/dns-name.js';
import { NameText } from '../../src/logs/lines/name-text.js';
import { readLog } from './support/read-log.js';

const seed = 42;

/** A label's bytes, and a name's labels. */
const label = fc.uint8Array({ minLength: 1, maxLength: 20 });
const labels = fc.array(label, { minLength: 1, maxLength: 6 });

/** A name as CoreDNS's DNS library prints it (miekg/dns, sprintName). */
function printed(name: Uint8Array[]): string {
  const byte = (b: number) => {
    const character = String.fromCharCode(b);
    if (`. '@;()"\\`.includes(character)) return `\\${character}`;
    return b < 0x20 || b > 0x7e ? `\\${String(b).padStart(3, '0')}` : character;
  };
  return name.map((part) => `${[...part].map(byte).join('')}.`).join('');
}

const query = fc.record({
  client: fc.oneof(fc.ipV4(), fc.ipV6()),
  port: fc.nat(65535),
  id: fc.nat(65535),
  type: fc.constantFrom('A', 'AAAA', 'SRV', 'HTTPS', 'TYPE65280'),
  name: labels,
  proto: fc.constantFrom('udp', 'tcp'),
  size: fc.nat(4096),
  dnssec: fc.boolean(),
  rcode: fc.constantFrom('NOERROR', 'NXDOMAIN', 'SERVFAIL', '-'),
  flags: fc.constantFrom('qr,aa,rd', 'qr,rd,ra', '', '-'),
  nanos: fc.nat(2_000_000_000),
});
type Query = typeof query extends fc.Arbitrary<infer T> ? T : never;

const seconds = (nanos: number) => (nanos / 1e9).toFixed(9).replace(/\.?0+$/, '');
const remote = (q: Query) => (q.client.includes(':') ? `[${q.client}]` : q.client);
const question = (q: Query) => `"${q.type} IN ${printed(q.name)} ${q.proto} ${q.size} ${q.dnssec} 1232"`;
const reply = (q: Query) => `${q.rcode} ${q.flags} 99`;

/** The formats of CoreDNS's versions. */
const VERSIONS: ((q: Query) => string)[] = [
  (q) => `[INFO] ${remote(q)}:${q.port} - ${q.id} ${question(q)} ${reply(q)} ${seconds(q.nanos)}s`,
  (q) => `[INFO] ${remote(q)}:${q.port} - ${q.id} ${question(q)} ${reply(q)} ${seconds(q.nanos)}s "0"`,
  (q) => `2019-06-04T20:46:35.643+08:00 [INFO] ${remote(q)}:${q.port} - ${q.id} ${question(q)} ${reply(q)} ${seconds(q.nanos)}s`,
  (q) => `${remote(q)}:${q.port} - [07/Sep/2018:15:29:11 +0000] ${q.id} ${question(q)} ${reply(q)} ${q.nanos}ns`,
]; // prettier-ignore

const WRAPPERS: ((line: string) => string)[] = [
  (line) => line,
  (line) => `2026-01-02T03:04:05.123456789Z ${line}`,
  (line) => `2026-01-02T03:04:05.123456789Z stdout F ${line}`,
  (line) => `[pod/coredns-a/coredns] ${line}`,
  (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-01-02T03:04:05.123456789Z' }),
  (line) =>
    JSON.stringify({
      message: line,
      kubernetes: { pod_name: 'coredns-a' },
      timestamp: '2026-01-02T03:04:05Z',
    }),
  (line) => `coredns-1  | ${line}`,
  (line) => `Jan 02 03:04:05 node-1 coredns[623]: ${line}`,
  (line) => `<14>1 2026-01-02T03:04:05Z node-1 coredns 623 - [meta seq="1"] ${line}`,
  (line) => `2026-01-02T03:04:05Z {container="coredns", pod="coredns-abc"} ${line}`,
  (line) => `[0] kube.var.log: [1767323045.5, {"stream"=>"stdout", "log"=>${JSON.stringify(line)}}]`,
  (line) => `1767323045123,"${line.replaceAll('"', '""')}"`,
  (line) => JSON.stringify({ __REALTIME_TIMESTAMP: '1767323045123456', _HOSTNAME: 'node-1', MESSAGE: line }),
];

/** A name before a line is told by the level behind it, which the oldest format lacks. */
const NAME_WRAPPERS: typeof WRAPPERS = [
  (line) => (line.includes('[INFO]') ? `coredns-abc coredns ${line}` : line),
  (line) => (line.includes('[INFO]') ? `pods/coredns-abc/current.log:${line}` : line),
];

const version = fc.constantFrom(...VERSIONS);
const wrapper = fc.constantFrom(...WRAPPERS, ...NAME_WRAPPERS);

test('query lines of all versions in all wrappers are read back', async () => {
  await fc.assert(
    fc.asyncProperty(query, version, wrapper, async (q, write, wrap) => {
      const { rows, problems } = await readLog(wrap(write(q)));
      expect(problems).toEqual([]);
      const row = rows.log_queries![0]!;
      expect(row).toMatchObject({
        client_port: q.port,
        txid: q.id,
        request_bytes: q.size,
        dnssec_ok: q.dnssec,
      });
      expect(row.rcode).toBe({ NOERROR: 0, NXDOMAIN: 3, SERVFAIL: 2, '-': null }[q.rcode]);
      expect(row.duration_seconds).toBe(q.nanos / 1e9);
      expect(row.qtype).toBe({ A: 1, AAAA: 28, SRV: 33, HTTPS: 65, TYPE65280: 65280 }[q.type]);
      expect(row.key).not.toBeNull();
    }),
    { numRuns: 400 },
  );
});

test('a name in a log equals the name that the capture reader makes of its bytes', () => {
  const wire = new NameReader(seed);
  const log = new NameText(seed);
  fc.assert(
    fc.property(labels, (name) => {
      const message = Buffer.concat([
        ...name.map((part) => Buffer.concat([Buffer.of(part.length), part])),
        Buffer.of(0),
      ]);
      const text = Buffer.from(printed(name), 'latin1');
      expect(wire.read(message, 0, 0, message.length)).toBe(message.length);
      expect(log.read(text, 0, text.length)).toBe(text.length);
      const stored = Buffer.from(log.bytes.subarray(log.start, log.end)).toString('latin1');
      expect(stored).toBe(Buffer.from(wire.text.subarray(0, wire.length)).toString('latin1'));
      expect(log.hash).toBe(wire.hash);
    }),
    { numRuns: 1000 },
  );
});

test('lines with bytes changed, lost or added never throw, and the next line is read', async () => {
  const edit = fc.record({ at: fc.nat(400), drop: fc.nat(3), put: fc.uint8Array({ maxLength: 3 }) });
  const good = '[INFO] 10.0.0.1:5 - 6 "A IN good.example. udp 30 false 512" NOERROR qr 30 0.1s';
  await fc.assert(
    fc.asyncProperty(
      query,
      version,
      wrapper,
      fc.array(edit, { maxLength: 4 }),
      async (q, write, wrap, edits) => {
        let bytes = Buffer.from(wrap(write(q)));
        for (const { at, drop, put } of edits) {
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);
        }
        const { rows } = await readLog(Buffer.concat([bytes, Buffer.from(`\n${good}\n`)]));
        expect(rows.log_queries?.at(-1)).toMatchObject({ qname_id: 'good.example' });
      },
    ),
    { numRuns: 600 },
  );
});

test('bytes of any kind never throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await readLog(bytes);
    }),
    { numRuns: 500 },
  );
});

test('where chunks are cut makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(query, version, wrapper), { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 }),
      fc.constantFrom('\n', '\r\n'),
      async (written, sizes, feed) => {
        const text = Buffer.from(
          `${written.map(([q, write, wrap]) => wrap(write(q))).join(feed)}${feed}hello\nCoreDNS-1`,
        );
        const chunks: Uint8Array[] = [];
        for (let at = 0, i = 0; at < text.length; i++) {
          chunks.push(text.subarray(at, (at += sizes[i % sizes.length]!)));
        }
        expect(await readLog(chunks)).toEqual(await readLog(text));
      },
    ),
    { numRuns: 150 },
  );
});
