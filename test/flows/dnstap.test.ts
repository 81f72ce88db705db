import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dnstap } from '../../src/flows/dnstap/dnstap.js';
import { readBytes, type Reading, type Row } from '../support/memory-sink.js';

/** What CoreDNS 1.14.1 sent of two lookups by `dnstap tcp://... full`: of its clients and of an upstream. */
const COREDNS = readFileSync('fixtures/dnstap/coredns-1.14.fstrm');
const SERVER = 'coredns-7db6d8ff4d-r7hwl';

const messages = (reading: Reading): Row[] => reading.rows.messages ?? [];
const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const frame = (data: readonly number[]) => [...u32(data.length), ...data];
const control = (type: number, field: string) => [
  ...u32(0), ...u32(12 + field.length), ...u32(type), ...u32(1), ...u32(field.length), ...Buffer.from(field),
]; // prettier-ignore
const START = control(2, 'protobuf:dnstap.Dnstap');

/** A field of protobuf: a number, or octets. */
function field(number: number, value: number | readonly number[]): number[] {
  const varint = (rest: number): number[] =>
    rest < 128 ? [rest] : [(rest % 128) + 128, ...varint(Math.floor(rest / 128))];
  if (typeof value === 'number') return [...varint(number * 8), ...varint(value)];
  return [...varint(number * 8 + 2), ...varint(value.length), ...value];
}

const QUESTION = [1, 97, 0, 0, 1, 0, 1];
const QUERY = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...QUESTION];
const ANSWER = [0, 7, 0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0, ...QUESTION];

function record(type: number, fields: readonly number[]): number[] {
  return frame([
    ...field(1, [...Buffer.from('ns1')]),
    ...field(15, 1),
    ...field(14, [...field(1, type), ...fields]),
  ]);
}
const ENDS = [
  ...field(3, 1),
  ...field(4, [10, 1, 1, 2]),
  ...field(5, [10, 9, 0, 10]),
  ...field(6, 40000),
  ...field(7, 53),
];
const ASKED = [...field(8, 1767323045)];
const ANSWERED = [...field(12, 1767323047)];
const stream = (...records: readonly number[][]) => Uint8Array.from([...START, ...records.flat()]);

describe('dnstap of CoreDNS', () => {
  test('is told by its first frame', () => {
    expect(dnstap.sniff(COREDNS, 'x')).toBe(1);
    expect(dnstap.sniff(Uint8Array.from(control(2, 'protobuf:other.Other')), 'x')).toBe(0);
  });

  test('gives what clients asked it, and what it asked an upstream, as messages of its own', async () => {
    const reading = await readBytes(dnstap, COREDNS);
    const ways = messages(reading).map(({ src_id, dst_id, qname_id, direction }) => [
      src_id,
      dst_id,
      qname_id,
      direction,
    ]);
    expect(ways.slice(0, 6)).toEqual([
      ['127.0.0.1', SERVER, 'db0.shop.svc.cluster.local', 1],
      [SERVER, '127.0.0.1', 'db0.shop.svc.cluster.local', 5],
      ['127.0.0.1', SERVER, 'www0.example.org', 1],
      // 1.14 names the client as who asks the upstream
      [SERVER, '127.0.0.1', 'www0.example.org', 5],
      ['127.0.0.1', SERVER, 'www0.example.org', 1],
      [SERVER, '127.0.0.1', 'www0.example.org', 5],
    ]);
    expect(reading.rows.answers![0]).toMatchObject({
      name_id: 'db0.shop.svc.cluster.local',
      type: 1,
      ttl: 30,
      data_id: '10.9.7.7',
    });
    expect([reading.problems, reading.incomplete]).toEqual([[], null]);
  });

  test('in chunks of any size is the same', async () => {
    const parts = Array.from({ length: Math.ceil(COREDNS.length / 7) }, (_, i) =>
      COREDNS.subarray(7 * i, 7 * i + 7),
    );
    expect((await readBytes(dnstap, parts)).rows).toEqual((await readBytes(dnstap, COREDNS)).rows);
  });
});

test('a response alone tells when it was asked, and gives its query', async () => {
  const answer = record(6, [...ENDS, ...ASKED, ...ANSWERED, ...field(14, ANSWER)]);
  const reading = await readBytes(dnstap, stream(answer));
  expect(messages(reading)).toMatchObject([
    {
      src_id: '10.1.1.2',
      src_port: 40000,
      dst_id: '10.9.0.10',
      dst_port: 53,
      time: 1767323045000000000n,
      txid: 7,
    },
    { src_id: '10.9.0.10', dst_id: '10.1.1.2', time: 1767323047000000000n, rcode: 3, qname_id: 'a' },
  ]);
  const both = await readBytes(dnstap, stream(record(5, [...ENDS, ...ASKED, ...field(10, QUERY)]), answer));
  expect(messages(both)).toHaveLength(2);
});

test('EDNS and its client subnet are read as in a capture', async () => {
  const subnet = [0, 8, 0, 6, 0, 1, 16, 0, 10, 1];
  const query = [...QUERY.slice(0, 11), 1, ...QUESTION, 0, 0, 41, 4, 208, 0, 0, 0x80, 0, 0, subnet.length, ...subnet];
  const reading = await readBytes(dnstap, stream(record(5, [...ENDS, ...ASKED, ...field(10, query)])));
  expect(messages(reading)).toMatchObject([{ edns_size: 1232, dnssec_ok: true, ecs_id: '10.1.0.0/16' }]);
  expect(reading.problems).toEqual([]);
}); // prettier-ignore

test('a record without its message says how to have it', async () => {
  const reading = await readBytes(dnstap, stream(record(5, [...ENDS, ...ASKED])));
  expect(messages(reading)).toEqual([]);
  expect(reading.problems).toMatchObject([
    { code: 'message-left-out', detail: expect.stringContaining('`full`') },
  ]);
});

test('a stream that is cut is read up to there, and a frame longer than any is passed over', async () => {
  const cut = await readBytes(dnstap, COREDNS.subarray(0, 400));
  expect(cut.incomplete).toMatch(/the stream ends inside frame \d/);
  expect(messages(cut).length).toBeGreaterThan(0);
  const huge = [...u32(1 << 19), ...Array<number>(1 << 19).fill(1)];
  const reading = await readBytes(dnstap, stream(huge, record(5, [...ENDS, ...ASKED, ...field(10, QUERY)])));
  expect(messages(reading)).toHaveLength(1);
  expect(reading.problems).toMatchObject([{ code: 'unreadable-frame', count: 1 }]);
});

test('no bytes make it fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(COREDNS.length), fc.uint8Array({ maxLength: 30 }), async (at, noise) => {
      const other = Uint8Array.from(COREDNS);
      other.set(noise.subarray(0, other.length - at), at);
      await readBytes(dnstap, other);
    }),
    { numRuns: 200 },
  );
});
