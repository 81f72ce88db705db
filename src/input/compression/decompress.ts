import { ByteReader, nextOf } from '../byte-reader.js';
import type { OnTrouble } from '../trouble.js';
import { gunzip } from './gzip.js';
import { unlz4 } from './lz4.js';
import { isSkippable } from './skippable-frame.js';
import { unxz } from './xz.js';
import { unzstd } from './zstd.js';

interface Format {
  name: string;
  /** The first bytes in hex. */
  magic: string;
  decompress(reader: ByteReader, trouble: OnTrouble): AsyncGenerator<Uint8Array>;
}

const FORMATS: readonly Format[] = [
  { name: 'gzip', magic: '1f8b08', decompress: gunzip },
  { name: 'zstd', magic: '28b52ffd', decompress: unzstd },
  { name: 'xz', magic: 'fd377a585a00', decompress: unxz },
  { name: 'lz4', magic: '04224d18', decompress: unlz4 },
  { name: 'lz4', magic: '02214c18', decompress: unlz4 },
];

/** A compressed file in a compressed stream is met in practice; more layers are made to harm. */
const MOST_LAYERS = 2;

/** Output that is always accepted; beyond it, how many times the compressed size it may be. */
const FREE_OUTPUT = 2 ** 30;
const MOST_RATIO = 2000;

/**
 * Takes off up to two layers of compression, told by their first bytes; what is not compressed stays as it is. Each layer's
 * stream is given to `hold`: who does not read to the end must end it, since xz-decompress lets no other one begin before.
 */
export async function decompress(
  reader: ByteReader,
  trouble: OnTrouble,
  hold: (stream: AsyncGenerator<Uint8Array>) => void,
  freeOutput = FREE_OUTPUT,
): Promise<ByteReader> {
  let inner = reader;
  let outer: Format | null = null;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const format = await formatOf(inner);
    // xz-decompress can have one stream open at a time, so a second one inside would wait for ever.
    if (!format || (outer?.name === 'xz' && format.name === 'xz')) break;
    outer = format;
    const chunks = bounded(format.decompress(inner, trouble), reader, format.name, trouble, freeOutput);
    hold(chunks);
    inner = new ByteReader(nextOf(chunks));
  }
  return inner;
}

async function formatOf(reader: ByteReader): Promise<Format | null> {
  let start = await reader.peek(8);
  if (isSkippable(start) && start.length === 8) {
    const length = new DataView(start.buffer, start.byteOffset).getUint32(4, true);
    if (length < 1 << 20) start = (await reader.peek(8 + length + 6)).subarray(8 + length);
  }
  const hex = Buffer.from(start).toString('hex');
  return FORMATS.find((format) => hex.startsWith(format.magic)) ?? null;
}

/** Stops a stream that grows out of all proportion to the bytes it was made from. */
async function* bounded(
  chunks: AsyncIterable<Uint8Array>,
  stored: ByteReader,
  format: string,
  trouble: OnTrouble,
  freeOutput: number,
): AsyncGenerator<Uint8Array> {
  let output = 0;
  for await (const chunk of chunks) {
    output += chunk.length;
    if (output > freeOutput && output > MOST_RATIO * stored.position) {
      return trouble({
        code: 'decompression-bomb',
        detail: `the ${format} stream decompresses to more than ${MOST_RATIO} times its size; it was read up to here`,
        position: `byte ${stored.position}`,
        incomplete: `the ${format} stream grows without measure at byte ${stored.position}`,
      });
    }
    if (chunk.length > 0) yield chunk;
  }
}
