import type { CauseRow } from '../report/diagnosis/index.js';
import type { Cause } from '../causes/cause.js';
import { isFound } from '../report/diagnosis/index.js';
import { blamedOn } from './measures.js';
import { type Change, compareMeasure } from './changes.js';
import type { Side } from './side.js';

/** What became of a cause. */
export type Fate =
  | 'gone'
  | 'new'
  | 'still there'
  /** Found before; after it nothing shows it, but nothing shows that it is away either. */
  | 'not seen'
  /** Found after; before it nothing could show that it was away. */
  | 'seen now';

export interface CauseChange {
  cause: string;
  title: string;
  /** Null where the sides are times of one database: its verdict is of all of it. */
  verdicts: { before: string; after: string } | null;
  fate: Fate | null;
  /** Why no more is said than "not seen" or "seen now"; else null. */
  because: string | null;
  /** The consequence's root on the side where it was found. */
  root: string | null;
  lookups: Change;
  beforeLookups: number;
  afterLookups: number;
}

/** AFTER must have looked at so much of what BEFORE looked at, to say of what hurt nobody that it is gone. */
const LEAST_LOOKED = 0.5;

/** The causes that were found on a side, or that lookups are blamed on. */
export function compareCauses(
  before: Side,
  after: Side,
  known: readonly Cause[],
  oneDatabase: boolean,
): CauseChange[] {
  const rows = before.causes.map((row) => ({
    row,
    other: after.causes.find(({ cause }) => cause === row.cause),
  }));
  const found = rows.flatMap(({ row, other }) => {
    if (other === undefined) return [];
    const shown = oneDatabase
      ? blamed(before, row.cause) + blamed(after, row.cause) > 0
      : isFound(row) || isFound(other);
    return shown ? [{ row, other }] : [];
  });
  return found.map(({ row, other }) => {
    // what this version does not know of a lake or another database may hit names
    const cause = known.find(({ id }) => id === row.cause) ?? { id: row.cause, hits: 'names' as const };
    const lookups = compareMeasure(blamedOn(cause), before, after, found.length);
    const told = oneDatabase ? { fate: null, because: null } : fateOf(row, other, lookups, before, after);
    return {
      cause: row.cause,
      title: row.title,
      verdicts: oneDatabase ? null : { before: row.verdict, after: other.verdict },
      ...told,
      root: row.root ?? other.root,
      lookups,
      beforeLookups: blamed(before, row.cause),
      afterLookups: blamed(after, row.cause),
    };
  });
}

/**
 * A cause is gone, or new, only where the side without it was judged to be without it (`ruled_out`), and what shows it would have
 * been there to see: as many lookups of the same names, too many for chance.
 */
function fateOf(
  before: CauseRow,
  after: CauseRow,
  lookups: Change,
  beforeSide: Side,
  afterSide: Side,
): { fate: Fate; because: string | null } {
  if (isFound(before) && isFound(after)) return { fate: 'still there', because: null };
  const left = isFound(before);
  const [unseen, unsure] = left ? (['after', 'not seen'] as const) : (['before', 'seen now'] as const);
  const side = unseen.toUpperCase();
  if ((left ? after : before).verdict !== 'ruled_out')
    return { fate: unsure, because: `${side} cannot tell: ${(left ? after : before).summary}` };
  const hurt = blamed(beforeSide, before.cause) + blamed(afterSide, before.cause) > 0;
  const because =
    doubt(lookups, left, hurt) ?? shortSight(left ? [beforeSide, afterSide] : [afterSide, beforeSide]);
  if (because === null) return { fate: left ? 'gone' : 'new', because };
  return { fate: unsure, because: `ruled out in ${side}, but ${because}` };
}

/** Why the lookups blamed on a cause do not show that it came or went; of one that `hurt` none they need only be the same ones. */
function doubt({ outcome, because }: Change, left: boolean, hurt: boolean): string | null {
  if (outcome === 'not-comparable' || outcome === 'too-few') return because;
  return !hurt || outcome === (left ? 'less' : 'more') ? null : 'that may be chance';
}

/** Why one side has too little of what the other found a cause in that hurt no lookup. */
function shortSight([found, other]: [Side, Side]): string | null {
  const looked = ({ span }: Side) => (span.judged > 0 ? span.judged : span.log_lines);
  if (looked(other) >= LEAST_LOOKED * looked(found) && looked(other) > 0) return null;
  return 'it has far less to see it in';
}

function blamed({ cells }: Side, cause: string): number {
  return cells.reduce((sum, cell) => sum + (cell.cause === cause ? cell.lookups : 0), 0);
}
