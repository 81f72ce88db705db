import { counted } from '../../base/counted.js';
import { hitText, sentence } from './cause-blocks.js';
import { type CauseRow, type Diagnosis, isFound } from './diagnosis.js';
import type { Block } from './document.js';
import { otherCauses } from './first-screen.js';
import { leadLines, lookedAtLines, noneFitsLines } from './lead.js';
import { seconds } from './wording.js';

/** Causes that have a line of their own: twelve lines hold them and the rest, wrapped on a terminal too. */
const CAUSES = 3;
const WORKLOADS = 2;

/** The diagnosis for the head of a ticket, in twelve lines: who was hurt, each cause with one fix, what it was not. */
export function briefly(diagnosis: Diagnosis): Block[] {
  const roots = diagnosis.causes.filter((row) => isFound(row) && row.root === null);
  const more = roots.length - CAUSES;
  return [
    { kind: 'lead', lines: [leadLines(diagnosis).join(' ')] },
    { kind: 'findings', items: roots.slice(0, CAUSES).map((row) => causeLine(row, diagnosis)) },
    {
      kind: 'note',
      lines: [
        ...(more > 0 ? [`${counted(more, 'more cause')} found.`] : []),
        ...(roots.length === 0 ? noneFitsLines(diagnosis) : []),
        otherCauses(diagnosis).join(' '),
        lookedAtLines(diagnosis)[0] ?? '',
      ].filter((line) => line !== ''),
    },
  ];
}

/** What it is and how sure, what it cost whom; then what to change, or what is possible. */
function causeLine(row: CauseRow, diagnosis: Diagnosis): string {
  const { cause, verdict, lookups, lookup_seconds, summary, change } = row;
  const cost = lookups > 0 ? [counted(lookups, 'lookup'), seconds(lookup_seconds)] : [];
  const hit = lookups > 0 ? hitText(row, diagnosis.workloads, WORKLOADS) : null;
  const what = `${cause}: ${[verdict, ...cost].join(', ')}${hit === null ? '' : `; ${hit}`}.`;
  return [what, ...(verdict === 'possible' ? [sentence(summary)] : change.slice(0, 1).map(ended))].join(' ');
}

function ended(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
