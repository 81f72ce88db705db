import { constants, createGunzip } from 'node:zlib';
import type { ByteReader } from '../byte-reader.js';
import { broken, cut, type OnTrouble } from '../trouble.js';
import { pieceSize } from './piece-size.js';

/** Decompresses gzip (RFC 1952), any number of members one after the other; zeros after the last are padding. */
export async function* gunzip(reader: ByteReader, trouble: OnTrouble): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 1 << 17, finishFlush: constants.Z_SYNC_FLUSH });
  const out: Uint8Array[] = [];
  let ended = false;
  let failed = false;
  let settle: (() => void) | null = null;
  stream.on('data', (bytes: Uint8Array) => out.push(bytes));
  stream.on('error', () => (failed = true));
  stream.on('close', () => settle?.());
  stream.on('end', () => {
    ended = true;
    settle?.();
  });
  const write = (piece: Uint8Array) =>
    new Promise<void>((resolve) => {
      settle = resolve;
      stream.write(piece, () => resolve());
    });
  try {
    for (;;) {
      const piece = await reader.some(pieceSize(reader.position));
      if (piece === null) break;
      await write(piece);
      yield* out.splice(0);
      if (failed) return trouble(broken('gzip', reader.position - piece.length));
      if (ended) return;
    }
    const probe = await endsHere(write, () => ended);
    if (!probe) trouble(cut('gzip', reader.position));
  } finally {
    stream.destroy();
  }
}

/** A zero after a member's end is passed over and ends the stream; inside a member it is taken as data. */
async function endsHere(write: (piece: Uint8Array) => Promise<void>, ended: () => boolean): Promise<boolean> {
  await write(new Uint8Array(1));
  await new Promise((resolve) => setImmediate(resolve));
  return ended();
}
