import type { CauseRow, Diagnosis } from '../diagnosis/index.js';
import { hitText, sentence } from '../diagnosis/cause-blocks.js';
import { judged } from '../diagnosis/diagnosis.js';
import { listed, timeRange } from '../diagnosis/wording.js';

/** The page's first words: what it was as a title, and what an incident's readers ask first, each answered. */
export interface VerdictText {
  title: string;
  answers: [question: string, lines: string[]][];
}

/** Workloads named for each cause. */
const WORKLOADS = 4;

/** What the diagnosis comes to. Texts are not escaped. */
export function verdictOf(diagnosis: Diagnosis): VerdictText {
  const { causes, workloads } = diagnosis;
  const sure = causes.filter(({ verdict }) => verdict === 'confirmed' || verdict === 'likely');
  const [faults, costs] = [sure.filter(isFault), sure.filter((row) => !isFault(row))];
  const possible = judged(diagnosis, 'possible');
  const main = faults.length > 0 ? faults : costs;
  const answers: VerdictText['answers'] = [
    ['What it was', [...faults, ...costs].map(whatLine)],
    ['What it may have been', possible.map(whatLine)],
    [
      'Since when',
      main.flatMap((row) =>
        row.first_seen === null ? [] : [named(row, main, timeRange(row.first_seen, row.last_seen))],
      ),
    ],
    [
      'Who was hit',
      main.flatMap((row) => {
        const hit = hitText(row, workloads, WORKLOADS);
        return hit === null ? [] : [named(row, main, hit)];
      }),
    ],
    ['What to change', [...new Set([...faults, ...costs].flatMap(({ change }) => change.slice(0, 1)))]],
    ['What it was not', titlesLine(judged(diagnosis, 'ruled_out'))],
    ['What this evidence cannot tell', titlesLine(judged(diagnosis, 'no_evidence'))],
  ];
  return {
    title: titleOf(diagnosis, faults, costs, possible),
    answers: answers.filter(([, lines]) => lines.length > 0),
  };
}

function titleOf(
  { overview }: Diagnosis,
  faults: readonly CauseRow[],
  costs: readonly CauseRow[],
  possible: readonly CauseRow[],
): string {
  if (faults.length > 0) {
    const confirmed = faults.some(({ verdict }) => verdict === 'confirmed');
    return `${confirmed ? '' : 'Likely: '}${titles(faults)}`;
  }
  if (overview.slow_or_failed > 0)
    return possible.length > 0
      ? `Possibly: ${titles(possible)}`
      : 'Slow or failed lookups without a known cause';
  if (overview.lookups === 0 || overview.unseen === overview.lookups)
    return 'Too little evidence for a verdict';
  return costs.length > 0 ? `No fault, but a cost: ${titles(costs)}` : 'No fault found';
}

function isFault({ kind }: CauseRow): boolean {
  return kind === 'fault';
}

function whatLine({ title, verdict, kind, summary }: CauseRow): string {
  return `${title} (${verdict}${kind === 'cost' ? ', a cost' : ''}): ${sentence(summary)}`;
}

/** Says of several causes which one a line is about. */
function named({ title }: CauseRow, all: readonly CauseRow[], line: string): string {
  return all.length > 1 ? `${title}: ${line}` : line;
}

function titlesLine(rows: readonly CauseRow[]): string[] {
  return rows.length === 0 ? [] : [`${titles(rows)}.`];
}

/** `Lost conntrack race, upstream silent and CoreDNS overloaded`. */
function titles(causes: readonly CauseRow[]): string {
  return listed(
    causes.map(({ title }, i) =>
      i === 0 || /^\w+[A-Z]/.test(title) ? title : title[0]!.toLowerCase() + title.slice(1),
    ),
  );
}
