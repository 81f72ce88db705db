import { verdictWords } from '../../causes/cause.js';
import { counted } from '../../base/counted.js';
import type { Query } from '../../packs/query.js';
import { blocksHtml, type CauseRow, type Diagnosis, isFound } from '../diagnosis/index.js';
import { causeBlocks, consequences } from '../diagnosis/cause-blocks.js';
import { collectCommands, toCollect, withRefusals } from '../diagnosis/collect.js';
import { isUnsure, judged, type Verdict } from '../diagnosis/diagnosis.js';
import { lookedAtLines, noneFitsLines } from '../diagnosis/lead.js';
import { html as escaped } from '../escape.js';
import { swatch } from './incident/cause-colors.js';
import { lookupAddress } from './incident/waterfall.js';
import { originOf } from './origin.js';
import type { PageRequest } from './request.js';

const HEADINGS = {
  heading: (text: string) => `<h3>${escaped(text)}</h3>`,
  verdict: (verdict: Verdict, text: string) =>
    `<h3><span class="verdict ${verdict}">${verdictWords(verdict)}</span> ${escaped(text)}</h3>`,
};

/**
 * The causes: each that was found with all that is known of it, then what was ruled out, what could not be judged, what
 * to collect, and how all of it was counted. `shown` are lookups that the page shows.
 */
export function causesPart(
  diagnosis: Diagnosis,
  colors: ReadonlyMap<string, string>,
  shown: ReadonlySet<number>,
  queries: readonly Query[],
  { options }: PageRequest,
): string {
  const found = diagnosis.causes.filter(isFound);
  const cards = found.filter(({ root }) => root === null).map((row) => card(row, diagnosis, colors, shown));
  const collect = collectCommands(diagnosis.causes.filter(isUnsure)).map((one) =>
    withRefusals(one, diagnosis.gaps),
  );
  const none = noneFitsLines(diagnosis)[0] ?? 'No known cause was found.';
  return `<div class="causes">
${found.length === 0 ? `<p>${escaped(none)}</p>\n` : cards.join('')}</div>
${others(judged(diagnosis, 'ruled_out'), 'ruled out')}${others(judged(diagnosis, 'no_evidence'), 'not to be judged from this evidence')}${blocksHtml(toCollect(collect), HEADINGS)}
<p class="about">${escaped(lookedAtLines(diagnosis).join(' '))}</p>
<details class="origin"><summary>How this was counted</summary>
${queries.map((query) => originOf(query, options.params)).join('')}</details>
`;
}

function card(
  row: CauseRow,
  diagnosis: Diagnosis,
  colors: ReadonlyMap<string, string>,
  shown: ReadonlySet<number>,
): string {
  const led = diagnosis.causes.filter((other) => isFound(other) && other.root === row.cause);
  const worst = row.worst_lookup_id;
  const see =
    worst !== null && shown.has(worst)
      ? `<p><a href="#${lookupAddress(worst)}">Its worst lookup, query by query</a></p>\n`
      : '';
  const heading = {
    ...HEADINGS,
    verdict: (verdict: Verdict, text: string) =>
      HEADINGS.verdict(verdict, text).replace('<h3>', `<h3>${swatch(colors.get(row.cause)!)} `),
  };
  return `<article class="cause" id="cause-${escaped(row.cause)}">
${blocksHtml([...causeBlocks(row, diagnosis), ...consequences(led)], heading)}
${see}</article>
`;
}

/** Causes that were not found: their names in a line, the reasons for who opens it. */
function others(rows: readonly CauseRow[], what: string): string {
  if (rows.length === 0) return '';
  const reasons = rows.map(({ cause, summary }) => `<dt>${escaped(cause)}</dt><dd>${escaped(summary)}.</dd>`);
  return `<details class="others"><summary>${counted(rows.length, 'known cause')} ${what}: ${rows.map(({ cause }) => escaped(cause)).join(', ')}</summary>
<dl>${reasons.join('')}</dl>
</details>
`;
}
