import { memberOf } from '../base/rotation.js';
import type { Instant } from '../base/time/instant.js';
import type { CountedProblem } from './problem-log.js';
import { writeDouble, writeText, writeTime } from '../raw/optional-values.js';
import type { SourceRows } from './source-rows.js';
import { type MessagePart, problems, sources } from '../raw/tables/ledger.js';
import { writeInteger, writeNanos } from '../raw/word64.js';

/** What the ledger knows of an input before it is read. */
export interface SourceRequest {
  path: string;
  label: string | null;
  /** The source whose rows this input replaces (`--force`), or null for a new one. */
  replaces: number | null;
  /** By how much its clock is ahead; its times are set back by that; seconds. */
  aheadSeconds?: number;
  /** Whether it is small and is kept together with others, by the next `commit`. */
  waits?: boolean;
}

/** What is known of an input once it has been read. */
export interface SourceFacts {
  kind: string;
  /** As `Reader` has them. */
  isCapture?: boolean;
  lacks?: readonly MessagePart[];
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

/** Writes the row of a source that has been read, its problems, and what it still gathers. */
export function recordSource(
  writer: SourceRows,
  request: SourceRequest,
  facts: SourceFacts,
  replaced: readonly KnownSource[],
): SourceResult {
  // What cannot be kept of a batch becomes a problem when it is handed on.
  writer.flush();
  const { rows } = writer;
  const rowsByTable = writer.rowsByTable();
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
  data.is_capture[row.row] = facts.isCapture ? 1 : 0;
  writeText(row, 'lacks', facts.lacks?.join(',') || null);
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
  writeDouble(row, 'clock_ahead_seconds', request.aheadSeconds || null);
  writeInteger(data.rows, row.row, rows);
  writeInteger(data.problems, row.row, writer.problems.total);
  data.complete[row.row] = writer.whyIncomplete === null ? 1 : 0;
  writeText(row, 'why_incomplete', writer.whyIncomplete);
  const now = Date.now();
  writeNanos(data.ingested_at, row.row, Math.floor(now / 1000), (now % 1000) * 1e6);
  writeText(row, 'replaced', replaced.map(described).join('; ') || null);
  row.end();
  writer.flush();
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

function described({ sourceId, path, bytes, sha256 }: KnownSource): string {
  return `source ${sourceId}, ${path}, ${bytes} bytes, sha256 ${sha256}`;
}

/** An instant as nanoseconds since 1970, as `KnownSource.firstTime` has it. */
export function nanosText({ seconds, nanos }: Instant): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
}
