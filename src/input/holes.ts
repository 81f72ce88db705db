/**
 * Zero bytes in a text: what logrotate's copytruncate leaves where a program goes on writing at its old place, or a
 * disk that was full. No text has one, so that the rest is read as if they were not there.
 */

import { ByteReader } from './byte-reader.js';

/** Bytes looked at at a time. */
const MOST = 1 << 20;

/** A text without zeros. */
export function withoutHoles(reader: ByteReader): ByteReader {
  return new ByteReader(async () => {
    for (let chunk = await reader.some(MOST); chunk !== null; chunk = await reader.some(MOST)) {
      const text = chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk;
      if (text.length > 0) return text;
    }
    return null;
  });
}
