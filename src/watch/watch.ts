import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadOptions } from '../raw/reader.js';
import type { Told } from '../ingest/collections.js';
import type { Location } from '../input/expand.js';
import { labelFromPath } from '../input/label.js';
import { TemporaryFolder } from '../base/temporary-folder.js';
import type { Megabytes } from '../store/writing-memory.js';
import { Clients } from './clients.js';
import { Followed } from './followed.js';
import { FollowedStreams } from './followed-streams.js';
import { followFile } from './followed-file.js';
import { type Judged, removeUnfinished } from './judge.js';
import { JudgeHandle } from './judge-handle.js';
import type { Stream } from './judge-process.js';
import { JudgingPace } from './judging-pace.js';
import { Seconds } from './seconds.js';
import type { Totals } from './totals.js';
import { type Change, Verdicts } from './verdicts.js';

export interface WatchOptions {
  reading: ReadOptions;
  label: string | null;
  memoryLimit: Megabytes | undefined;
  /** Where others find the database of what was judged last; null where they need none. */
  database: string | null;
  /** Seconds of evidence that are kept, and that are judged at a time. */
  keep: number;
  window: number;
  onChanges: (changes: readonly Change[]) => void;
  onFault: (sentence: string) => void;
}

const NOTHING_TOLD: Told = { label: null, aheadSeconds: 0 };

/** What the last judging was of, and what it cost. */
export interface Judging extends Judged {
  cpuSeconds: number;
  /** Whether it was of less than the window, as there was too much. */
  isShort: boolean;
}

/** Follows evidence while it grows: counts it by the second, keeps the last minutes, and judges the newest of them again and again. */
export class Watch {
  readonly totals: Totals = { wire: new Seconds(), logs: new Seconds(), clients: new Clients() };
  readonly verdicts = new Verdicts();
  readonly followed = new FollowedStreams();
  private begun = 0;
  judging: Judging | null = null;
  private readonly folder = new TemporaryFolder({ endsOnSignal: false });
  private readonly seed = randomInt(1, 2 ** 32);
  private readonly stopping = new AbortController();
  private readonly judge: JudgeHandle;
  private readonly pace = new JudgingPace();
  private running: Promise<void> | null = null;
  /** Bytes that were there when it was judged last. */
  private judgedBytes = 0;
  private readonly told = new Set<string>();

  constructor(private readonly options: WatchOptions) {
    // each file that is followed listens to it
    setMaxListeners(Infinity, this.stopping.signal);
    const folder = join(this.folder.path, 'judged');
    mkdirSync(folder);
    const { reading, memoryLimit, database } = options;
    this.judge = new JudgeHandle({
      reading,
      memoryLimit,
      folder,
      database: database ?? join(folder, 'judged.duckdb'),
    });
  }

  /** Follows bytes that come in order, to their end; `told.label` is where they were captured, unless the user says it. */
  async followChunks(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    told: () => Told = () => NOTHING_TOLD,
  ): Promise<void> {
    const followed = this.begin({ path, file: path, named: true }, told);
    for await (const chunk of chunks) {
      await followed.take(chunk);
      if (this.stopping.signal.aborted) break;
    }
    await followed.end();
  }

  /** Follows a file until `stop`, to what it holds by then; what it is replaced by in a rotation is another stream. */
  async followLocation(location: Location, told: () => Told = () => NOTHING_TOLD): Promise<void> {
    let followed: Followed | null = null;
    for await (const { bytes, begins } of followFile(location.file, this.stopping.signal)) {
      if (begins) {
        await followed?.end();
        followed = this.begin(location, told);
      }
      await followed!.take(bytes);
    }
    await followed?.end();
  }

  /** Ends following files where they end now; what was read stays to be judged. */
  stop(): void {
    this.stopping.abort();
  }

  /** Aborted once it follows nothing more. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  /** Counts what came, drops what is old, and begins to judge where it is time; to be called each second. */
  tick(): void {
    this.followed.settle();
    const { newest } = this.followed;
    for (const { fold } of this.followed.all) fold.wire?.passOn(newest);
    this.totals.clients.fade(newest);
    this.totals.clients.open.fill(0);
    for (const { fold } of this.followed.all)
      fold.wire?.open.countByClient(newest - 1, this.totals.clients.open);
    this.tellFaults();
    // what is being judged must stay
    if (this.running !== null) return;
    this.followed.keep(this.options.keep);
    if (this.pace.isDue(clock())) this.beginJudging();
  }

  /** Judges all that came up to now, once more. */
  async finish(): Promise<void> {
    this.followed.settle();
    await this.running;
    this.beginJudging();
    await this.running;
    this.tellFaults();
  }

  /** A lookup of the evidence judged last, told as `explain` does. */
  story(word: string, width: number, unicode: boolean): Promise<string[]> {
    return this.judge.story(word, width, unicode);
  }

  /** All that is kept of each stream, for as long as `use` runs. */
  async withKept(use: (streams: readonly Stream[]) => Promise<void>): Promise<void> {
    await this.running;
    const held = use(this.followed.since(0)).finally(() => (this.running = null));
    this.running = held.catch(() => undefined);
    await held;
  }

  close(): void {
    this.stop();
    this.judge.close();
    // what was being made
    if (this.options.database !== null) removeUnfinished(this.options.database);
    for (const { parts } of this.followed.all) parts?.close();
    this.folder.remove();
  }

  private begin({ path, file, named }: Location, told: () => Told): Followed {
    const folder = join(this.folder.path, `${++this.begun}`);
    const { reading, label } = this.options;
    const how = { reading, totals: this.totals, folder, seed: this.seed };
    const known = () => {
      const said = told();
      return { ...said, label: label ?? said.label ?? labelFromPath(path) };
    };
    const followed = new Followed(path, file, known, named, how);
    this.followed.all.push(followed);
    return followed;
  }

  private beginJudging(): void {
    const bytes = this.followed.all.reduce((sum, followed) => sum + followed.bytes, 0);
    if (bytes === this.judgedBytes) return;
    this.judgedBytes = bytes;
    this.running = this.judgeNow().finally(() => (this.running = null));
  }

  private async judgeNow(): Promise<void> {
    const started = clock();
    const chosen = this.pace.choose(this.options.window, (seconds) =>
      this.followed.since(this.followed.newest - seconds),
    );
    const { streams, isShort } = chosen;
    if (streams.length === 0) return;
    try {
      const { judged, cpuSeconds } = await this.judge.judge(streams);
      this.judging = { ...judged, cpuSeconds, isShort };
      this.pace.judged(clock(), cpuSeconds, chosen);
      for (const fault of judged.faults) this.tellFault(fault);
      const changes = this.verdicts.take(judged.judgement);
      if (changes.length > 0) this.options.onChanges(changes);
    } catch (error) {
      this.pace.failed(clock(), started, chosen);
      this.tellFault(`not judged: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private tellFaults(): void {
    for (const { fault } of this.followed.all) if (fault !== null) this.tellFault(fault);
  }

  private tellFault(sentence: string): void {
    if (this.told.has(sentence)) return;
    this.told.add(sentence);
    this.options.onFault(sentence);
  }
}

/** Seconds of a clock that nobody sets. */
function clock(): number {
  return performance.now() / 1000;
}
