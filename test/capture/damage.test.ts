import * as dnsPacket from 'dns-packet';
import { expect, test } from 'vitest';
import { bytesOf, ethernet, ipv4, pcap, pcapngBlocks, udp } from '../../fixtures/captures/packets.js';
import { pcapngReader, pcapReader } from '../../src/capture/index.js';
import { readBytes } from '../support/memory-sink.js';

const payload = dnsPacket.encode({ type: 'query', id: 1, questions: [{ type: 'A', name: 'a.example' }] });
const packet = ethernet(0x0800, ipv4('10.0.0.1', '10.0.0.2', 17, udp(4000, 53, payload)));
const six = pcap(1, Array<Uint8Array>(6).fill(packet));
const RECORD = 16 + packet.length;

test('a record with an impossible length costs itself; reading goes on where records follow one another', async () => {
  const damaged = new Uint8Array(six);
  damaged.set([0xff, 0xff, 0xff, 0x7f], 24 + 2 * RECORD + 8);
  const { rows, problems, incomplete } = await readBytes(pcapReader, damaged);
  expect(rows.messages).toHaveLength(5);
  expect(problems).toMatchObject([
    { code: 'bad-record-length', position: `byte ${24 + 2 * RECORD}`, count: 1 },
  ]);
  expect(incomplete).toMatch(/^damaged after frame 2/);
});

test('bytes too many in the first packet are not taken for the longer records of old kernels', async () => {
  const damaged = Buffer.concat([six.subarray(0, 24 + RECORD), new Uint8Array(8), six.subarray(24 + RECORD)]);
  const { rows, problems } = await readBytes(pcapReader, new Uint8Array(damaged));
  expect(rows.messages).toMatchObject([1, 2, 3, 4, 5, 6].map((frame) => ({ frame, txid: 1 })));
  expect(problems).toMatchObject([{ code: 'bad-record-length', position: `byte ${24 + RECORD}` }]);
});

test('a file joined to another is read as both', async () => {
  const other = pcap(1, [packet, packet], { bigEndian: true, form: 'nano' });
  const { rows, problems } = await readBytes(pcapReader, new Uint8Array(bytesOf(six, other)));
  expect(rows.messages).toHaveLength(8);
  expect(problems).toEqual([]);
});

test('zeros after the last packet end in one problem', async () => {
  const { rows, problems } = await readBytes(pcapReader, new Uint8Array(bytesOf(six, new Uint8Array(4096))));
  expect(rows.frames).toMatchObject([{ kind: 'dns', count: 6n }]);
  expect(problems).toMatchObject([{ code: 'bad-record-length', count: 1 }]);
});

test('a fraction of a second or more is damage: the packet is read without its time', async () => {
  const bytes = pcap(1, [
    { bytes: packet, seconds: 10, fraction: 999_999 },
    { bytes: packet, seconds: 11, fraction: 1_000_000 },
    { bytes: packet, seconds: 12, fraction: 4_000_000_000 },
  ]);
  const { rows, problems, lastNanos } = await readBytes(pcapReader, new Uint8Array(bytes));
  expect(rows.messages!.map(({ time }) => time)).toEqual([10_999_999_000n, null, null]);
  expect(problems).toMatchObject([{ code: 'time-out-of-range', count: 2, position: 'frame 2' }]);
  expect(lastNanos).toBe(10_999_999_000n);
});

test('a link type that is not read is named in one problem', async () => {
  const { rows, problems } = await readBytes(pcapReader, new Uint8Array(pcap(127, [packet, packet])));
  expect(problems).toMatchObject([{ code: 'link-type-not-read', count: 2, position: 'frame 1' }]);
  expect(problems[0]!.detail).toContain('IEEE802_11_RADIOTAP');
  expect(rows.frames).toMatchObject([{ kind: 'other-link', count: 2n }]);
});

const ng = pcapngBlocks();

const enhanced = (seconds: bigint, on = 0) => ng.enhanced(on, seconds, packet);
/** A packet's block with some of its bytes changed. */
const changed = (at: number, bytes: number[], block: Uint8Array = enhanced(9n)) => {
  const copy = new Uint8Array(block);
  copy.set(bytes, at < 0 ? copy.length + at : at);
  return copy;
};

test.each([
  ['an impossible length', changed(4, [5, 0, 0, 0])],
  ['a length of gigabytes', changed(4, [0, 0, 0, 0xf0])],
  ['a length of 16 MiB', changed(4, [0, 0, 0, 1])],
  ['a length that ends inside of it', changed(4, [0x20, 0, 0, 0])],
  ['two lengths that differ', changed(-4, [9, 0, 0, 0])],
  ['a part missing', enhanced(9n).subarray(0, -20)],
])('a block with %s costs itself; reading goes on at the next', async (_, block) => {
  const good = bytesOf(ng.section(), ng.interface(1), enhanced(1n));
  const bytes = new Uint8Array(bytesOf(good, block, enhanced(2n), enhanced(3n)));
  for (const size of [bytes.length, 7]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (__, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    const { rows, problems, incomplete } = await readBytes(pcapngReader, chunks);
    expect(rows.messages).toMatchObject([{ frame: 1 }, { frame: 3 }, { frame: 4 }]);
    const example = `${block.length} octets passed over from byte ${good.length} on`;
    expect(problems).toMatchObject([
      { code: 'bad-block', position: `byte ${good.length}`, example, count: 1 },
    ]);
    expect(incomplete).toMatch(/^damaged after frame 2/);
  }
});

test('each damaged block of a capture is told, and packets between them are read', async () => {
  const bad = changed(-4, [9, 0, 0, 0]);
  const blocks = [ng.section(), ng.interface(1), bad, enhanced(1n), bad, bad, enhanced(2n), bad];
  const { rows, problems } = await readBytes(pcapngReader, new Uint8Array(bytesOf(...blocks)));
  expect(rows.messages).toHaveLength(2);
  expect(problems.map(({ example }) => Number.parseInt(example!))).toEqual(
    [1, 2, 1].map((n) => n * bad.length),
  );
});

test('a head of a block whose length leads past the end of the file hides no packet behind it', async () => {
  const bad = changed(4, [0, 0x80, 0, 0]);
  const blocks = [ng.section(), ng.interface(1), changed(-4, [9, 0, 0, 0]), bad, enhanced(1n), enhanced(2n)];
  const { rows } = await readBytes(pcapngReader, new Uint8Array(bytesOf(...blocks)));
  expect(rows.messages).toHaveLength(2);
});

test('packets of an interface whose description is damaged are told, and none is taken for another one of its section', async () => {
  const description = ng.interface(1);
  for (const broken of [
    changed(-4, [9], description),
    changed(0, [0x77, 0x77], changed(-4, [9], description)),
  ]) {
    const blocks = [
      ng.section(),
      broken,
      ng.interface(101),
      enhanced(1n, 0),
      enhanced(2n, 1),
      ng.section(),
      ng.interface(1),
      enhanced(3n),
    ];
    const { rows, problems } = await readBytes(pcapngReader, new Uint8Array(bytesOf(...blocks)));
    expect(rows.messages).toMatchObject([{ frame: 3 }]);
    expect(problems.map(({ code }) => code)).toContain('unknown-interface');
  }
});

test('a section whose length is made up is none, and no bytes are held for it', async () => {
  const section = changed(4, [0, 0, 0, 0x70], new Uint8Array(ng.section()));
  const blocks = [ng.section(), ng.interface(1), changed(-4, [9, 0, 0, 0]), section, enhanced(1n)];
  const { rows } = await readBytes(pcapngReader, new Uint8Array(bytesOf(...blocks)));
  expect(rows.messages).toHaveLength(1);
});

test('a long stretch without a block ends the search, and the reading', async () => {
  const good = bytesOf(ng.section(), ng.interface(1), enhanced(1n));
  const bytes = new Uint8Array(bytesOf(good, new Uint8Array((1 << 24) + 1000), enhanced(2n)));
  const { rows, problems } = await readBytes(pcapngReader, bytes);
  expect(rows.messages).toHaveLength(1);
  expect(problems).toMatchObject([{ code: 'bad-block', count: 1 }]);
});

test('the last record of a pcap is read where the one before it is damaged', async () => {
  const damaged = new Uint8Array(six);
  damaged.set([0xff, 0xff, 0xff, 0x7f], 24 + 4 * RECORD + 8);
  const { rows } = await readBytes(pcapReader, damaged);
  expect(rows.messages).toHaveLength(5);
});

test('a packet of an interface that is not described loses itself only', async () => {
  const blocks = [ng.section(), ng.interface(1), ng.enhanced(3, 1n, packet), ng.enhanced(0, 1n, packet)];
  const { rows, problems } = await readBytes(pcapngReader, new Uint8Array(bytesOf(...blocks)));
  expect(rows.messages).toMatchObject([{ frame: 2 }]);
  expect(problems).toMatchObject([{ code: 'unknown-interface', position: 'frame 1' }]);
});

test('a block of an unknown kind is skipped, however long, over many chunks', async () => {
  const blocks = [
    ng.section(),
    ng.interface(1),
    ng.block(0xbad, new Uint8Array(500_000)),
    ng.enhanced(0, 1n, packet),
  ];
  const bytes = new Uint8Array(bytesOf(...blocks));
  const chunks = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, i) =>
    bytes.subarray(i * 1000, (i + 1) * 1000),
  );
  const { rows, problems } = await readBytes(pcapngReader, chunks);
  expect(rows.messages).toHaveLength(1);
  expect(problems).toEqual([]);
});

test.each([
  ['milliseconds', 3, 1_700_000_000_123n, 1_700_000_000_123_000_000n],
  ['nanoseconds', 9, 1_700_000_000_123_456_789n, 1_700_000_000_123_456_789n],
  ['picoseconds', 12, 1_700_000_123_456_789_012n, 1_700_000_123_456_789n],
  ['10^-15 s', 15, 1_700_123_456_789_012_345n, 1_700_123_456_789n],
  ['2^-20 s', 0x94, (1_700_000_000n << 20n) + (1n << 19n), 1_700_000_000_500_000_000n],
  ['2^-40 s', 0xa8, (1_700_000n << 40n) + (1n << 38n), 1_700_000_250_000_000n],
])('times in %s', async (_, resolution, ticks, nanos) => {
  const blocks = [ng.section(), ng.interface(1, { resolution }), ng.enhanced(0, ticks, packet)];
  const { rows } = await readBytes(pcapngReader, new Uint8Array(bytesOf(...blocks)));
  expect(rows.messages).toMatchObject([{ time: nanos }]);
});

test.each([
  ['in the year 2200', 7_258_118_400n, null],
  ['near the end of TIMESTAMP_NS', 9_223_372_035n, null],
  ['far past it', 1n << 60n, null],
  ['in the last second of 2199', 7_258_118_399n, 7_258_118_399_000_000_000n],
  ['at 1970', 0n, 0n],
])('a time %s is kept or becomes null and a problem', async (_, seconds, time) => {
  const blocks = [ng.section(), ng.interface(1, { resolution: 0 }), ng.enhanced(0, seconds, packet)];
  const { rows, problems, lastNanos } = await readBytes(pcapngReader, new Uint8Array(bytesOf(...blocks)));
  expect(rows.messages).toMatchObject([{ time }]);
  expect(problems.map(({ code }) => code)).toEqual(time === null ? ['time-out-of-range'] : []);
  expect(lastNanos).toBe(time === 0n ? null : time);
});

test.each([
  ['pcap', pcapReader, six],
  ['pcapng', pcapngReader, ng.section()],
])('%s is told by its first bytes', (_, reader, bytes) => {
  expect(reader.sniff(bytes, 'x')).toBe(1);
  const taker = [pcapReader, pcapngReader].filter((candidate) => candidate.sniff(bytes, 'x') > 0);
  expect(taker).toEqual([reader]);
  expect(reader.sniff(bytes.subarray(0, 3), 'x')).toBe(0);
});
