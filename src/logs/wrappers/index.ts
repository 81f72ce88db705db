import type { LogLine } from '../log-line.js';
import { cri } from './cri.js';
import { dockerJson } from './docker-json.js';
import { jsonRecord } from './json/index.js';
import { kubectlPrefix } from './kubectl-prefix.js';
import { goLog, rfc3339 } from './timestamp.js';
import type { Wrapper } from './wrapper.js';

/** Every wrapper, the more particular before the more general. */
export const WRAPPERS: readonly Wrapper[] = [dockerJson, jsonRecord, kubectlPrefix, cri, rfc3339, goLog];

/** Shippers wrap what the runtime has wrapped; deeper nesting is no log. */
const DEEPEST = 5;

/** The wrappers to try for each first byte. */
const BY_FIRST_BYTE: readonly (readonly Wrapper[])[] = Array.from({ length: 256 }, (_, byte) =>
  WRAPPERS.filter((wrapper) => wrapper.beginsWith.includes(String.fromCharCode(byte))),
);

/** Takes all wrappers off a line. */
export class Unwrapper {
  /** The wrapper that fitted last, for each first byte: most logs have one. */
  private readonly last: (Wrapper | undefined)[] = Array.from({ length: 256 });

  unwrap(line: LogLine): void {
    for (let depth = 0; depth < DEEPEST && line.start < line.end; depth++) {
      if (!this.unwrapOnce(line)) return;
    }
  }

  private unwrapOnce(line: LogLine): boolean {
    const first = line.bytes[line.start];
    const candidates = BY_FIRST_BYTE[first];
    if (candidates.length === 0) return false;
    const last = this.last[first];
    if (last?.unwrap(line)) return true;
    for (const wrapper of candidates) {
      if (wrapper === last || !wrapper.unwrap(line)) continue;
      this.last[first] = wrapper;
      return true;
    }
    return false;
  }
}
