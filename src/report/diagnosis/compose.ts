import { causeBlocks, consequences, type Detail, sentence } from './cause-blocks.js';
import { collectCommands } from './collect.js';
import { type CauseRow, type Diagnosis, isFound, type Verdict } from './diagnosis.js';
import type { Block } from './document.js';
import { leadLines, lookedAtLines } from './lead.js';
import { type Commands, lookNext } from './look-next.js';
import { listed } from './wording.js';

const FAULT: Detail = { workloads: 4, findings: 4, examples: 3, changes: 2 };
const COST: Detail = { workloads: 4, findings: 4, examples: 1, changes: 1 };
const UNSURE: Detail = { workloads: 2, findings: 4, examples: 1, changes: 0 };
const FULL: Detail = { workloads: Infinity, findings: Infinity, examples: Infinity, changes: Infinity };

/** What a brief diagnosis shows at most of commands to collect. */
const BRIEF_COLLECT = 5;

/** The diagnosis as a document: a screenful where `brief`, else all that is known. */
export function compose(diagnosis: Diagnosis, commands: Commands, brief: boolean): Block[] {
  const matters = diagnosis.causes.filter(isFound);
  if (matters.length === 0 && diagnosis.overview.slow_or_failed === 0 && brief) {
    return [...cleanBill(diagnosis), ...toCollect(diagnosis, brief), ...lookNext(diagnosis, commands, brief)];
  }
  return [
    { kind: 'lead', lines: leadLines(diagnosis) },
    ...(matters.length === 0 ? [noneFits(diagnosis)] : []),
    ...matters
      .filter(({ root }) => root === null)
      .flatMap((row) => [
        ...causeBlocks(row, diagnosis, brief ? briefDetail(row) : FULL),
        ...consequences(matters.filter(({ root }) => root === row.cause)),
      ]),
    ...judgedAs(diagnosis, 'ruled_out', 'Ruled out'),
    ...judgedAs(diagnosis, 'no_evidence', 'Could not be judged'),
    ...toCollect(diagnosis, brief),
    { kind: 'note', text: lookedAtLines(diagnosis).join(' ') },
    ...lookNext(diagnosis, commands, brief),
  ];
}

function briefDetail({ verdict, kind }: CauseRow): Detail {
  if (verdict === 'possible') return UNSURE;
  return kind === 'fault' ? FAULT : COST;
}

function withVerdict({ causes }: Diagnosis, verdict: Verdict): CauseRow[] {
  return causes.filter((row) => row.verdict === verdict);
}

/** Three lines: nobody was hurt, no cause is there, what this rests on. */
function cleanBill(diagnosis: Diagnosis): Block[] {
  return [
    {
      kind: 'lead',
      lines: [...leadLines(diagnosis), verdictsLine(diagnosis), lookedAtLines(diagnosis).join(' ')],
    },
  ];
}

function verdictsLine(diagnosis: Diagnosis): string {
  const all = diagnosis.causes.length;
  const open = withVerdict(diagnosis, 'no_evidence').map(({ cause }) => cause);
  if (open.length === 0) return `All ${all} known causes are ruled out.`;
  if (open.length === all) return `None of the ${all} known causes can be judged from this evidence.`;
  return `${all - open.length} of ${all} known causes are ruled out; this evidence cannot tell ${listed(open)}.`;
}

function noneFits({ overview }: Diagnosis): Block {
  const text =
    overview.slow_or_failed > 0
      ? 'No known cause fits the slow and failed lookups.'
      : 'No known cause was found.';
  return { kind: 'note', text };
}

function judgedAs(diagnosis: Diagnosis, verdict: Verdict, heading: string): Block[] {
  const rows = withVerdict(diagnosis, verdict);
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', text: heading },
    { kind: 'terms', terms: rows.map(({ cause, summary }) => [cause, sentence(summary)]) },
  ];
}

/** What would make unsure verdicts sure. */
function toCollect(diagnosis: Diagnosis, brief: boolean): Block[] {
  const unsure = diagnosis.causes.filter(
    ({ verdict, root }) => verdict !== 'confirmed' && verdict !== 'ruled_out' && root === null,
  );
  const all = collectCommands(unsure);
  if (all.length === 0) return [];
  const shown = brief ? all.slice(0, BRIEF_COLLECT) : all;
  const more = all.length - shown.length;
  return [
    {
      kind: 'heading',
      text: `To be surer, collect${more > 0 ? ` (${more} more: dnslens report diagnosis)` : ''}`,
    },
    { kind: 'commands', commands: shown },
  ];
}
