import { EVIDENCE_NAMES } from '../causes/collect-line.js';
import { loadCauses } from '../causes/load.js';
import { counted } from '../base/counted.js';
import { type CauseChange, compareCauses } from './cause-changes.js';
import { type Change, compareMeasure } from './changes.js';
import { MEASURES } from './measures.js';
import { type Cell, type Side, spanSeconds } from './side.js';

/** The measures of a workload or name. */
export interface GroupChanges {
  group: string;
  changes: Change[];
}

/** All that two sides say of each other. */
export interface Comparison {
  before: Side;
  after: Side;
  all: Change[];
  causes: CauseChange[];
  workloads: GroupChanges[];
  names: GroupChanges[];
  /** What the evidence of the sides does not have in common, a sentence each. */
  differences: string[];
}

/** Workloads and names that are compared each by itself: those with most lookups. More tests would need stronger proof. */
const MOST_GROUPS = 20;

/** Stretches of time on the shorter side, and at most on the longer. */
const STRETCHES = 12;
const MOST_STRETCHES = 480;

/** A lookup that waits for a retry takes some seconds; what is shorter cuts one event into several. */
const LEAST_SECONDS = 1;

/** How long a stretch is: bursts should lie within one, and both sides need some. */
export function blockSeconds(before: Side['span'], after: Side['span']): number {
  const spans = [spanSeconds(before), spanSeconds(after)];
  const seconds = Math.max(
    Math.min(...spans) / STRETCHES,
    Math.max(...spans) / MOST_STRETCHES,
    LEAST_SECONDS,
  );
  return seconds * (1 + 1e-9);
}

/** Compares two sides; of two times of one database verdicts are not compared, as they are of all of it. */
export function compareSides(before: Side, after: Side, oneDatabase: boolean): Comparison {
  return {
    before,
    after,
    all: MEASURES.map((measure) => compareMeasure(measure, before, after, MEASURES.length)),
    causes: compareCauses(before, after, loadCauses(), oneDatabase),
    workloads: compareGroups(before, after, ({ workload }) => workload),
    names: compareGroups(before, after, ({ name }) => name),
    differences: [...(oneDatabase ? [] : evidenceDifferences(before, after)), ...whoDiffers(before, after)],
  };
}

function compareGroups(before: Side, after: Side, groupOf: (cell: Cell) => string | null): GroupChanges[] {
  const counts = new Map<string, { before: number; after: number }>();
  for (const [key, { cells }] of [
    ['before', before],
    ['after', after],
  ] as const) {
    for (const cell of cells) {
      const group = groupOf(cell);
      if (group === null) continue;
      const known = counts.get(group) ?? { before: 0, after: 0 };
      known[key] += cell.lookups;
      counts.set(group, known);
    }
  }
  const groups = [...counts]
    .filter(([, count]) => count.before > 0 && count.after > 0)
    .sort(([a, x], [b, y]) => y.before + y.after - x.before - x.after || (a < b ? -1 : 1))
    .slice(0, MOST_GROUPS)
    .map(([group]) => group);
  const measures = MEASURES.filter(({ how }) => how.kind !== 'counter');
  const tests = groups.length * measures.length;
  return groups.map((group) => {
    const [b, a] = [before, after].map((side) => ({
      ...side,
      cells: side.cells.filter((cell) => groupOf(cell) === group),
    })) as [Side, Side];
    return { group, changes: measures.map((measure) => compareMeasure(measure, b, a, tests)) };
  });
}

/** Evidence without which some causes cannot be seen. */
const DECIDING = ['captures', 'logs', 'counter_samples', 'objects'] as const;

/** Kinds of evidence that only one side has. */
function evidenceDifferences(before: Side, after: Side): string[] {
  const kept = before.inputs.filter((input) => after.inputs.includes(input)).length;
  const same = kept > 0 && kept === before.inputs.length && kept === after.inputs.length;
  const common = same
    ? ['Both hold the same evidence.']
    : kept > 0
      ? [`${counted(kept, 'input is', 'inputs are')} in both, so that a change shows less than it is.`]
      : [];
  const lacks = DECIDING.flatMap((kind) => {
    const [b, a] = [before.overview[kind] > 0, after.overview[kind] > 0];
    if (b === a) return [];
    const [has, hasNot] = b ? ['BEFORE', 'AFTER'] : ['AFTER', 'BEFORE'];
    return [`Only ${has} has ${EVIDENCE_NAMES[kind]}: what takes them to see cannot be told of ${hasNot}.`];
  });
  return [...common, ...lacks];
}

/** Workloads that are known and seen on one side only. */
function whoDiffers(before: Side, after: Side): string[] {
  const known = ({ cells }: Side) =>
    new Set(cells.filter((cell) => cell.known).map(({ workload }) => workload));
  const [b, a] = [known(before), known(after)];
  const only = (mine: Set<string>, other: Set<string>, side: string) => {
    const names = [...mine].filter((name) => !other.has(name)).sort();
    if (names.length === 0 || other.size === 0) return [];
    const rest = names.length - 3;
    return [`Seen in ${side} only: ${names.slice(0, 3).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`];
  };
  return [...only(b, a, 'BEFORE'), ...only(a, b, 'AFTER')];
}
