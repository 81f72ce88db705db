import { counted } from '../../base/counted.js';
import type { CauseRow, Diagnosis, WorkloadRow } from './diagnosis.js';
import type { Block, Fact } from './document.js';
import { seconds, timeRange } from './wording.js';

/** All that is known of a cause that matters: its verdict, what shows it, whom it hits, what to change. */
export function causeBlocks(row: CauseRow, diagnosis: Diagnosis): Block[] {
  const hit = hitText(row, diagnosis.workloads, Infinity);
  const facts: Fact[] = [
    { label: 'affected', lines: hit === null ? [] : [hit] },
    { label: 'when', lines: row.first_seen === null ? [] : [timeRange(row.first_seen, row.last_seen)] },
    { label: 'examples', lines: row.evidence },
    { label: 'fix', lines: row.change },
    { label: 'saves', lines: row.saves === null ? [] : [`${row.saves} in this evidence`] },
  ];
  return [
    {
      kind: 'verdict',
      verdict: row.verdict,
      text: verdictText(row, diagnosis.overview.lookups),
    },
    { kind: 'sentence', text: sentence(row.summary) },
    { kind: 'findings', items: row.findings },
    { kind: 'facts', facts: facts.filter(({ lines }) => lines.length > 0) },
  ];
}

/** A cause in words, its name, and what it cost; `seen` lookups are in the evidence. */
export function verdictText(row: CauseRow, seen: number): string {
  return `${row.title} (${row.cause}): ${costText(row, seen)}`;
}

/** What follows from a cause, a line each; the advice is the cause's. */
export function consequences(rows: readonly CauseRow[]): Block[] {
  if (rows.length === 0) return [];
  const items = rows.map((row) => `led to ${consequenceText(row)}: ${row.summary}`);
  return [{ kind: 'findings', items }];
}

/** `upstream-silent (confirmed; 12 lookups, 24.1 s)`. */
export function consequenceText(row: CauseRow): string {
  return `${row.cause} (${row.verdict}${row.lookups > 0 ? `; ${hurtText(row)}` : ''})`;
}

function hurtText({ lookups, lookup_seconds }: CauseRow): string {
  return `${counted(lookups, 'lookup')}, ${seconds(lookup_seconds)}`;
}

function costText(row: CauseRow, seen: number): string {
  const { kind, lookups } = row;
  if (lookups > 0) return hurtText(row);
  if (seen === 0) return kind === 'cost' ? 'a cost' : 'whom it hurt is not seen';
  return kind === 'cost' ? 'hurt no lookup' : 'no lookup is blamed on it alone';
}

/** The workloads that a cause hit; null where no one is known to be hit. */
export function hitText(row: CauseRow, all: readonly WorkloadRow[], most: number): string | null {
  const hit = all
    .filter(({ cause }) => cause === row.cause)
    .sort((a, b) => b.lookups - a.lookups || (b.wasted_queries ?? 0) - (a.wasted_queries ?? 0));
  if (hit.length === 0) return null;
  const shown = hit.slice(0, most).map(workloadText);
  const rest = hit.length - shown.length;
  return shown.join('; ') + (rest > 0 ? `; ${counted(rest, 'more workload')}` : '');
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
