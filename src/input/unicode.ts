import { TextDecoder } from 'node:util';
import { ByteReader, nextOf, restOf } from './byte-reader.js';

const NOTHING = new Uint8Array(0);

/**
 * Text in UTF-16 (what `kubectl logs > x` writes in PowerShell) as UTF-8, and UTF-8 without its byte order
 * mark; every other input as it is.
 */
export async function asUtf8(reader: ByteReader): Promise<ByteReader> {
  const start = await reader.peek(MARK_BYTES);
  return encodingOf(start) === null ? reader : new ByteReader(nextOf(transcoded(reader)));
}

/** The same of bytes that come one after the other. */
export class Utf8Chunks {
  /** What came before it could be told what it is. */
  private start: Uint8Array | null = NOTHING;
  /** Drops a byte order mark; half a pair at the end becomes U+FFFD. */
  private decoder: TextDecoder | null = null;

  take(bytes: Uint8Array): Uint8Array {
    if (this.start === null) return this.decoded(bytes);
    const all = Buffer.concat([this.start, bytes]);
    this.start = all.length < MARK_BYTES ? all : null;
    return this.start === null ? this.begin(all) : NOTHING;
  }

  /** What is left when no more comes. */
  end(): Uint8Array {
    const left = this.start === null ? NOTHING : this.begin(this.start);
    this.start = null;
    const rest = this.decoder?.decode();
    return rest ? Buffer.concat([left, Buffer.from(rest)]) : left;
  }

  private begin(all: Uint8Array): Uint8Array {
    const encoding = encodingOf(all);
    if (encoding === 'utf-8') return all.subarray(MARK_BYTES);
    if (encoding !== null) this.decoder = new TextDecoder(encoding);
    return this.decoded(all);
  }

  private decoded(bytes: Uint8Array): Uint8Array {
    return this.decoder === null ? bytes : Buffer.from(this.decoder.decode(bytes, { stream: true }));
  }
}

/** Octets that a byte order mark may take. */
const MARK_BYTES = 3;

/** The encoding that a byte order mark says; null where there is none. */
function encodingOf(start: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 'utf-8' : null;
}

async function* transcoded(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const chunks = new Utf8Chunks();
  for await (const chunk of restOf(reader)) {
    const text = chunks.take(chunk);
    if (text.length > 0) yield text;
  }
  const rest = chunks.end();
  if (rest.length > 0) yield rest;
}
