import { counted } from '../../packs/counted.js';
import type { CauseRow, Diagnosis, WorkloadRow } from './diagnosis.js';
import type { Block, Fact } from './document.js';
import { seconds, timeRange } from './wording.js';

/** How much of a cause is shown. */
export interface Detail {
  workloads: number;
  findings: number;
  examples: number;
  changes: number;
}

/** A cause that matters: its verdict, what shows it, whom it hits, what to change. */
export function causeBlocks(row: CauseRow, diagnosis: Diagnosis, detail: Detail): Block[] {
  const facts: Fact[] = [
    { label: 'hit', lines: hitLines(row, diagnosis.workloads, detail.workloads) },
    { label: 'seen', lines: row.first_seen === null ? [] : [timeRange(row.first_seen, row.last_seen)] },
    { label: 'such as', lines: row.evidence.slice(0, detail.examples) },
    { label: 'change', lines: row.change.slice(0, detail.changes) },
    { label: 'saves', lines: row.saves === null ? [] : [`${row.saves} in this evidence`] },
  ];
  return [
    {
      kind: 'verdict',
      verdict: row.verdict,
      text: `${row.title} (${row.cause}): ${consequence(row, diagnosis.overview.lookups)}`,
    },
    { kind: 'sentence', text: sentence(row.summary) },
    { kind: 'findings', items: row.findings.slice(0, detail.findings) },
    { kind: 'facts', facts: facts.filter(({ lines }) => lines.length > 0) },
  ];
}

/** What follows from a cause, a line each; the advice is the cause's. */
export function consequences(rows: readonly CauseRow[]): Block[] {
  if (rows.length === 0) return [];
  const items = rows.map((row) => {
    const hurt = row.lookups > 0 ? ` (${hurtText(row)})` : '';
    return `a consequence of it, ${row.verdict}: ${row.cause}: ${row.summary}${hurt}`;
  });
  return [{ kind: 'findings', items }];
}

function hurtText({ lookups, lookup_seconds }: CauseRow): string {
  return `${counted(lookups, 'slow or failed lookup')}, ${seconds(lookup_seconds)} in all`;
}

function consequence(row: CauseRow, seen: number): string {
  const { kind, lookups } = row;
  if (lookups > 0) return hurtText(row);
  if (seen === 0) return kind === 'cost' ? 'a cost' : 'whom it hurt is not seen';
  return kind === 'cost' ? 'a cost that hurt no lookup' : 'no slow or failed lookup is blamed on it alone';
}

/** The workloads that a cause hit, in one line; none where no one is known to be hit. */
export function hitLines(row: CauseRow, all: readonly WorkloadRow[], most: number): string[] {
  const hit = all
    .filter(({ cause }) => cause === row.cause)
    .sort((a, b) => b.lookups - a.lookups || (b.wasted_queries ?? 0) - (a.wasted_queries ?? 0));
  if (hit.length === 0) return [];
  const shown = hit.slice(0, most).map(workloadText);
  const rest = hit.length - shown.length;
  return [shown.join('; ') + (rest > 0 ? `; ${counted(rest, 'more workload')}` : '')];
}

function workloadText({ workload, clients, lookups, wasted_queries }: WorkloadRow): string {
  const numbers = [
    ...(clients > 1 ? [counted(clients, 'client')] : []),
    ...(lookups > 0 ? [counted(lookups, 'lookup')] : []),
    ...(wasted_queries !== null ? [counted(wasted_queries, 'wasted query', 'wasted queries')] : []),
  ];
  return numbers.length > 0 ? `${workload} (${numbers.join(', ')})` : workload;
}

/** A summary as a sentence: it starts upper case unless a name or number does, and ends in a full stop. */
export function sentence(text: string): string {
  const start = /^[a-z]+ /.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text;
  return `${start}.`;
}
