import type { LogLine } from '../log-line.js';
import { azureFirewall } from './azure-firewall.js';
import { bracketedName } from './bracketed-name.js';
import { commonLogTime } from './common-log-time.js';
import { compose } from './docker-compose.js';
import { cri } from './cri.js';
import { csv } from './csv.js';
import { dockerJson } from './docker-json.js';
import { filePrefix } from './file-prefix.js';
import { fluentBitStdout } from './fluent-bit-stdout.js';
import { jsonRecord } from './json/index.js';
import { kubectlPrefix } from './kubectl-prefix.js';
import { lokiLabels } from './loki-labels.js';
import { namePrefix } from './name-prefix.js';
import { syslog, syslogPriority } from './syslog.js';
import { goLog, rfc3339 } from './timestamp.js';
import { unixTime } from './unix-time.js';
import type { Wrapper } from './wrapper.js';

/** Every wrapper, the more particular before the more general. */
const WRAPPERS: readonly Wrapper[] = [
  kubectlPrefix,
  fluentBitStdout,
  bracketedName,
  dockerJson,
  jsonRecord,
  lokiLabels,
  cri,
  rfc3339,
  goLog,
  commonLogTime,
  unixTime,
  csv,
  azureFirewall,
  syslogPriority,
  syslog,
  namePrefix,
  compose,
  filePrefix,
];

/** Shippers wrap what the runtime has wrapped; deeper nesting is no log. */
const DEEPEST = 6;

/** The wrappers to try for each first byte. */
const BY_FIRST_BYTE: readonly (readonly Wrapper[])[] = Array.from({ length: 256 }, (_, byte) =>
  WRAPPERS.filter((wrapper) => wrapper.beginsWith.includes(String.fromCharCode(byte))),
);

/** Takes all wrappers off a line. */
export class Unwrapper {
  /** The wrapper that fitted last, for each first byte: most logs have one. */
  private readonly last: (Wrapper | undefined)[] = Array.from({ length: 256 });

  /** The wrapper that fitted last a line with this first byte, which is tried before the others. */
  lastOf(byte: number): Wrapper | undefined {
    return this.last[byte];
  }

  unwrap(line: LogLine): void {
    for (let depth = 0; depth < DEEPEST && line.start < line.end; depth++) {
      // A level ends all wrapping.
      const isLevel = line.bytes[line.start] === 91 && line.bytes[line.start + 1]! < 91;
      if (isLevel && line.bytes[line.start + 1]! > 64) return;
      if (!this.unwrapOnce(line)) return;
    }
  }

  private unwrapOnce(line: LogLine): boolean {
    const first = line.bytes[line.start]!;
    const candidates = BY_FIRST_BYTE[first]!;
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
