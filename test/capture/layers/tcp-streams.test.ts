import * as dnsPacket from 'dns-packet';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framed, ipv4, pcap, sll2, tcp } from '../../../fixtures/captures/packets.js';
import { pcapReader } from '../../../src/capture/index.js';
import { readBytes, type Reading } from '../../support/memory-sink.js';

const SYN = 2;
const START = 0xfffffff0;

const query = (name: string) =>
  dnsPacket.encode({ type: 'query', id: name.length, questions: [{ type: 'A', name }] });

/** A segment of the stream, its place counted from the stream's first octet. */
const segment = (place: number, payload: Uint8Array, { flags = 0x18, on = 2 } = {}) =>
  sll2(on, 0, 0x0800, ipv4('10.0.0.1', '10.0.0.2', 6, tcp(40000, 53, (START + place) >>> 0, payload, flags)));
const syn = segment(-1, new Uint8Array(0), { flags: SYN });

async function read(packets: Uint8Array[]): Promise<Reading> {
  return readBytes(pcapReader, new Uint8Array(pcap(276, packets)));
}
const found = ({ rows }: Reading) => (rows.messages ?? []).map((row) => [row.frame, row.qname_id]);

const stream = framed(query('a.example'), query('bb.example'), query('ccc.example'));
const second = 2 + query('a.example').length;
const third = second + 2 + query('bb.example').length;

test('segments out of order give each message once, in the frame that brought its last part', async () => {
  const late = segment(0, stream.subarray(0, second + 5));
  expect(found(await read([syn, segment(second + 5, stream.subarray(second + 5)), late]))).toEqual([
    [3, 'a.example'],
    [3, 'bb.example'],
    [2, 'ccc.example'],
  ]);
});

test('a retransmission adds nothing', async () => {
  const whole = segment(0, stream);
  const reading = await read([syn, whole, whole, segment(second, stream.subarray(second))]);
  expect(found(reading)).toHaveLength(3);
  expect(reading.rows.frames).toMatchObject([
    { kind: 'dns', count: 1n },
    { kind: 'dns-segment', count: 3n },
  ]);
});

test('a copy on another interface is seen once more', async () => {
  const copies = [segment(0, stream), segment(0, stream, { on: 7 })];
  const { rows } = await read(copies);
  expect(rows.messages!.map((row) => row.interface_id)).toEqual(['2', '2', '2', '7', '7', '7']);
});

test('a stream joined in the middle is read from the first segment that begins with a message', async () => {
  const reading = await read([
    segment(5, stream.subarray(5, second)),
    segment(second, stream.subarray(second, third)),
    segment(third, stream.subarray(third)),
  ]);
  expect(found(reading)).toEqual([
    [2, 'bb.example'],
    [3, 'ccc.example'],
  ]);
});

test('after a missed segment the broken message keeps its header, and the next one is found', async () => {
  const reading = await read([
    syn,
    segment(0, stream.subarray(0, third - 2)),
    segment(third + 1, stream.subarray(third + 1)),
    segment(third + 100, framed(query('dddd.example'))),
  ]);
  expect(found(reading)).toEqual([
    [2, 'a.example'],
    [2, 0],
    [4, 'dddd.example'],
  ]);
});

test('a length in a segment of its own is the next message’s', async () => {
  const [prefix, rest] = [stream.subarray(0, 2), stream.subarray(2, second)];
  expect(found(await read([segment(0, prefix), segment(2, rest)]))).toEqual([[2, 'a.example']]);
});

test('the SYN of a new connection on the same ports begins a new stream', async () => {
  const again = 5_000_000;
  const reading = await read([
    syn,
    segment(0, stream.subarray(0, 7)),
    segment(again - 1, new Uint8Array(0), { flags: SYN }),
    segment(again, stream),
  ]);
  expect(found(reading)).toHaveLength(3);
});

test('data on a SYN are the stream’s first (RFC 7413)', async () => {
  expect(found(await read([segment(-1, stream, { flags: SYN })]))).toHaveLength(3);
});

test('any cut and order of a stream’s segments, some twice, gives the same messages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(stream.length), { maxLength: 6 }),
      fc.infiniteStream(fc.nat()),
      async (cuts, order) => {
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const parts = places.slice(1).map((end, i) => segment(places[i]!, stream.subarray(places[i], end)));
        const twice = [...parts, parts[0]!];
        const shuffled = twice
          .map((part) => ({ part, by: order.next().value as number }))
          .sort((a, b) => a.by - b.by);
        const reading = await read([syn, ...shuffled.map(({ part }) => part)]);
        expect(found(reading).map(([, name]) => name)).toEqual(['a.example', 'bb.example', 'ccc.example']);
      },
    ),
    { numRuns: 200 },
  );
});

test.each([3, 7, 14, 18, 20, 24])(
  'a stream joined at %i octets of a message is read from that message on',
  async (octets) => {
    const reading = await read([
      segment(0, stream.subarray(0, octets)),
      segment(octets, stream.subarray(octets, third)),
      segment(third, stream.subarray(third)),
    ]);
    expect(found(reading)).toEqual([
      [2, 'a.example'],
      [2, 'bb.example'],
      [3, 'ccc.example'],
    ]);
  },
);

test('what only may begin a message is given up where a message begins, and leaves no row', async () => {
  const first = new Uint8Array([1, 0, 5, 6, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 97, 98, 99]);
  const reading = await read([segment(0, first), segment(first.length, stream)]);
  expect(found(reading).map(([, name]) => name)).toEqual(['a.example', 'bb.example', 'ccc.example']);
  expect(found(await read([segment(0, first)]))).toEqual([]);
});
