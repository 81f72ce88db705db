import type { ByteReader } from '../byte-reader.js';

/** Whether a skippable frame starts here: zstd and lz4 share them (RFC 8878, 3.1.2). */
export function isSkippable(start: Uint8Array): boolean {
  return (
    start.length >= 4 &&
    (start[0]! & 0xf0) === 0x50 &&
    start[1] === 0x2a &&
    start[2] === 0x4d &&
    start[3] === 0x18
  );
}

/** Passes over a skippable frame; false if the input ends in it. */
export async function skipFrame(reader: ByteReader): Promise<boolean> {
  const header = await reader.take(8);
  if (header.length < 8) return false;
  return reader.skip(new DataView(header.buffer, header.byteOffset).getUint32(4, true));
}
