import { isFound, type Verdict, VERDICTS } from '../causes/cause.js';

/** A cause as one judging found it, as `report diagnosis/causes` has it. */
export interface JudgedCause {
  cause: string;
  title: string;
  kind: string;
  verdict: Verdict;
  summary: string;
  first_seen: string | null;
  last_seen: string | null;
  lookups: number;
  clients: string[];
  root: string | null;
}

/** Spans in which a cause showed, in seconds since 1970, in order. */
export type Spans = readonly (readonly [from: number, to: number])[];

export interface Judgement {
  /** The evidence that was judged; seconds since 1970. */
  from: number;
  to: number;
  causes: readonly JudgedCause[];
  /** By cause. */
  spans: Readonly<Record<string, Spans>>;
}

/** What is thought of a cause: `over` where it was found and does not show any more. */
export interface Standing {
  cause: string;
  title: string;
  kind: string;
  verdict: Verdict;
  summary: string;
  isOver: boolean;
  /** When it showed first and last, seconds since 1970; null of a cause without rows that show it. */
  since: number | null;
  last: number | null;
  /** Slow and failed lookups that are blamed on it. */
  lookups: number;
  root: string | null;
}

/** A verdict that is another now. */
export interface Change extends Standing {
  /** What was thought of it before; null where it was not found. */
  was: string | null;
  /** The end of the evidence that shows it. */
  judgedAt: number;
}

/** A cause that did not show for so long is over; one that shows again then has a new beginning. */
export const OVER_SECONDS = 30;

/** What became of each cause from judging to judging. */
export class Verdicts {
  private readonly standings = new Map<string, Standing>();

  /** All that were found so far: those that go on first, then those that ended last. */
  get all(): Standing[] {
    return [...this.standings.values()].toSorted(
      (a, b) =>
        Number(a.isOver) - Number(b.isOver) ||
        Number(a.kind === 'cost') - Number(b.kind === 'cost') ||
        (a.isOver
          ? (b.last ?? 0) - (a.last ?? 0)
          : VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict)) ||
        (a.since ?? 0) - (b.since ?? 0),
    );
  }

  /** Takes what a judging found, and says what changed by it. */
  take(judgement: Judgement): Change[] {
    return judgement.causes.flatMap((judged) => {
      const before = this.standings.get(judged.cause) ?? null;
      const now = standing(judged, before, judgement);
      if (now === null) return [];
      this.standings.set(judged.cause, now);
      const was = before === null || before.isOver ? null : before.verdict;
      const is = now.isOver ? null : now.verdict;
      return was === is ? [] : [{ ...now, was, judgedAt: judgement.to }];
    });
  }
}

/** What is thought of a cause now; null where it was never found. */
function standing(judged: JudgedCause, before: Standing | null, { to, spans }: Judgement): Standing | null {
  const { cause, title, kind, verdict, summary, lookups, root } = judged;
  if (!isFound(verdict)) return before && { ...before, isOver: true };
  const of = { cause, title, kind, verdict, summary, lookups, root };
  const shown = spans[cause] ?? [];
  // what is only possible may have no rows that show it
  if (shown.length === 0) return { ...of, isOver: false, since: null, last: null };
  let since = before?.since ?? shown[0]![0];
  let last = before?.last ?? since;
  for (const [start, end] of shown) {
    if (end <= last) continue;
    if (start - last > OVER_SECONDS) since = start;
    last = Math.max(last, end);
  }
  const times = { isOver: to - last > OVER_SECONDS, since, last };
  // what leaves the window takes nothing back of what was said of it
  const isLess = before !== null && last === before.last && lookups < before.lookups;
  return { ...(isLess ? before : of), ...times };
}
