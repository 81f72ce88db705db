import { printable } from '../report/escape.js';
import type { Change } from './verdicts.js';

/** A change of a verdict as a line. */
export function changeLine(change: Change): string {
  const { cause, verdict, was, isOver, since, last, judgedAt, summary } = change;
  const at = instant(judgedAt);
  const seen = since === null || last === null ? null : ([instant(since), instant(last)] as const);
  if (isOver) return `${at} ${cause}: over${seen === null ? '' : `, seen ${seen.join(' to ')}`}`;
  const start = seen === null ? '' : ` since ${seen[0]}`;
  const before = was === null ? '' : `, was ${was}`;
  return printable(`${at} ${cause}: ${verdict}${start}${before}: ${summary}`);
}

/** The same for a program. */
export function changeObject(change: Change): Record<string, unknown> {
  const { cause, title, kind, verdict, was, isOver, since, last, judgedAt, summary, root } = change;
  return {
    judged_at: instant(judgedAt),
    cause,
    title,
    kind,
    verdict: isOver ? 'over' : verdict,
    was,
    since: since === null ? null : instant(since),
    last_seen: last === null ? null : instant(last),
    summary,
    root,
  };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
