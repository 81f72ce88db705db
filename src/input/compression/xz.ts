import xz from 'xz-decompress';
import type { ByteReader } from '../byte-reader.js';
import { broken, cut, type OnTrouble, type Trouble } from '../trouble.js';
import { pieceSize } from './piece-size.js';

/** The stream flags' check type that xz-decompress cannot do (2.1.1.2 of the format). */
const SHA256_CHECK = 10;

/** Decompresses xz (tukaani.org/xz/xz-file-format.txt), several streams and padding included, dictionaries to 64 MiB. */
export async function* unxz(reader: ByteReader, trouble: OnTrouble): AsyncGenerator<Uint8Array> {
  if ((await reader.peek(8))[7] === SHA256_CHECK) return trouble(unsupportedCheck());
  let ended = false;
  const compressed = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await reader.some(pieceSize(reader.position));
        ended = piece === null;
        if (piece === null) controller.close();
        else controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
  const stream = new xz.XzReadableStream(compressed).getReader();
  try {
    for (;;) {
      const { done, value } = await stream.read();
      if (done) return;
      if (value.length > 0) yield value;
    }
  } catch {
    trouble((ended ? cut : broken)('xz', reader.position));
  } finally {
    await stream.cancel().catch(() => undefined);
  }
}

function unsupportedCheck(): Trouble {
  return {
    code: 'unsupported-xz',
    detail: 'the xz stream has SHA-256 checks, which are not supported; decompress it first (xz -dk)',
    position: 'byte 0',
    incomplete: 'the xz stream has SHA-256 checks, which are not supported; decompress it first (xz -dk)',
  };
}
