import { verdictWords } from '../../causes/cause.js';
import { counted } from '../../base/counted.js';
import type { Query } from '../../packs/query.js';
import type { Id } from '../../packs/rows.js';
import { blocksHtml, type CauseRow, type Diagnosis, isFound } from '../diagnosis/index.js';
import { causeBlocks, consequences } from '../diagnosis/cause-blocks.js';
import { collectCommands, toCollect, withRefusals } from '../diagnosis/to-collect.js';
import { isUnsure, judged, type Verdict } from '../diagnosis/diagnosis.js';
import { lookedAtLines, noneFitsLines } from '../diagnosis/lead.js';
import { type Markup, markup } from '../markup.js';
import { swatch } from './incident/cause-colors.js';
import { lookupAddress } from './incident/waterfall.js';
import { originOf } from './origin.js';
import type { PageRequest } from './request.js';

/** How headings are written here; a cause's with its colour before it where it has one. */
function headings(color: string | null) {
  const mark = color === null ? null : markup`${swatch(color)} `;
  return {
    heading: (text: string) => markup`<h3>${text}</h3>`,
    verdict: (verdict: Verdict, text: string) =>
      markup`<h3>${mark}<span class="verdict ${verdict}">${verdictWords(verdict)}</span> ${text}</h3>`,
  };
}

/**
 * The causes: each that was found with all that is known of it, then what was ruled out, what could not be judged, what
 * to collect, and how all of it was counted. `shown` are lookups that the page shows.
 */
export function causesPart(
  diagnosis: Diagnosis,
  colors: ReadonlyMap<string, string>,
  shown: ReadonlySet<Id>,
  queries: readonly Query[],
  { options }: PageRequest,
): Markup {
  const found = diagnosis.causes.filter(isFound);
  const cards = found.filter(({ root }) => root === null).map((row) => card(row, diagnosis, colors, shown));
  const collect = collectCommands(diagnosis.causes.filter(isUnsure)).map((one) =>
    withRefusals(one, diagnosis.gaps),
  );
  const none = noneFitsLines(diagnosis)[0] ?? 'No known cause was found.';
  return markup`<div class="causes">
${found.length === 0 ? markup`<p>${none}</p>\n` : cards}</div>
${others(judged(diagnosis, 'ruled_out'), 'ruled out')}${others(judged(diagnosis, 'no_evidence'), 'not to be judged from this evidence')}${blocksHtml(toCollect(collect), headings(null))}
<p class="about">${lookedAtLines(diagnosis).join(' ')}</p>
<details class="origin"><summary>How this was counted</summary>
${queries.map((query) => originOf(query, options.params))}</details>
`;
}

function card(
  row: CauseRow,
  diagnosis: Diagnosis,
  colors: ReadonlyMap<string, string>,
  shown: ReadonlySet<Id>,
): Markup {
  const led = diagnosis.causes.filter((other) => isFound(other) && other.root === row.cause);
  const worst = row.worst_lookup_id;
  const see =
    worst !== null && shown.has(worst)
      ? markup`<p><a href="#${lookupAddress(worst)}">Its worst lookup, query by query</a></p>\n`
      : null;
  const blocks = [...causeBlocks(row, diagnosis), ...consequences(led)];
  return markup`<article class="cause" id="cause-${row.cause}">
${blocksHtml(blocks, headings(colors.get(row.cause)!))}
${see}</article>
`;
}

/** Causes that were not found: their names in a line, the reasons for who opens it. */
function others(rows: readonly CauseRow[], what: string): Markup | null {
  if (rows.length === 0) return null;
  const reasons = rows.map(({ cause, summary }) => markup`<dt>${cause}</dt><dd>${summary}.</dd>`);
  const names = rows.map(({ cause }) => cause).join(', ');
  return markup`<details class="others"><summary>${counted(rows.length, 'known cause')} ${what}: ${names}</summary>
<dl>${reasons}</dl>
</details>
`;
}
