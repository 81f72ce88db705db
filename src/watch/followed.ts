import { chooseReader } from '../ingest/choose-reader.js';
import type { FileName } from '../input/file-name.js';
import { looksLike } from '../input/looks-like.js';
import type { ReadOptions } from '../raw/reader.js';
import { SNIFF_BYTES } from '../input/input.js';
import { Utf8Chunks } from '../input/unicode.js';
import { clusterReaders } from '../cluster/index.js';
import type { Told } from '../ingest/collections.js';
import { KINDS } from '../ingest/kinds.js';
import { SourceRows } from '../store/source-rows.js';
import { Fold } from './fold.js';
import { KeptParts } from './kept-parts.js';
import type { Stream } from './judge-process.js';
import type { Totals } from './totals.js';

/** What reading a stream goes by. */
export interface Following {
  reading: ReadOptions;
  totals: Totals;
  /** A folder of its own for what is kept of it. */
  folder: string;
  /** Seed of the hashes of keys, the same for all streams. */
  seed: number;
}

const EVERY_ID = { names: 1, addresses: 1, texts: 1, packets: 1, paths: 1, shapes: 1 };

/**
 * One stream of evidence that grows: what comes is kept, and read at once by the reader of its kind for the counts of each
 * second. What its kind is, is told from its first bytes.
 */
export class Followed {
  readonly fold: Fold;
  private readonly rows: SourceRows;
  bytes = 0;
  /** By how much the evidence was behind the clock when it was read last; seconds, null where it has no times. */
  behind: number | null = null;
  /** Whether nothing more comes. */
  hasEnded = false;
  /** Why it is not read. */
  fault: string | null = null;
  private kept: KeptParts | null = null;
  /** Whether all of it is kept: it says how things are, and not what happens. */
  private lasts = false;
  /** Whether anything came since it was settled. */
  private comes = false;
  private readonly text = new Utf8Chunks();
  private head = new Uint8Array(0);
  private readonly feed = new Feed();
  private reading: Promise<void> = Promise.resolve();

  constructor(
    readonly path: string,
    readonly file: FileName,
    /** What is said of it beside its bytes, as it is known by now. */
    private readonly told: () => Told,
    /** Whether the user named it, so that it is to be told where it cannot be read. */
    private readonly named: boolean,
    private readonly how: Following,
  ) {
    this.fold = new Fold(how.totals);
    const { label, aheadSeconds } = told();
    const start = { sourceId: 1, label, aheadSeconds, seed: how.seed, nextIds: EVERY_ID };
    this.rows = new SourceRows(start, (batch) => this.fold.take(batch));
  }

  /** Takes the next bytes, and comes back when they are read. */
  async take(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.length;
    this.comes = true;
    await this.takeText(this.text.take(bytes));
  }

  private async takeText(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0 || this.fault !== null) return;
    if (this.kept === null) {
      this.head = new Uint8Array(Buffer.concat([this.head, bytes]));
      if (!this.begin(this.head)) return;
      bytes = this.head;
    }
    this.kept!.add(bytes);
    await this.feed.give(bytes);
  }

  /** Counts what was read so far. */
  settle(): void {
    this.rows.flush();
    this.fold.settle();
    const { newest } = this.fold;
    if (this.comes && newest > 0) this.behind = Date.now() / 1000 - newest;
    this.comes = false;
    this.kept?.reached(newest === 0 || this.lasts ? null : newest * 1000);
  }

  /** Says that nothing more comes. */
  async end(): Promise<void> {
    await this.takeText(this.text.end());
    if (this.kept === null && this.fault === null && this.named)
      this.fault = this.head.length === 0 ? `${this.path} is empty` : `${this.path} ${looksLike(this.head)}`;
    this.feed.end();
    await this.reading;
    this.kept?.finish();
    this.settle();
    this.hasEnded = true;
  }

  /** What is kept of it since a time in milliseconds; null where there is nothing. */
  since(time: number): Stream | null {
    const parts = this.kept?.since(time) ?? [];
    return parts.length === 0 ? null : { path: this.path, told: this.told(), parts };
  }

  get parts(): KeptParts | null {
    return this.kept;
  }

  private begin(head: Uint8Array): boolean {
    const reader = chooseReader(KINDS, head, this.path, this.how.reading);
    if (reader === null) {
      if (head.length >= SNIFF_BYTES) this.fault = `${this.path} ${looksLike(head)}`;
      return false;
    }
    this.lasts = clusterReaders.includes(reader);
    this.kept = new KeptParts(this.how.folder, reader.kind, this.lasts);
    const input = { path: this.path, head, lines: null, chunks: this.feed.chunks() };
    this.reading = reader.read(input, this.rows, this.how.reading).catch((error: unknown) => {
      this.fault = `${this.path}: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`;
      this.feed.leave();
    });
    return true;
  }
}

/** Hands chunks to a reader, one when it is done with the one before. */
class Feed {
  private next: Uint8Array | null = null;
  private ended = false;
  private left = false;
  private given = () => {};
  private taken = () => {};

  async give(chunk: Uint8Array): Promise<void> {
    if (this.left) return;
    this.next = chunk;
    const done = new Promise<void>((resolve) => (this.taken = resolve));
    this.given();
    await done;
  }

  end(): void {
    this.ended = true;
    this.given();
  }

  /** The reader takes no more. */
  leave(): void {
    this.left = true;
    this.taken();
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.next === null && !this.ended) await new Promise<void>((resolve) => (this.given = resolve));
      if (this.next === null) return;
      yield this.next;
      this.next = null;
      this.taken();
    }
  }
}
