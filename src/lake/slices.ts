import type { Database } from '../store/database.js';

/** Rows of a file, unless one step has more: each file is sorted by itself, so that memory does not grow with a partition. */
export const ROWS_PER_FILE = 1_000_000;

/** Something that grows along a table's sort order, in steps that are never cut; it is null in no row. */
export interface SliceKey {
  /** The step that a row belongs to, as a BIGINT. */
  step: string;
  /** Where a step begins, in the terms of `of`: a literal, so that DuckDB can skip row groups by it. */
  start: (step: bigint) => string;
  /** What is compared with it. */
  of: string;
}

const SECOND = 1_000_000_000n;
const FRAMES = 65_536n;

/** Seconds of a TIMESTAMP_NS in UTC. */
export function bySecond(time: string): SliceKey {
  return {
    step: `epoch_ns(${time}) // ${SECOND}`,
    start: (second) => `make_timestamp_ns(${second * SECOND})`,
    of: time,
  };
}

/** Runs of frames of one source after another. */
export function byFrame(alias: string): SliceKey {
  const step = `${alias}.source_id::BIGINT * ${FRAMES} + ${alias}.frame // ${FRAMES}`;
  return { step, start: String, of: step };
}

/** Conditions that cut rows into slices along a key, in order; a single empty one where they are few. */
export async function slicesOf(
  database: Database,
  { from, where, rows }: { from: string; where: readonly string[]; rows: number },
  key: SliceKey,
  rowsPerFile: number,
): Promise<string[][]> {
  if (rows <= rowsPerFile) return [[]];
  const filter = where.length > 0 ? `where ${where.join(' and ')}` : '';
  const steps = await database.rows<{ step: bigint; rows: number }>(
    `select ${key.step} as step, count(*)::DOUBLE as rows from ${from} ${filter} group by step order by step`,
  );
  const starts = startsOf(steps, rowsPerFile).map((step) => key.start(step));
  return starts.map((start, i) => [
    ...(i > 0 ? [`${key.of} >= ${start}`] : []),
    ...(i + 1 < starts.length ? [`${key.of} < ${starts[i + 1]}`] : []),
  ]);
}

/** The first step of each slice: filled from the front, so that rows added behind change the last one only. */
function startsOf(steps: readonly { step: bigint; rows: number }[], rowsPerFile: number): bigint[] {
  const starts: bigint[] = [];
  let filled = Infinity;
  for (const { step, rows } of steps) {
    if (filled + rows > rowsPerFile) {
      starts.push(step);
      filled = 0;
    }
    filled += rows;
  }
  return starts;
}
