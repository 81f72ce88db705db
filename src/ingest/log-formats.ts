import { readFile } from 'node:fs/promises';
import { parseFragment } from '../cluster/corefile/parser.js';
import type { Location } from '../input/expand.js';
import { formatOfArguments, parseLogFormat } from '../logs/lines/log-format.js';
import type { Database } from '../store/database.js';
import { sizeOnDisk } from './read-input.js';

/** Bytes of a file that is looked through for a Corefile: what a ConfigMap can hold. */
const MOST_BYTES = 1 << 20;
/** Formats that are tried on each line; clusters have one or two. */
const MOST_FORMATS = 16;

/** A `log` with a placeholder behind it. */
const LOG_LINE = /(?:^|[\s{;])log[ \t]+([^\n]{0,2000}\{[>/]?\w[^\n]{0,2000})/gm;
/** A Corefile as JSON holds it. */
const IN_JSON = /"(?:Corefile|[\w.-]{1,100}\.(?:server|override))"\s*:\s*("(?:[^"\\]|\\.)*")/g;

/** Formats of CoreDNS's log plugin: those that were given, of Corefiles in the database, and of Corefiles among the inputs. */
export class LogFormats {
  private readonly found: Set<string>;

  constructor(given: readonly string[]) {
    this.found = new Set(given);
  }

  get all(): readonly string[] {
    return [...this.found];
  }

  /** Takes those of the Corefiles that the database holds. */
  async recall(database: Database): Promise<void> {
    const lines = await database.rows<{ arguments: string }>(
      "select distinct arguments from raw.corefiles where plugin = 'log' and arguments like '%{%' order by arguments",
    );
    for (const { arguments: words } of lines) this.add(JSON.parse(words) as string[]);
  }

  /** Looks for Corefiles among inputs, as a log may be read before the Corefile beside it. */
  async learn(locations: readonly Location[]): Promise<void> {
    for (const location of locations) {
      const size = location.file === '-' ? null : await sizeOnDisk(location);
      if (size === null || size > MOST_BYTES) continue;
      const bytes = await readFile(location.file).catch(() => null);
      if (bytes?.includes('log ') && bytes.includes('{') && !bytes.includes(0)) this.read(bytes.toString());
    }
  }

  private read(text: string): void {
    const inside = [...text.matchAll(IN_JSON)].map(([, string]) => unquoted(string!));
    for (const corefile of inside.length > 0 ? inside : [text]) {
      for (const [, line] of corefile.matchAll(LOG_LINE)) {
        for (const { name, args } of parseFragment(`log ${line}`).blocks.flatMap(({ plugins }) => plugins)) {
          if (name === 'log') this.add(args);
        }
      }
    }
  }

  private add(words: readonly string[]): void {
    const format = formatOfArguments(words);
    const isNew = format !== null && !this.found.has(format) && this.found.size < MOST_FORMATS;
    if (isNew && typeof parseLogFormat(format) !== 'string') this.found.add(format);
  }
}

function unquoted(string: string): string {
  try {
    return JSON.parse(string) as string;
  } catch {
    return '';
  }
}
