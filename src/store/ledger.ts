import type { Instant } from '../base/time/instant.js';
import { Database, type OpenOptions } from './database.js';
import { KnownSources } from './known-sources.js';
import {
  type KnownSource,
  nanosText,
  recordSource,
  type SourceFacts,
  type SourceRequest,
  type SourceResult,
} from './source-record.js';
import type { SourceStart } from './source-rows.js';
import { SourceWriter } from './source-writer.js';
import { explainFault, StorageFault } from './storage-fault.js';
import { WriteTransaction } from './write-transaction.js';

/** What sources that wait for others may hold together, and how long, before they are to be committed. */
const GROUP = { rows: 50_000, milliseconds: 500 };

export interface LedgerOptions extends OpenOptions {
  group?: typeof GROUP;
}

/** A transaction of several sources failed, by none of them in particular: nothing of any of them stays. */
export class GroupFailed extends Error {}

/** The evidence of one database file: which inputs it holds, and the one way to add another. */
export class Ledger {
  /** The transaction of sources that wait to be committed, or of the one that is being read. */
  private open: WriteTransaction | null = null;
  /** What was known when it began. */
  private knownBefore: readonly KnownSource[] = [];
  /** Sources in it that wait, and the rows of all. */
  private waiting = 0;
  private rows = 0;

  private constructor(
    readonly database: Database,
    private readonly seed: number,
    private inDatabase: KnownSources,
    private readonly group: typeof GROUP,
  ) {}

  static async open(path: string, { group = GROUP, ...options }: LedgerOptions = {}): Promise<Ledger> {
    const database = await Database.open(path, options);
    const [meta] = await database.rows<{ seed: number }>('select seed from raw.meta');
    const known = await database.rows<KnownSource>(
      'select source_id as "sourceId", path, kind, sha256, bytes::DOUBLE as bytes, content_sha256 as "contentSha256", content_bytes::DOUBLE as "contentBytes", label, epoch_ns(first_time)::VARCHAR as "firstTime" from raw.sources order by source_id',
    );
    return new Ledger(database, meta!.seed, new KnownSources(known), group);
  }

  /** The sources that it has, those that wait too. */
  get known(): Pick<KnownSources, 'all' | 'ofHash' | 'ofSize' | 'ofFirstTime' | 'ofPath'> {
    return this.inDatabase;
  }

  /** Whether the sources that wait are to be committed before another is read. */
  get due(): boolean {
    if (this.open === null) return false;
    const { rows, milliseconds } = this.group;
    return this.rows >= rows || performance.now() - this.open.since >= milliseconds;
  }

  /**
   * Reads one input. `fill` writes its evidence into the sink and says what it was; where it returns null or throws,
   * nothing of the input stays. It is in one transaction with nothing else and kept when this returns; with
   * `request.waits` it is kept by the next `commit`, together with those before it, unless it turns out to be large:
   * then `fill` is called once more. Throws GroupFailed where others that wait are lost with it.
   */
  async addSource(
    request: SourceRequest,
    fill: (sink: SourceWriter) => Promise<SourceFacts | null>,
  ): Promise<SourceResult | null> {
    const { waits = false } = request;
    if (!waits) await this.commit();
    const transaction = await this.begin();
    const writer = new SourceWriter(transaction, this.start(request, transaction), waits);
    if (!waits && request.replaces !== null) await this.orNothing(transaction.removeSource(request.replaces));
    let facts: SourceFacts | null = null;
    try {
      facts = await fill(writer);
    } catch (error) {
      if (!waits) await this.rollback();
      if (!writer.isVoid) throw explainFault(this.database.path, error);
    }
    if (writer.isVoid) return this.addSource({ ...request, waits: false }, fill);
    if (facts === null) {
      if (!waits) await this.rollback();
      return null;
    }
    const result = await this.orNothing(this.accept(transaction, writer, request, facts));
    if (!waits) await this.commit();
    return result;
  }

  /** Keeps the sources that wait. Throws GroupFailed where that is not possible for several of them together. */
  async commit(): Promise<void> {
    if (this.open === null) return;
    await this.orNothing(this.open.commit());
    this.open = null;
  }

  /** Takes a source out, with every row that it gave, in one transaction. The models are to be built again then. */
  async forget({ sourceId }: KnownSource): Promise<void> {
    await this.commit();
    const transaction = await this.begin();
    await this.orNothing(transaction.removeSource(sourceId));
    await this.commit();
    this.inDatabase.remove(sourceId);
  }

  close(): void {
    this.open?.release();
    this.database.close();
  }

  private async begin(): Promise<WriteTransaction> {
    if (this.open !== null) return this.open;
    const open = await WriteTransaction.begin(this.database);
    this.knownBefore = this.inDatabase.all;
    this.waiting = 0;
    this.rows = 0;
    return (this.open = open);
  }

  private async rollback(): Promise<void> {
    await this.open?.rollback();
    this.open = null;
    this.inDatabase = new KnownSources(this.knownBefore);
  }

  /** What is done with the open transaction; where that fails, nothing of it stays. */
  private async orNothing<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      const others = this.waiting > 0;
      await this.rollback();
      const fault = explainFault(this.database.path, error);
      throw others && !(fault instanceof StorageFault) ? new GroupFailed('', { cause: fault }) : fault;
    }
  }

  private start(
    { label, replaces, aheadSeconds = 0 }: SourceRequest,
    { nextIds }: WriteTransaction,
  ): SourceStart {
    const sourceId = replaces ?? this.inDatabase.last + 1;
    return { sourceId, label, aheadSeconds, seed: this.seed, nextIds };
  }

  /** Writes what is left of a source that has been read, and takes out those whose place it takes. */
  private async accept(
    transaction: WriteTransaction,
    writer: SourceWriter,
    request: SourceRequest,
    facts: SourceFacts,
  ): Promise<SourceResult> {
    const { replaces, waits = false } = request;
    if (waits) this.waiting++;
    const supersedes = facts.supersedes ?? [];
    if (waits && replaces !== null) await transaction.removeSource(replaces);
    for (const source of supersedes) await transaction.removeSource(source.sourceId);
    writer.accept();
    const before = replaces === null ? undefined : this.inDatabase.get(replaces);
    const result = recordSource(writer, request, facts, before ? [before, ...supersedes] : supersedes);
    transaction.nextIds = writer.start.nextIds;
    this.rows += result.rows;
    this.remember(request, result, writer.first);
    return result;
  }

  private remember({ path, label }: SourceRequest, result: SourceResult, first: Instant | null): void {
    const { sourceId, kind, sha256, bytes, contentSha256, contentBytes, replaced } = result;
    for (const source of replaced) if (source.sourceId !== sourceId) this.inDatabase.remove(source.sourceId);
    const firstTime = first && nanosText(first);
    this.inDatabase.add({
      sourceId,
      path,
      kind,
      sha256,
      bytes,
      contentSha256,
      contentBytes,
      label,
      firstTime,
    });
  }
}
