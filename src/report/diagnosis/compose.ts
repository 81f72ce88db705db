import { causeBlocks, consequences, sentence } from './cause-blocks.js';
import { collectCommands } from './collect.js';
import { type CauseRow, type Diagnosis, isFound, type Verdict } from './diagnosis.js';
import type { Block } from './document.js';
import { firstScreen } from './first-screen.js';
import { leadLines, lookedAtLines } from './lead.js';
import { type Commands, lookNext } from './look-next.js';

/** The diagnosis as a document: a screenful where `brief`, else all that is known. */
export function compose(diagnosis: Diagnosis, commands: Commands, brief: boolean): Block[] {
  return brief ? firstScreen(diagnosis, commands) : unabridged(diagnosis, commands);
}

function unabridged(diagnosis: Diagnosis, commands: Commands): Block[] {
  const matters = diagnosis.causes.filter(isFound);
  return [
    { kind: 'lead', lines: leadLines(diagnosis) },
    ...(matters.length === 0 ? [noneFits(diagnosis)] : []),
    ...matters
      .filter(({ root }) => root === null)
      .flatMap((row) => [
        ...causeBlocks(row, diagnosis),
        ...consequences(matters.filter(({ root }) => root === row.cause)),
      ]),
    ...judgedAs(diagnosis, 'ruled_out', 'Ruled out'),
    ...judgedAs(diagnosis, 'no_evidence', 'Could not be judged'),
    ...toCollect(diagnosis),
    { kind: 'note', lines: [lookedAtLines(diagnosis).join(' ')] },
    ...lookNext(diagnosis, commands),
  ];
}

function withVerdict({ causes }: Diagnosis, verdict: Verdict): CauseRow[] {
  return causes.filter((row) => row.verdict === verdict);
}

function noneFits({ overview }: Diagnosis): Block {
  const line =
    overview.slow_or_failed > 0
      ? 'No known cause fits the slow and failed lookups.'
      : 'No known cause was found.';
  return { kind: 'note', lines: [line] };
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
function toCollect(diagnosis: Diagnosis): Block[] {
  const unsure = diagnosis.causes.filter(
    ({ verdict, root }) => verdict !== 'confirmed' && verdict !== 'ruled_out' && root === null,
  );
  const commands = collectCommands(unsure);
  if (commands.length === 0) return [];
  return [
    { kind: 'heading', text: 'To be surer, collect' },
    { kind: 'commands', commands },
  ];
}
