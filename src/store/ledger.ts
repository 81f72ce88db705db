import { memberOf } from '../input/rotation.js';
import type { Instant } from '../input/time/instant.js';
import { SOURCED_TABLES } from './tables/index.js';
import { problems, sources } from './tables/ledger.js';
import { Database, type OpenOptions } from './database.js';
import type { CountedProblem } from './problem-log.js';
import { writeText, writeTime } from './optional-values.js';
import { identifier, textLiteral } from './sql-text.js';
import { SourceWriter } from './source-writer.js';
import { explainFault } from './storage-fault.js';
import { writeInteger, writeNanos } from './word64.js';

/** What the ledger knows of an input before it is read. */
export interface SourceRequest {
  path: string;
  label: string | null;
  /** The source whose rows this input replaces (`--force`), or null for a new one. */
  replaces: number | null;
}

/** What is known of an input once it has been read. */
export interface SourceFacts {
  kind: string;
  /** Hex, of the bytes as stored. */
  sha256: string;
  /** Size as stored. */
  bytes: number;
  /** Hash and size of the bytes after decompression. */
  contentSha256: string;
  contentBytes: number;
  /** Sources that are the beginning of this one: they go, as it holds all of theirs. */
  supersedes?: readonly KnownSource[];
}

export interface SourceResult extends SourceFacts {
  sourceId: number;
  /** The earlier readings whose place it took. */
  replaced: readonly KnownSource[];
  rows: number;
  rowsByTable: Record<string, number>;
  problems: CountedProblem[];
  /** Null when the input was read to where it should end. */
  whyIncomplete: string | null;
}

/** What DuckDB may hold while rows are appended: what is more than that is in the file already. */
const APPENDING_MEMORY = '200MB';

/** A source as the ledger remembers it. */
export interface KnownSource {
  sourceId: number;
  path: string;
  kind: string;
  sha256: string;
  bytes: number;
  contentSha256: string;
  contentBytes: number;
  label: string | null;
  /** The earliest instant in it, as text; null where it has no times. */
  firstTime: string | null;
}

/** The evidence of one database file: which inputs it holds, and the one way to add another. */
export class Ledger {
  private constructor(
    readonly database: Database,
    private readonly seed: number,
    private readonly known: Map<number, KnownSource>,
  ) {}

  static async open(path: string, options: OpenOptions = {}): Promise<Ledger> {
    const database = await Database.open(path, options);
    const [meta] = await database.rows<{ seed: number }>('select seed from raw.meta');
    const known = await database.rows<KnownSource>(
      'select source_id as "sourceId", path, kind, sha256, bytes::DOUBLE as bytes, content_sha256 as "contentSha256", content_bytes::DOUBLE as "contentBytes", label, epoch_ns(first_time)::VARCHAR as "firstTime" from raw.sources order by source_id',
    );
    return new Ledger(database, meta!.seed, new Map(known.map((source) => [source.sourceId, source])));
  }

  /** The sources whose bytes, stored or decompressed, have this hash, in the order of their numbers. */
  knownSources(sha256: string): KnownSource[] {
    return this.sources.filter((source) => [source.sha256, source.contentSha256].includes(sha256));
  }

  /** All sources, in the order of their numbers. */
  get sources(): readonly KnownSource[] {
    return [...this.known.values()];
  }

  /** Whether any source has this size, stored or decompressed, so that hashing an input before reading it can save the reading. */
  sizeKnown(bytes: number): boolean {
    return this.sources.some((source) => source.bytes === bytes || source.contentBytes === bytes);
  }

  /**
   * Reads one input in one transaction. `fill` writes its evidence into the sink and says what it was; where
   * it returns null or throws, nothing of the input stays.
   */
  async addSource(
    request: SourceRequest,
    fill: (sink: SourceWriter) => Promise<SourceFacts | null>,
  ): Promise<SourceResult | null> {
    const { database } = this;
    const [usual] = await database.rows<{ memory: string }>(
      "select current_setting('memory_limit') as memory",
    );
    // Appending is one thread's work; others would only hold memory of their own, and write row groups half full.
    await database.run(`set threads = 1; set memory_limit = ${textLiteral(APPENDING_MEMORY)}`);
    await database.run('begin');
    try {
      const sourceId = request.replaces ?? (await this.nextId('sources', 'source_id'));
      if (request.replaces !== null) await this.removeSource(request.replaces);
      const writer = new SourceWriter(database, {
        sourceId,
        label: request.label,
        seed: this.seed,
        nextIds: {
          names: await this.nextId('names', 'name_id'),
          addresses: await this.nextId('addresses', 'address_id'),
          texts: await this.nextId('texts', 'text_id'),
        },
      });
      let facts: SourceFacts | null;
      try {
        facts = await fill(writer);
      } catch (error) {
        closeQuietly(writer);
        throw error;
      }
      if (!facts) {
        closeQuietly(writer);
        await database.run('rollback');
        return null;
      }
      const supersedes = facts.supersedes ?? [];
      const before = request.replaces === null ? undefined : this.known.get(request.replaces);
      const replaced = before ? [before, ...supersedes] : supersedes;
      const result = this.record(writer, request, facts, replaced);
      writer.close();
      for (const source of supersedes) await this.removeSource(source.sourceId);
      await database.run('update raw.meta set models_fingerprint = null');
      await database.run('commit');
      this.remember(request, result, writer.first);
      return result;
    } catch (error) {
      await database.run('rollback').catch(() => undefined);
      throw explainFault(database.path, error);
    } finally {
      // DuckDB takes no statement any more once it could not write.
      await database
        .run(`reset threads; set memory_limit = ${textLiteral(usual!.memory)}`)
        .catch(() => undefined);
    }
  }

  /** Takes a source out, with every row that it gave, in one transaction. The models are to be built again then. */
  async forget({ sourceId }: KnownSource): Promise<void> {
    const { database } = this;
    await database.run('begin');
    try {
      await this.removeSource(sourceId);
      await database.run('update raw.meta set models_fingerprint = null');
      await database.run('commit');
    } catch (error) {
      await database.run('rollback').catch(() => undefined);
      throw explainFault(database.path, error);
    }
    this.known.delete(sourceId);
  }

  close(): void {
    this.database.close();
  }

  private remember({ path, label }: SourceRequest, result: SourceResult, first: Instant | null): void {
    const { sourceId, kind, sha256, bytes, contentSha256, contentBytes, replaced } = result;
    for (const source of replaced) if (source.sourceId !== sourceId) this.known.delete(source.sourceId);
    const firstTime = first && nanosText(first);
    this.known.set(sourceId, {
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

  private async nextId(table: string, column: string): Promise<number> {
    const [row] = await this.database.rows<{ next: number }>(
      `select (coalesce(max(${column}), 0) + 1)::INTEGER as next from raw.${table}`,
    );
    return row!.next;
  }

  private async removeSource(sourceId: number): Promise<void> {
    for (const { name } of SOURCED_TABLES) {
      await this.database.run(`delete from raw.${identifier(name)} where source_id = ${sourceId}`);
    }
  }

  /** Writes the source's own row and its problems. */
  private record(
    writer: SourceWriter,
    request: SourceRequest,
    facts: SourceFacts,
    replaced: readonly KnownSource[],
  ): SourceResult {
    // What cannot be kept of a batch becomes a problem when it is handed on.
    writer.flush();
    const rowsByTable = writer.rowsByTable();
    const rows = Object.values(rowsByTable).reduce((sum, count) => sum + count, 0);
    const kinds = [...writer.problems.values()];
    const lines = writer.batch(problems);
    for (const problem of kinds) {
      lines.data.source_id[lines.row] = writer.sourceId;
      lines.data.position[lines.row] = problem.position;
      lines.data.code[lines.row] = problem.code;
      lines.data.detail[lines.row] = problem.detail;
      writeText(lines, 'example', problem.example);
      writeInteger(lines.data.count, lines.row, problem.count);
      lines.end();
    }
    const row = writer.batch(sources);
    const { data } = row;
    data.source_id[row.row] = writer.sourceId;
    data.path[row.row] = request.path;
    data.kind[row.row] = facts.kind;
    writeText(row, 'label', request.label);
    data.sha256[row.row] = facts.sha256;
    writeInteger(data.bytes, row.row, facts.bytes);
    data.content_sha256[row.row] = facts.contentSha256;
    writeInteger(data.content_bytes, row.row, facts.contentBytes);
    const rotation = memberOf(request.path);
    data.rotation_set[row.row] = rotation.set;
    writeInteger(data.rotation_place, row.row, rotation.place);
    writeTime(row, 'first_time', writer.first);
    writeTime(row, 'last_time', writer.last);
    writeText(row, 'time_base', writer.timeBase ?? (writer.first ? 'date' : null));
    writeInteger(data.rows, row.row, rows);
    writeInteger(data.problems, row.row, writer.problems.total);
    data.complete[row.row] = writer.whyIncomplete === null ? 1 : 0;
    writeText(row, 'why_incomplete', writer.whyIncomplete);
    const now = Date.now();
    writeNanos(data.ingested_at, row.row, Math.floor(now / 1000), (now % 1000) * 1e6);
    writeText(row, 'replaced', replaced.map(described).join('; ') || null);
    row.end();
    return {
      ...facts,
      sourceId: writer.sourceId,
      replaced,
      rows,
      rowsByTable,
      problems: kinds,
      whyIncomplete: writer.whyIncomplete,
    };
  }
}

function described({ sourceId, path, bytes, sha256 }: KnownSource): string {
  return `source ${sourceId}, ${path}, ${bytes} bytes, sha256 ${sha256}`;
}

/** An instant as nanoseconds since 1970, as `KnownSource.firstTime` has it. */
export function nanosText({ seconds, nanos }: Instant): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
}

/** A transaction that ends in a rollback need not keep what the appenders still hold. */
function closeQuietly(writer: SourceWriter): void {
  try {
    writer.close();
  } catch {
    // the cause of the rollback is what the user should see
  }
}
