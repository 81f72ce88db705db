import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { pcapngBlocks } from '../../fixtures/captures/packets.js';
import { pcapngReader, pcapReader } from '../../src/capture/index.js';
import type { Reader } from '../../src/raw/reader.js';
import { cutterOf } from '../../src/watch/cutter.js';
import { readBytes } from '../support/memory-sink.js';
import { captureOf } from './traffic.js';

const ASKED = Array.from({ length: 6 }, (_, i) => ({ at: i, id: i + 1, name: `name-${i}.example` }));
const PCAP = captureOf(ASKED);

/** The same messages in two sections of a pcapng. */
function pcapng(): Buffer {
  const blocks = pcapngBlocks();
  const frames = ASKED.map((asked) => captureOf([asked]).subarray(40));
  const section = (part: readonly Buffer[], at: number) => [
    blocks.section(),
    blocks.interface(1, {}),
    ...part.map((frame, i) => blocks.enhanced(0, BigInt((at + i) * 1e6), frame)),
  ];
  return Buffer.concat([...section(frames.slice(0, 3), 10), ...section(frames.slice(3), 20)]);
}

/** All parts that a stream is cut into, when it comes in pieces of so many octets: each with what it needs before it. */
function partsOf(kind: string, bytes: Buffer, size: number): { prelude: Uint8Array; body: Uint8Array }[] {
  const cutter = cutterOf(kind, false);
  const parts: { prelude: Uint8Array; body: Uint8Array }[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const prelude = cutter.prelude;
    const body = cutter.take(bytes.subarray(at, at + size)).slice();
    if (body.length > 0) parts.push({ prelude, body });
  }
  return parts;
}

describe('a stream that is cut', () => {
  it.each<[string, Reader, Buffer]>([
    ['pcap', pcapReader, PCAP],
    ['pcapng', pcapngReader, pcapng()],
  ])(
    'gives a %s from each cut on that is read by itself, whatever pieces it came in',
    async (kind, reader, bytes) => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.nat(), async (size, choice) => {
          const parts = partsOf(kind, bytes, size);
          const from = choice % parts.length;
          const rest = Buffer.concat([parts[from]!.prelude, ...parts.slice(from).map(({ body }) => body)]);
          const { rows, problems } = await readBytes(reader, new Uint8Array(rest));
          const before = Buffer.concat(parts.slice(0, from).map(({ body }) => body));
          const seen = await readBytes(reader, new Uint8Array(before));
          expect(problems).toEqual([]);
          expect((seen.rows['messages'] ?? []).length + (rows['messages'] ?? []).length).toBe(ASKED.length);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('keeps lines whole, and a last one without an end until it has one', () => {
    const cutter = cutterOf('coredns-log', false);
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
    expect(text(cutter.take(Buffer.from('one\ntw')))).toBe('one\n');
    expect(text(cutter.take(Buffer.from('o')))).toBe('');
    expect(text(cutter.take(Buffer.from('\nthree')))).toBe('two\n');
    expect(text(cutter.end())).toBe('three');
  });

  it('lets a stream through as it is from damage on, so that readers can find their way', () => {
    const cutter = cutterOf('pcap', false);
    const damaged = Buffer.concat([PCAP.subarray(0, 24), Buffer.alloc(40, 0xff)]);
    expect(cutter.take(damaged)).toHaveLength(64);
    expect(cutter.take(Buffer.alloc(7))).toHaveLength(7);
  });
});
