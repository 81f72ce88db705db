import { verdictWords } from '../../causes/cause.js';
import { blocksHtml, compose, type Diagnosis } from '../diagnosis/index.js';
import { leadLines, lookedAtLines } from '../diagnosis/lead.js';
import { html as escaped } from '../escape.js';
import type { Query } from '../../packs/query.js';
import { originOf } from './origin.js';
import type { PageRequest } from './request.js';
import { verdictOf } from './verdict.js';

/** The head of the page: the verdict as its title, how much was hurt, and the answers that readers want first. */
export function pageHead(diagnosis: Diagnosis): string {
  const { title, answers } = verdictOf(diagnosis);
  const rows = answers.map(
    ([question, lines]) =>
      `<div><dt>${escaped(question)}</dt>${lines.map((line) => `<dd>${prose(line)}</dd>`).join('')}</div>`,
  );
  return `<h1>${escaped(title)}</h1>
<p class="lead">${prose(leadLines(diagnosis).join(' '))}</p>
<dl class="answers">
${rows.join('\n')}
</dl>
<p class="looked-at">${escaped(lookedAtLines(diagnosis).join(' '))}</p>
`;
}

/** A text for reading: its dates are not broken. */
function prose(text: string): string {
  return escaped(text).replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<span class="when">$&</span>');
}

/** The whole diagnosis, and the queries that it is read from. */
export function diagnosisPart(
  diagnosis: Diagnosis,
  queries: readonly Query[],
  { layout, options }: PageRequest,
): string {
  // the head has said what these say
  const blocks = compose(diagnosis, layout, false).filter(({ kind }) => kind !== 'lead' && kind !== 'note');
  const body = blocksHtml(blocks, {
    heading: (text) => `<h3>${escaped(text)}</h3>`,
    verdict: (verdict, text) =>
      `<h3><span class="verdict ${verdict}">${verdictWords(verdict)}</span> ${escaped(text)}</h3>`,
  });
  return `<section id="diagnosis" aria-labelledby="diagnosis-title">
<h2 id="diagnosis-title">Diagnosis</h2>
<div class="diagnosis">
${body}
</div>
${queries.map((query) => originOf(query, options.params)).join('')}</section>
`;
}
