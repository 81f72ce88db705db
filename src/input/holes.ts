/**
 * Zero bytes in a text: what logrotate's copytruncate leaves where a program goes on writing at its old place, or a
 * disk that was full. No text has one, so that the rest is read as if they were not there.
 */

import { ByteReader } from './byte-reader.js';

/** Bytes looked at at a time. */
const MOST = 1 << 20;

/** Zeros in a row after which it is no text with a hole: a device that has nothing else never ends. */
const HOLE_BYTES = 256 << 20;

const ZEROS = Buffer.alloc(MOST);

/** A text without zeros. */
export function withoutHoles(reader: ByteReader): ByteReader {
  let hole = 0;
  return new ByteReader(async () => {
    for (let chunk = await reader.some(MOST); chunk !== null; chunk = await reader.some(MOST)) {
      if (!chunk.includes(0)) return chunk;
      const isHole = ZEROS.subarray(0, chunk.length).equals(chunk);
      hole = isHole ? hole + chunk.length : 0;
      if (hole > HOLE_BYTES) return chunk;
      const text = isHole ? chunk.subarray(0, 0) : chunk.filter((byte) => byte !== 0);
      if (text.length > 0) return text;
    }
    return null;
  });
}
