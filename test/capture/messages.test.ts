import * as dnsPacket from 'dns-packet';
import { expect, test } from 'vitest';
import { bytesOf, ipv4, pcap, udp } from '../../fixtures/captures/packets.js';
import { pcapReader } from '../../src/capture/index.js';
import { readBytes, type Reading } from '../support/memory-sink.js';

const IN_A = [0, 1, 0, 1];
const header = (flags: number, ...counts: number[]) => [
  0,
  1,
  flags >> 8,
  flags & 255,
  ...[0, 1, 2, 3].flatMap((i) => [0, counts[i] ?? 0]),
];
const QUERY = header(0x0100, 1);

async function read(payload: Uint8Array, ports = [53], [from, to] = [53, 4000]): Promise<Reading> {
  const packet = ipv4('10.0.0.1', '10.0.0.2', 17, udp(from!, to!, payload));
  return readBytes(pcapReader, new Uint8Array(pcap(101, [packet])), { ports });
}
const codes = ({ problems }: Reading) => problems.map((problem) => problem.code);
const label = (text: string) => [text.length, ...Buffer.from(text, 'latin1')];

test('names are in lower case, with escapes for what does not print', async () => {
  const name = [...label('We.b\\'), ...label('a b\xe9~'), 0];
  const { rows } = await read(bytesOf(QUERY, name, IN_A));
  expect(rows.messages![0]!.qname_id).toBe('we\\.b\\\\.a\\032b\\233~');
});

test('the root is a dot', async () => {
  const { rows } = await read(bytesOf(QUERY, [0], [0, 2, 0, 1]));
  expect(rows.messages).toMatchObject([{ qname_id: '.', qtype: 2 }]);
});

test('a name of 255 octets is read, one of 256 is malformed', async () => {
  const longest = [
    ...Array(3)
      .fill(label('x'.repeat(63)))
      .flat(),
    ...label('y'.repeat(61)),
    0,
  ];
  const whole = await read(bytesOf(QUERY, longest, IN_A));
  expect(String(whole.rows.messages![0]!.qname_id)).toHaveLength(253);
  const tooLong = [...longest.slice(0, 192), ...label('y'.repeat(62)), 0];
  const broken = await read(bytesOf(QUERY, tooLong, IN_A));
  expect(broken.rows.messages).toMatchObject([{ qname_id: 0, qtype: 0 }]);
  expect(codes(broken)).toEqual(['malformed-section']);
});

test.each([
  ['to itself', [0xc0, 12]],
  ['forward', [0xc0, 20]],
  ['back into its own name', [1, 97, 0xc0, 12]],
])('a compression pointer %s is malformed', async (_, name) => {
  const reading = await read(bytesOf(QUERY, name, IN_A, IN_A));
  expect(reading.rows.messages).toMatchObject([{ qname_id: 0 }]);
  expect(codes(reading)).toEqual(['malformed-section']);
});

test('one bad record loses that record only', async () => {
  const name = [...label('a'), 0];
  const record = (type: number, ...data: number[]) => [
    0xc0,
    12,
    0,
    type,
    0,
    1,
    0,
    0,
    0,
    60,
    0,
    data.length,
    ...data,
  ];
  const reading = await read(
    bytesOf(header(0x8180, 1, 3), name, IN_A, record(1, 1, 2, 3), record(1, 1, 2, 3, 4), record(28, 9)),
  );
  expect(reading.rows.answers).toMatchObject([{ position: 1, data_id: '1.2.3.4' }]);
  expect(reading.problems).toMatchObject([{ code: 'malformed-record', count: 2 }]);
});

test('a type that is not known is kept in hex', async () => {
  const reading = await read(
    bytesOf(
      header(0x8180, 1, 1),
      [...label('a'), 0],
      IN_A,
      [0xc0, 12, 255, 1, 0, 1, 0, 0, 0, 1, 0, 2, 0xab, 0xcd],
    ),
  );
  expect(reading.rows.answers).toMatchObject([{ type: 0xff01, data_id: '\\# 2 abcd' }]);
});

test('the key of a query is that of its response', async () => {
  const question = [{ type: 'A' as const, name: 'Shop.Example' }];
  const query = dnsPacket.encode({ type: 'query', id: 9, questions: question });
  const response = dnsPacket.encode({ type: 'response', id: 9, questions: question });
  const packets = [
    ipv4('10.0.0.1', '10.0.0.2', 17, udp(4000, 53, query)),
    ipv4('10.0.0.3', '10.0.0.1', 17, udp(53, 4000, response)),
  ];
  const { rows } = await readBytes(pcapReader, new Uint8Array(pcap(101, packets)));
  expect(rows.messages![0]!.key).toBe(rows.messages![1]!.key);
});

test('EDNS gives size, DO, extended rcode, cookie, extended error and client subnet', async () => {
  const options = [
    0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 15, 0, 2, 0, 22, 0, 8, 0, 7, 0, 1, 24, 0, 192, 0, 2,
  ];
  const opt = [0, 0, 41, 4, 208, 1, 0, 0x80, 0, 0, options.length, ...options];
  const { rows } = await read(bytesOf(header(0x8180, 1, 0, 0, 1), [...label('a'), 0], IN_A, opt));
  expect(rows.messages).toMatchObject([
    { edns_size: 1232, dnssec_ok: true, rcode: 16, cookie_bytes: 8, ede: 22, ecs_id: '192.0.2.0/24' },
  ]);
  expect(rows.answers).toBeUndefined();
});

test('the smallest TTL: of the answers, or of a negative answer’s SOA and its MINIMUM', async () => {
  const name = 'a.example';
  const questions = [{ type: 'A' as const, name }];
  const soa = {
    mname: 'ns.example',
    rname: 'root.example',
    serial: 1,
    refresh: 2,
    retry: 3,
    expire: 4,
    minimum: 5,
  };
  const positive = dnsPacket.encode({
    type: 'response',
    questions,
    answers: [60, 30].map((ttl) => ({ type: 'A', name, ttl, data: '192.0.2.1' })),
  });
  expect((await read(positive)).rows.messages).toMatchObject([{ min_ttl: 30 }]);
  const negative = dnsPacket.encode({
    type: 'response',
    flags: 3,
    questions,
    authorities: [{ type: 'SOA', name: 'example', ttl: 30, data: soa }],
  });
  const { rows } = await read(negative);
  expect(rows.messages).toMatchObject([{ rcode: 3, min_ttl: 5 }]);
  expect(rows.answers).toMatchObject([{ section: 2, data_id: 'ns.example root.example 1 2 3 4 5' }]);
});

test('what is no DNS on the port is counted, and gives no row', async () => {
  const { rows } = await read(Buffer.from('test payload from port 10000'));
  expect(rows.messages).toBeUndefined();
  expect(rows.frames).toMatchObject([{ kind: 'not-dns', count: 1n }]);
});

test('only on the ports that were asked for is anything DNS that is not plainly so', async () => {
  const query = bytesOf(QUERY, [...label('a b'), 0], IN_A);
  expect((await read(query, [53], [4000, 5353])).rows.frames).toMatchObject([{ kind: 'other-port' }]);
  expect((await read(query, [5353], [4000, 5353])).rows.messages).toHaveLength(1);
});
