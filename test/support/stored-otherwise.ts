import { gunzipSync, gzipSync } from 'node:zlib';
import { pcap, pcapngBlocks, type PcapPacket } from '../../fixtures/captures/packets.js';

/** The same evidence in other files: what is read of them must not differ. */

const GZIP = 0x8b1f;
const HEADER = 24;
const RECORD = 16;

interface Capture {
  linkType: number;
  packets: Required<Pick<PcapPacket, 'seconds' | 'fraction' | 'length' | 'bytes'>>[];
}

/** What is compressed decompressed, and the other way round. */
export function recompressed(bytes: Buffer): Buffer {
  return isCompressed(bytes) ? gunzipSync(bytes) : gzipSync(bytes);
}

/** A capture (little-endian pcap with microseconds, compressed or not) as files of so many packets each. */
export function cutInto(bytes: Buffer, packets: number): Buffer[] {
  const capture = parse(bytes);
  const files: Buffer[] = [];
  for (let at = 0; at < capture.packets.length; at += packets) {
    files.push(pcap(capture.linkType, capture.packets.slice(at, at + packets)));
  }
  return files;
}

/** A capture as pcapng, its times in nanoseconds. */
export function asPcapng(bytes: Buffer): Buffer {
  const { linkType, packets } = parse(bytes);
  const blocks = pcapngBlocks();
  return Buffer.concat([
    blocks.section(),
    blocks.interface(linkType, { resolution: 9 }),
    ...packets.map(({ seconds, fraction, length, bytes: packet }) =>
      blocks.enhanced(0, BigInt(seconds) * 1_000_000_000n + BigInt(fraction) * 1000n, packet, { length }),
    ),
  ]);
}

function parse(stored: Buffer): Capture {
  const bytes = isCompressed(stored) ? gunzipSync(stored) : stored;
  const packets: Capture['packets'] = [];
  for (let at = HEADER; at < bytes.length;) {
    const captured = bytes.readUInt32LE(at + 8);
    packets.push({
      seconds: bytes.readUInt32LE(at),
      fraction: bytes.readUInt32LE(at + 4),
      length: bytes.readUInt32LE(at + 12),
      bytes: bytes.subarray(at + RECORD, at + RECORD + captured),
    });
    at += RECORD + captured;
  }
  return { linkType: bytes.readUInt32LE(20), packets };
}

function isCompressed(bytes: Buffer): boolean {
  return bytes.readUInt16LE(0) === GZIP;
}
