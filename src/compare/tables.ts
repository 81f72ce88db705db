import { verdictWords } from '../causes/cause.js';
import { counted, grouped } from '../base/counted.js';
import { type MadeColumns, madeHeadline, madeResult } from '../packs/made-result.js';
import type { Severity } from '../packs/query.js';
import type { Result } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import type { CauseChange } from './cause-changes.js';
import { type Change, hasChanged, LEVEL } from './changes.js';
import type { Comparison, GroupChanges } from './comparison.js';
import { changeText, inUnit, isBetter, valueText } from './wording.js';

/** How it was told: said where people read, beside the tables. */
const HOW = `"Beyond chance": both sides are cut into stretches of time, these are shuffled between the sides, and hardly any shuffle (1 in ${1 / LEVEL} for all of a table together) differs as much; each name is held against itself, and small changes are none.`;

const CHANGED: MadeColumns = {
  measure: ['text', 'what is compared'],
  before: ['text', 'its value in BEFORE'],
  after: ['text', 'its value in AFTER'],
  change: ['text', 'what became of it'],
};

const CAUSES: MadeColumns = {
  cause: ['text', 'the cause'],
  verdict: ['text', 'its verdict before and after; of two times of one database none'],
  lookups: ['text', 'slow and failed lookups blamed on it before and after'],
  change: ['text', 'what became of it'],
};

const ROWS: MadeColumns = {
  scope: ['text', 'all, cause, workload or name'],
  group: ['text', 'the cause, workload or name; null for all'],
  measure: ['text', 'what is compared'],
  unit: ['text', 'share (0 to 1), seconds, per lookup, or per thousand'],
  before: ['number', 'its value in BEFORE; null where the evidence cannot show it'],
  after: ['number', 'its value in AFTER'],
  before_of: ['number', 'how many lookups, answers or queries that is of'],
  after_of: ['number', 'the same in AFTER'],
  outcome: ['text', 'less or more (beyond chance), chance (may be), same (about), too-few or not-comparable'],
  p: ['number', 'the chance of such a difference; null where it was not tested'],
  because: ['text', 'why it is not comparable or too few; of a cause why it is not called gone or new'],
  before_verdict: ['text', 'of a cause: its verdict in BEFORE'],
  after_verdict: ['text', 'of a cause: its verdict in AFTER'],
  fate: ['text', 'of a cause: gone, new, still there, not seen, or seen now'],
};

/** What people read: sentences, then what changed, in all, by cause, and by workload and name where something did. */
export function tablesForPeople(comparison: Comparison): Result[] {
  const { all, causes, workloads, names } = comparison;
  const shown = all.filter(({ before, after }) => before !== null || after !== null).filter(hasSomething);
  return [
    headline(comparison),
    ...(shown.length > 0 ? [madeResult('compare/all', 'In all', CHANGED, shown.map(changeRow))] : []),
    ...(causes.length > 0 ? [madeResult('compare/causes', 'By cause', CAUSES, causes.map(causeRow))] : []),
    ...groupTable('compare/workloads', 'By workload', 'workload', workloads),
    ...groupTable('compare/names', 'By name', 'name', names),
  ];
}

/** What programs read: one row per thing that is compared. */
export function tableForPrograms({ all, causes, workloads, names }: Comparison): Result {
  const none = [null, null, null];
  const rows = [
    ...all.map((change) => [...numbers('all', null, change), change.because, ...none]),
    ...causes.map(({ cause, lookups, because, verdicts, fate }) => [
      ...numbers('cause', cause, lookups),
      because ?? lookups.because,
      verdicts?.before ?? null,
      verdicts?.after ?? null,
      fate,
    ]),
    ...[
      { scope: 'workload', groups: workloads },
      { scope: 'name', groups: names },
    ].flatMap(({ scope, groups }) =>
      groups.flatMap(({ group, changes }) =>
        changes.map((change) => [...numbers(scope, group, change), change.because, ...none]),
      ),
    ),
  ];
  return madeResult('compare/changes', 'What changed', ROWS, rows);
}

function numbers(scope: string, group: string | null, change: Change): Value[] {
  const { measure, before, after, beforeOf, afterOf, outcome, p } = change;
  const id = scope === 'cause' ? 'lookups-blamed' : measure.id;
  const values = [before, after].map((value) => inUnit(measure, value));
  return [scope, group, id, measure.unit, ...values, beforeOf, afterOf, outcome, p];
}

function headline({ before, after, all, causes, differences, workloads, names }: Comparison): Result {
  const changed = all.filter(hasChanged);
  const better = changed.filter((change) => isBetter(change) === true);
  const worse = changed.filter((change) => isBetter(change) === false);
  const neither = changed.filter((change) => isBetter(change) === null);
  const others = [...workloads, ...names].flatMap(({ changes }) => changes).filter(hasChanged).length;
  const fates = (wanted: CauseChange['fate']) =>
    causes.filter(({ fate }) => fate === wanted).map(({ cause }) => cause);
  return madeHeadline('compare/sentences', 'What changed', [
    info(
      `BEFORE is ${before.label} (${counted(before.span.lookups, 'lookup')}), AFTER is ${after.label} (${counted(after.span.lookups, 'lookup')}).`,
    ),
    ...said('info', 'Better', better),
    ...said('medium', 'Worse', worse),
    ...said('info', 'Otherwise', neither),
    ...(changed.length === 0 ? [info(nothing(all, others, causes))] : []),
    ...named('info', 'Gone', fates('gone')),
    ...named('medium', 'New', fates('new')),
    ...named('info', 'Still there', fates('still there')),
    ...named('info', 'Not seen after, which does not say that it is gone', fates('not seen')),
    ...named('info', 'Seen after only, which does not say that it is new', fates('seen now')),
    ...differences.map(info),
    info(HOW),
  ]);
}

/** A sentence of the headline. */
type Told = readonly [severity: Severity, sentence: string];

function info(sentence: string): Told {
  return ['info', sentence];
}

function nothing(all: readonly Change[], others: number, causes: readonly CauseChange[]): string {
  const told = all.some(({ outcome }) => outcome === 'same' || outcome === 'chance');
  const came = causes.some(({ fate }) => fate === 'gone' || fate === 'new');
  if (!told) return 'Whether anything changed in all cannot be told from this evidence.';
  if (others === 0 && !came) return 'Nothing changed beyond chance.';
  return `In all nothing changed beyond chance; ${others > 0 ? 'single workloads or names' : 'causes'} did.`;
}

function said(severity: Severity, start: string, changes: readonly Change[]): Told[] {
  if (changes.length === 0) return [];
  const parts = changes.map(
    ({ measure, before, after }) =>
      `${measure.title} ${valueText(measure, before)} -> ${valueText(measure, after)}`,
  );
  return [[severity, `${start}: ${parts.join('; ')}.`]];
}

function named(severity: Severity, start: string, causes: readonly string[]): Told[] {
  return causes.length === 0 ? [] : [[severity, `${start}: ${causes.join(', ')}.`]];
}

/** Leaves out what is nothing on both sides, as counters that never rose. */
function hasSomething({ before, after, outcome }: Change): boolean {
  return before !== 0 || after !== 0 || outcome === 'not-comparable';
}

function changeRow(change: Change): Value[] {
  const { measure, before, after } = change;
  return [measure.title, valueText(measure, before), valueText(measure, after), changeText(change)];
}

function causeRow({
  cause,
  verdicts,
  fate,
  because,
  lookups,
  beforeLookups,
  afterLookups,
  root,
}: CauseChange): Value[] {
  const of = root === null ? '' : `; follows from ${root}`;
  const told = because === null ? stillText(fate, lookups) : `; ${because}`;
  return [
    cause,
    verdicts === null ? '' : `${verdictWords(verdicts.before)} -> ${verdictWords(verdicts.after)}`,
    `${grouped(beforeLookups)} -> ${grouped(afterLookups)}`,
    fate === null ? changeText(lookups) : `${fate}${told}${of}`,
  ];
}

function stillText(fate: CauseChange['fate'], lookups: Change): string {
  return fate === 'still there' && hasChanged(lookups) ? `; lookups ${changeText(lookups)}` : '';
}

/** Rows of the groups that changed; of the others how many there are. */
function groupTable(id: string, title: string, column: string, groups: readonly GroupChanges[]): Result[] {
  const rows = groups.flatMap(({ group, changes }) =>
    changes.filter(hasChanged).map((change) => [group, ...changeRow(change)]),
  );
  if (rows.length === 0) return [];
  const of = `${grouped(new Set(rows.map(([group]) => group)).size)} of ${grouped(groups.length)} that were compared`;
  const columns = { [column]: ['text', `the ${column}`] as const, ...CHANGED };
  return [madeResult(id, `${title}: what changed beyond chance, ${of}`, columns, rows)];
}
