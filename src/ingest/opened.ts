import { isArchive } from '../input/archive/unpack.js';
import type { OpenedInput } from '../input/open-input.js';
import type { Reader } from '../raw/reader.js';
import type { StoredBytes } from '../input/stored-bytes.js';
import type { OnTrouble } from '../input/trouble.js';
import type { Sink } from '../raw/sink.js';

/** What names an input that was read to its end: its bytes as they are stored, and after decompression. */
export interface Hashes {
  sha256: string;
  bytes: number;
  contentSha256: string;
  contentBytes: number;
}

export function hashesOf(stored: StoredBytes, { content }: OpenedInput): Hashes {
  return {
    sha256: stored.hashed.sha256(),
    bytes: stored.bytes,
    contentSha256: content.sha256(),
    contentBytes: content.bytes,
  };
}

/** Tells of an input's head whether it is no text. */
export function isBinaryOf(kinds: readonly Reader[], path: string): (head: Uint8Array) => boolean {
  return (head) => isArchive(head) || kinds.some((kind) => kind.isBinary && kind.sniff(head, path) > 0);
}

/** Has what goes wrong with an input's bytes told with its rows. */
export function intoSink(sink: Sink): OnTrouble {
  return ({ code, detail, position, incomplete }) => {
    sink.problem({ code, detail, position });
    sink.incomplete(incomplete);
  };
}
