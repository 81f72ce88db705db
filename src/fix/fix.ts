import type { Cause, Verdict } from '../causes/cause.js';
import { isFound, tableOf } from '../causes/cause.js';
import type { FixStep } from '../causes/fix-steps.js';
import type { Figures } from '../causes/sentence.js';
import { withThresholds } from '../models/thresholds.js';
import { NO_FILTERS } from '../packs/filters.js';
import type { Catalog } from '../packs/load.js';
import { rowsOf } from '../packs/rows.js';
import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';
import { type Change, changeText, NODELOCAL, SINGLE_REQUEST, UNCHANGED } from '../what-if/change.js';
import { count } from '../what-if/lookups.js';
import { simulate } from '../what-if/simulate.js';
import { sentenceText } from '../what-if/tables.js';
import { allowDns } from './allow-dns.js';
import { corefileEdit, type PluginLine } from './corefile-diff.js';
import { type Blank, type Facts, Filling } from './fill.js';
import { deleteRecords } from './route53-batch.js';
import { type HitClient, podPatches, suffixesOf } from './pod-patch.js';

/** A change written out, as `dnslens fix CAUSE --json` gives it. */
export interface WrittenStep {
  title: string;
  /** Commands to run, a line each; those without one begin with `#`. */
  commands: string[];
  /** The Corefile's change. */
  diff: string[];
  /** What it would have done in this evidence; null where that cannot be played. */
  brings: string | null;
  risk: string;
  notes: string[];
}

export interface Fix {
  cause: string;
  title: string;
  verdict: Verdict;
  summary: string;
  /** The cause that it is a consequence of: that one is to be changed. */
  root: string | null;
  steps: WrittenStep[];
  /** Changes that were left out, and why: lookups of this evidence would fail by them, or what they change is not there. */
  left_out: string[];
  blanks: Blank[];
  /** What to change, in words. */
  advice: string[];
  collect: string[];
}

type Judged = Pick<Fix, 'verdict' | 'summary' | 'root' | 'advice' | 'collect'> & { numbers: string };

/** Writes out what would mend a cause as this evidence has it; no step where it was not found, or follows from another. */
export async function writeFix(database: Database, catalog: Catalog, cause: Cause): Promise<Fix> {
  const [judged] = await database.rows<Judged>(
    `select verdict, summary, root, change as advice, "collect", numbers from main.causes where cause = ${textLiteral(cause.id)}`,
  );
  const { numbers, ...said } = judged!;
  const fix: Fix = {
    cause: cause.id,
    title: cause.title,
    ...said,
    steps: [],
    left_out: [],
    blanks: [],
  };
  if (!isFound(fix.verdict) || fix.root !== null) return fix;
  const figures = JSON.parse(numbers) as Figures;
  const [cluster] = await rowsOf<Record<string, unknown>>(database, catalog, 'fix/cluster', {});
  const evidence: Evidence = {
    figures,
    hit: await rowsOf<HitClient>(database, catalog, 'fix/workloads', { cause: cause.id }),
    corefile: await rowsOf<PluginLine>(database, catalog, 'fix/corefile', {}),
    filling: new Filling({ ...figures, ...cluster }),
    play: (change, clients) => play(database, catalog, change, clients),
  };
  for (const step of await stepsThatHold(database, cause)) await writeStep(step, evidence, fix);
  fix.blanks = evidence.filling.blanks.filter(({ word }) => mentions(fix.steps, word));
  return fix;
}

interface Evidence {
  figures: Facts;
  hit: HitClient[];
  corefile: PluginLine[];
  filling: Filling;
  play: (change: Change, clients: readonly string[] | null) => Promise<Played | null>;
}

interface Played {
  broken: number;
  /** Whether a query or a second would have been spared. */
  saves: boolean;
  sentence: string;
}

async function stepsThatHold(database: Database, cause: Cause): Promise<FixStep[]> {
  if (cause.fix.length === 0) return [];
  const conditions = cause.fix.map(
    ({ when }) => `coalesce((${withThresholds(when ?? 'true', cause.params, cause.path)}), false)`,
  );
  const [row] = await database.rows<{ held: boolean[] }>(
    `select [${conditions.join(', ')}] as held from ${tableOf(cause)} as n`,
  );
  return cause.fix.filter((_, i) => row!.held[i]);
}

async function writeStep(step: FixStep, evidence: Evidence, fix: Fix): Promise<void> {
  const { figures, hit, corefile, filling } = evidence;
  const pods = step.pods && podPatches(step.pods, hit, filling, figures);
  const policies = step.allowDns === null ? null : allowDns(step.allowDns, figures, filling);
  const commands = [
    ...(pods?.commands ?? []),
    ...shellCommands(step, figures, filling),
    ...(policies?.commands ?? []),
    ...(step.route53 === null ? [] : deleteRecords(step.route53, figures, filling)),
  ];
  const { diff, notes, lacks } = corefileEdit(step.corefile, corefile, filling);
  if (lacks !== null) {
    fix.left_out.push(`${step.title}: ${lacks}`);
    return;
  }
  if (diff.length > 0) commands.push(editCommand(corefile[0]!.origin, filling));
  notes.unshift(...(pods?.notes ?? []), ...(policies?.notes ?? []));
  if (commands.length === 0 && notes.length === 0) return;
  const change = played(step, filling, figures);
  const told = change === null ? null : await evidence.play(change, pods?.clients ?? null);
  if (told !== null && (told.broken > 0 || !told.saves)) {
    fix.left_out.push(`${step.title}: ${told.sentence}`);
    return;
  }
  fix.steps.push({
    title: step.title,
    commands,
    diff,
    brings: told?.sentence ?? null,
    risk: filling.text(step.risk),
    notes,
  });
}

function shellCommands({ shell, each }: FixStep, figures: Facts, filling: Filling): string[] {
  if (shell === null) return [];
  const items = each === null ? [null] : [figures[each] ?? []].flat();
  return items.flatMap((item) => filling.text(shell, { item }).split('\n'));
}

/** A ConfigMap is named `namespace/name`, with `:key` where that is not Corefile; else it is a file. */
function editCommand(origin: string, filling: Filling): string {
  const [, namespace, name] = /^([^/:\s]+)\/([^/:\s]+)(?::[^/]*)?$/.exec(origin) ?? [];
  if (namespace === undefined || name === undefined)
    return 'kubectl -n kube-system edit configmap coredns   # or wherever that Corefile comes from';
  return `kubectl -n ${filling.word('namespace', namespace)} edit configmap ${filling.word('configmap', name)}`;
}

/** The change as what-if plays it; null where it cannot. */
function played({ pods, whatIf }: FixStep, filling: Filling, figures: Facts): Change | null {
  if (whatIf === 'nodelocal') return { ...UNCHANGED, nodelocal: NODELOCAL };
  if (whatIf === 'autopath') return { ...UNCHANGED, autopath: true };
  if (pods === null || whatIf === 'nothing') return null;
  const { ndots } = pods.options;
  const change: Change = {
    ...UNCHANGED,
    ndots: ndots === undefined ? null : Number(filling.text(ndots)),
    singleRequest: SINGLE_REQUEST.find((name) => Object.hasOwn(pods.options, name)) ?? null,
    without: pods.without === null ? [] : suffixesOf(figures[pods.without]),
  };
  return changeText(change) === '' ? null : change;
}

async function play(
  database: Database,
  catalog: Catalog,
  change: Change,
  clients: readonly string[] | null,
): Promise<Played | null> {
  const all = await simulate(database, catalog, change, NO_FILTERS);
  const lookups = clients === null ? all : all.filter(({ client }) => clients.includes(client));
  if (lookups.length === 0) return null;
  const { broken, queries, after_queries, seconds, after_seconds } = count(lookups);
  const saves = after_queries < queries || after_seconds < seconds;
  return { broken, saves, sentence: sentenceText(lookups, change) };
}

function mentions(steps: readonly WrittenStep[], word: string): boolean {
  const pattern = new RegExp(`\\b${word}\\b`);
  return steps.some(({ commands, diff, notes, risk }) =>
    [...commands, ...diff, ...notes, risk].some((line) => pattern.test(line)),
  );
}
