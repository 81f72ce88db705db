import { createHash } from 'node:crypto';
import type { Batch } from './lake-batch.js';

/** Which node label and day rows are filed under that do not say it themselves. */
export interface Nodes {
  /** The label of rows that belong to no single source, or to one without a label. */
  database: string;
  /** Labels by source. */
  ofSource: ReadonlyMap<number, string>;
  /** What was done for want of a label, as a sentence; null where there was one. */
  notice: string | null;
}

/** The day of rows that have no time, in a database that has none at all. */
const NO_DAY = '1970-01-01';

/**
 * Gives every source its label: the one given for the whole database, else its own. What has none gets the one label
 * that the others share, else a name made from the batch's.
 */
export function nodesOf({ name, sources }: Batch, given: string | null): Nodes {
  const labels = [...new Set(sources.flatMap(({ label }) => label ?? []))];
  const common = given ?? (labels.length === 1 ? labels[0]! : null);
  const database = folderName(common ?? `database-${name}`);
  return {
    database,
    ofSource: new Map(
      sources.map(({ sourceId, label }) => [
        sourceId,
        given === null && label !== null ? folderName(label) : database,
      ]),
    ),
    notice: common === null ? noticeOf(labels.length, database) : null,
  };
}

function noticeOf(labels: number, database: string): string {
  return labels === 0
    ? `no source has a label, so that the node is called ${database}; name it with --node`
    : `the sources have ${labels} labels; what belongs to no single one is filed under ${database}; --node files all under one name`;
}

/** The day of rows without a time, by source; `null` stands for those of no single source. */
export function daysOf({ sources }: Batch): { database: string; ofSource: ReadonlyMap<number, string> } {
  const days = sources.flatMap(({ day }) => day ?? []).sort();
  const database = days[0] ?? NO_DAY;
  return { database, ofSource: new Map(sources.map(({ sourceId, day }) => [sourceId, day ?? database])) };
}

/** A label as a folder's name that every engine reads as it is; what had to change gets a hash of the label behind. */
function folderName(label: string): string {
  const safe = label.replaceAll(/[^A-Za-z0-9._-]/g, '-').slice(0, 200);
  if (safe === label) return label;
  return `${safe}-${createHash('sha256').update(label).digest('hex').slice(0, 6)}`;
}
