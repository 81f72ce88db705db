import { causeBlocks, consequences, sentence } from './cause-blocks.js';
import { collectCommands, toCollect, withRefusals } from './to-collect.js';
import { type Diagnosis, isFound, isUnsure, judged, type Verdict } from './diagnosis.js';
import type { Block } from './document.js';
import { firstScreen } from './first-screen.js';
import { leadLines, lookedAtLines, noneFitsLines } from './lead.js';
import { type Commands, lookNext } from './look-next.js';

/** The diagnosis as a document: a screenful where `brief`, else all that is known. */
export function compose(diagnosis: Diagnosis, commands: Commands, brief: boolean): Block[] {
  return brief ? firstScreen(diagnosis, commands) : unabridged(diagnosis, commands);
}

function unabridged(diagnosis: Diagnosis, commands: Commands): Block[] {
  const matters = diagnosis.causes.filter(isFound);
  return [
    { kind: 'lead', lines: leadLines(diagnosis) },
    ...(matters.length === 0 ? noneFits(diagnosis) : []),
    ...matters
      .filter(({ root }) => root === null)
      .flatMap((row) => [
        ...causeBlocks(row, diagnosis),
        ...consequences(matters.filter(({ root }) => root === row.cause)),
      ]),
    ...judgedAs(diagnosis, 'ruled_out', 'Ruled out'),
    ...judgedAs(diagnosis, 'no_evidence', 'Could not be judged'),
    ...toCollect(
      collectCommands(diagnosis.causes.filter(isUnsure)).map((one) => withRefusals(one, diagnosis.gaps)),
    ),
    { kind: 'note', lines: [lookedAtLines(diagnosis).join(' ')] },
    ...lookNext(diagnosis, commands),
  ];
}

function noneFits(diagnosis: Diagnosis): Block[] {
  const lines = noneFitsLines(diagnosis);
  return [{ kind: 'note', lines: lines.length > 0 ? lines : ['No known cause was found.'] }];
}

function judgedAs(diagnosis: Diagnosis, verdict: Verdict, heading: string): Block[] {
  const rows = judged(diagnosis, verdict);
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', text: heading },
    { kind: 'terms', terms: rows.map(({ cause, summary }) => [cause, sentence(summary)]) },
  ];
}
