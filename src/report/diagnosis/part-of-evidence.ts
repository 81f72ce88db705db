import type { FilterValues } from '../../packs/filters.js';
import { type CauseRow, type Diagnosis, isFound } from './diagnosis.js';
import { listed, timeRange } from './wording.js';

/**
 * A diagnosis narrowed to some clients and times: what the evidence shows beside these is set apart. Verdicts and their
 * proofs stay those of the whole evidence, since a part of it may show neither the loss nor the control.
 */
export function narrowed(diagnosis: Diagnosis, filters: FilterValues): Diagnosis {
  if (Object.values(filters).every((value) => value === null)) return diagnosis;
  const here = new Set(
    diagnosis.causes.filter((row) => !isFound(row) || touches(row, diagnosis, filters)).map(rootOf),
  );
  const isHere = (row: CauseRow) => here.has(rootOf(row));
  return {
    ...diagnosis,
    causes: diagnosis.causes.filter(isHere),
    narrowed: {
      to: wordsOf(filters),
      elsewhere: diagnosis.causes.filter((row) => !isHere(row)).map(({ cause }) => cause),
    },
  };
}

/** What a narrowed diagnosis is of, and what the whole evidence shows beside that. */
export function narrowedLines({ narrowed: part }: Diagnosis): string[] {
  if (part === null) return [];
  const { to, elsewhere } = part;
  return [
    `Only ${to}: lookups, seconds and workloads are of these; verdicts, proofs and their times are of the whole evidence.`,
    ...(elsewhere.length > 0
      ? [`Found in the whole evidence, but not seen to hurt any of these: ${listed(elsewhere)}.`]
      : []),
  ];
}

function rootOf({ cause, root }: CauseRow): string {
  return root ?? cause;
}

/** Whether a cause hurt one of the lookups that were asked for, or is known to have hit their clients in that time. */
function touches(row: CauseRow, { workloads }: Diagnosis, { since, until }: FilterValues): boolean {
  if (row.lookups > 0) return true;
  const { first_seen: first, last_seen: last } = row;
  const before = until !== null && first !== null && first >= isoOf(until);
  const after = since !== null && last !== null && last < isoOf(since);
  return !before && !after && workloads.some(({ cause }) => cause === row.cause);
}

function wordsOf({ client, since, until }: FilterValues): string {
  const clients = client === null ? [] : [client.name];
  if (since !== null && until !== null) return [...clients, timeRange(isoOf(since), isoOf(until))].join(', ');
  if (since !== null) return [...clients, `from ${timeRange(isoOf(since), null)} on`].join(', ');
  if (until !== null) return [...clients, `before ${timeRange(isoOf(until), null)}`].join(', ');
  return clients.join('');
}

/** A time as SQL prints it, as rows have theirs. */
function isoOf(time: string): string {
  return time.replace(' ', 'T');
}
