import type { Batch } from '../../raw/batch.js';
import type { Sink } from '../../raw/sink.js';
import { logQueries } from '../../raw/tables/logs.js';
import { SharedBatches } from '../../raw/wasm/shared-batches.js';
import type { LogLines } from '../log-lines.js';
import { cri } from '../wrappers/cri.js';
import { kubectlPrefix } from '../wrappers/kubectl-prefix.js';
import { rfc3339 } from '../wrappers/timestamp.js';
import { LogHost } from './host.js';
import { Machine } from './machine.js';
import { MAP, STAMP, WRITTEN } from './memory-map.js';

/** What lines of the common form begin with: `[INFO`, `[pod`, or a year. */
const OPEN = 91;
const LETTER_I = 73;
const LETTER_P = 112;
const DIGIT_TWO = 50;
/** Lines left in a row after which the log seems to be of another form, and how many are then not even tried: each was read twice. */
const MOST_LEFT = 16;
const PAUSE = 64;

/**
 * The reader in WebAssembly at the side of the one in TypeScript. It reads lines of the common form and writes into the same batch
 * the very rows that TypeScript would; every other line is left to that, and what TypeScript remembers of lines says which may be read here.
 */
export class CommonLines {
  private readonly shared: SharedBatches<keyof typeof WRITTEN>;
  private readonly queries: Batch<typeof logQueries.columns>;
  private readonly window = MAP.regions.window;
  /** The chunk whose octets from `from` up to `to` lie in the window. */
  private chunk: Uint8Array | null = null;
  private from = 0;
  private to = 0;
  /** Lines left in a row, and lines that are not to be tried. */
  private left = 0;
  private pause = 0;

  private constructor(
    private readonly machine: Machine,
    private readonly lines: LogLines,
    sink: Sink,
  ) {
    machine.listen(new LogHost(machine, sink));
    this.shared = new SharedBatches(machine, sink, WRITTEN);
    this.queries = sink.batch(logQueries);
  }

  /** One for a log, or null where none can be had. */
  static beside(lines: LogLines, sink: Sink): CommonLines | null {
    const machine = Machine.take();
    return machine && new CommonLines(machine, lines, sink);
  }

  /** Reads lines of a chunk from `at` on, where one begins: where the first begins that is left to TypeScript, or not whole. */
  read(chunk: Uint8Array, at: number): number {
    const { machine, lines, queries } = this;
    if (this.pause > 0) {
      this.pause--;
      return at;
    }
    if (!lines.areFree) return at;
    const hasPrefix = lines.unwrapper.lastOf(OPEN) === kubectlPrefix;
    const stamp = this.stamp();
    const mayBegin =
      chunk[at] === OPEN
        ? chunk[at + 1] === LETTER_I || (hasPrefix && chunk[at + 1] === LETTER_P)
        : chunk[at] === DIGIT_TWO && stamp !== STAMP.none;
    if (!mayBegin) return at;
    if (chunk !== this.chunk || at >= this.to) this.hold(chunk, at);
    const offset = this.window.at - this.from;
    const { walk } = machine.exports;
    const read = walk(at + offset, this.to + offset, queries.row, lines.number, hasPrefix ? 1 : 0, stamp);
    if (read > at + offset) this.tell();
    else if (++this.left >= MOST_LEFT) this.pause = PAUSE;
    return read - offset;
  }

  /** Gives back the memory; what rows are in it go with the batch. */
  close(): void {
    this.shared.close();
    this.machine.release();
  }

  /** What stands before lines that begin with a year, as TypeScript found lately: it would look for the same first. */
  private stamp(): number {
    const last = this.lines.unwrapper.lastOf(DIGIT_TWO);
    if (last === cri) return STAMP.cri;
    return last === rfc3339 ? STAMP.rfc3339 : STAMP.none;
  }

  private hold(chunk: Uint8Array, at: number): void {
    this.chunk = chunk;
    this.from = at;
    this.to = Math.min(chunk.length, at + this.window.bytes);
    this.machine.region('window').set(chunk.subarray(at, this.to));
  }

  /** Tells the batch and the reader in TypeScript of lines that were read. */
  private tell(): void {
    const { machine, lines } = this;
    this.left = 0;
    this.shared.leave();
    lines.passed(machine.cell('lines'));
    if (machine.cell('timed') === 0) return;
    lines.covers(machine.cell('first_seconds'), machine.cell('first_nanos'));
    lines.covers(machine.cell('last_seconds'), machine.cell('last_nanos'));
  }
}
