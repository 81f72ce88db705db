import type { Query } from '../../packs/query.js';
import { DuckDbEngine, runOn } from '../../packs/engine.js';
import { CHART_STYLE } from '../charts/index.js';
import { type Diagnosis, DIAGNOSIS_QUERIES, isFound, readDiagnosis } from '../diagnosis/index.js';
import { html as escaped } from '../escape.js';
import type { Output } from '../format.js';
import { loadAssets } from './assets.js';
import { Budget } from './budget.js';
import { diagnosisPart, pageHead } from './diagnosis-part.js';
import { documentEnd, documentStart } from './document.js';
import { exhibit } from './exhibit.js';
import type { PageRequest } from './request.js';
import { type Section, SECTIONS } from './sections.js';
import { verdictOf } from './verdict.js';

export type { PageRequest } from './request.js';

/** Writes the page of an incident: one HTML document that loads nothing. Gives back its title. */
export async function writePage(request: PageRequest, output: Output): Promise<string> {
  const { database, catalog, options } = request;
  const queries = catalog.select(DIAGNOSIS_QUERIES);
  const results = runOn(new DuckDbEngine(database), queries, options);
  const diagnosis = await readDiagnosis(results, options.filters);
  const { title } = verdictOf(diagnosis);
  const assets = loadAssets([CHART_STYLE]);
  const sections = [...SECTIONS, ...furtherSections(diagnosis, request)];
  await output.write(
    documentStart(`${title} (dnslens)`, assets, [{ id: 'diagnosis', title: 'Diagnosis' }, ...sections]),
  );
  await output.write(
    `<header>${pageHead(diagnosis)}</header>\n${diagnosisPart(diagnosis, queries, request)}`,
  );
  const budget = new Budget();
  for (const section of sections) {
    await output.write(sectionStart(section));
    for (const id of section.queries) await output.write(await exhibit(catalog.get(id), request, budget));
    await output.write('</section>\n');
  }
  await output.write(documentEnd(request.footer, assets));
  return title;
}

/** What a cause that was found points to, and what was asked for, as far as no other section has it. */
function furtherSections({ causes }: Diagnosis, { named }: PageRequest): Section[] {
  const shown = new Set([...DIAGNOSIS_QUERIES, ...SECTIONS.flatMap(({ queries }) => queries)]);
  const take = (ids: readonly string[]): string[] => {
    const fresh = [...new Set(ids)].filter((id) => !shown.has(id));
    for (const id of fresh) shown.add(id);
    return fresh;
  };
  const pointed = take(causes.filter(isFound).flatMap(({ look }) => look ?? []));
  const asked = take(named.map(({ id }: Query) => id));
  const sections: Section[] = [
    {
      id: 'behind',
      title: 'Behind the causes',
      about: 'What the causes that were found rest on.',
      queries: pointed,
    },
    {
      id: 'asked-for',
      title: 'Asked for',
      about: 'Queries that were named for this export.',
      queries: asked,
    },
  ];
  return sections.filter(({ queries }) => queries.length > 0);
}

function sectionStart({ id, title, about }: Section): string {
  return `<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${escaped(title)}</h2>\n<p class="about">${escaped(about)}</p>\n`;
}
