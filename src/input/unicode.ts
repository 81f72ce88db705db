import { ByteReader, nextOf, restOf } from './byte-reader.js';

type Encoding = 'utf-16le' | 'utf-16be';

/**
 * Text in UTF-16 (what `kubectl logs > x` writes in PowerShell) as UTF-8, and UTF-8 without its byte order
 * mark; every other input as it is.
 */
export async function asUtf8(reader: ByteReader): Promise<ByteReader> {
  const start = await reader.peek(3);
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) {
    await reader.take(3);
    return reader;
  }
  const encoding = encodingOf(start);
  return encoding ? new ByteReader(nextOf(transcoded(reader, encoding))) : reader;
}

function encodingOf(start: Uint8Array): Encoding | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return null;
}

/** The decoder drops the byte order mark; half a pair at the end becomes U+FFFD. */
async function* transcoded(reader: ByteReader, encoding: Encoding): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of restOf(reader)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield Buffer.from(text);
  }
  const rest = decoder.decode();
  if (rest !== '') yield Buffer.from(rest);
}
