import type { Query } from '../../packs/query.js';
import { DuckDbEngine, runOn } from '../../packs/engine.js';
import { rowsOf } from '../../packs/rows.js';
import { CHART_STYLE } from '../charts/index.js';
import { type Diagnosis, DIAGNOSIS_QUERIES, isFound, readDiagnosis } from '../diagnosis/index.js';
import { leadLines } from '../diagnosis/lead.js';
import { type Markup, markup, type Part } from '../markup.js';
import type { Output } from '../format.js';
import { loadAssets } from './assets.js';
import { Budget } from './budget.js';
import { causesPart } from './causes-part.js';
import { documentEnd, documentStart } from './html-document.js';
import { absences, type Exhibit, exhibit } from './exhibit.js';
import { figureHtml } from './figure.js';
import { causeColors } from './incident/cause-colors.js';
import { figuresHtml, figuresOf } from './incident/numbers.js';
import { Selectable } from './incident/selectable.js';
import { TIME_LINE, timeLine } from './incident/time-line.js';
import { waterfall, type WorstLookup } from './incident/waterfall.js';
import { type Stretch, wayOf } from './incident/way.js';
import { drawWay, waySentences } from './incident/way-picture.js';
import { workloadList } from './incident/workloads.js';
import type { PageRequest } from './request.js';
import { EVIDENCE, MORE, type Section } from './sections.js';
import { titleOf } from './verdict.js';

export type { PageRequest } from './request.js';

const HIT = 'diagnosis/clients';
/** Queries behind the causes that are shown open; more of them are folded. */
const BEHIND = 4;

/** Writes the page of an incident: one HTML document that loads nothing. Gives back its title. */
export async function writePage(request: PageRequest, output: Output): Promise<string> {
  const { database, catalog, options } = request;
  const queries = catalog.select(DIAGNOSIS_QUERIES);
  const diagnosis = await readDiagnosis(runOn(new DuckDbEngine(database), queries, options), options.filters);
  const title = titleOf(diagnosis);
  const assets = loadAssets([CHART_STYLE]);
  const colors = causeColors(diagnosis);
  const worst = await ask<WorstLookup>(request, 'incident/worst');
  const selectable = new Selectable(
    await ask<{ client: string; workload: string }>(request, 'incident/clients'),
  );
  const sections = tableSections(diagnosis, request);
  const budget = new Budget();
  const write = ({ text }: Markup) => output.write(text);
  await write(
    documentStart(`${title} (dnslens)`, assets, [
      ['time-line', 'Time line'],
      ['causes', 'Causes'],
      ['hit', 'Who was hit'],
      ['lookups', 'Worst lookups'],
      ...sections.map((section): [string, string] => [section.id, section.title]),
    ]),
  );
  await write(await incidentHead(title, diagnosis, worst, request));
  await write(
    sectionOf('time-line', 'Time line', await timeLine(diagnosis, catalog.get(TIME_LINE), request)),
  );
  const shown = new Set(worst.map(({ lookup_id }) => lookup_id));
  await write(sectionOf('causes', 'Causes', causesPart(diagnosis, colors, shown, queries, request)));
  const hit = await exhibit(catalog.get(HIT), request, { budget, selectable, folded: false });
  await write(
    sectionOf('hit', 'Who was hit', [workloadList(diagnosis, colors, selectable), exhibitsHtml([hit])]),
  );
  const waterfalls: Markup[] = [];
  for (const lookup of worst) waterfalls.push(await waterfall(lookup, colors, request));
  const none = markup`<p>No lookup is seen to have been slow or to have failed.</p>\n`;
  await write(
    sectionOf(
      'lookups',
      'Worst lookups',
      waterfalls.length === 0 ? none : markup`<div class="lookups">\n${waterfalls}</div>\n`,
    ),
  );
  for (const { id, title: heading, queries: ids, folded } of sections) {
    const exhibits: Exhibit[] = [];
    for (const query of ids)
      exhibits.push(await exhibit(catalog.get(query), request, { budget, selectable, folded }));
    await write(sectionOf(id, heading, exhibitsHtml(exhibits)));
  }
  await write(documentEnd(request.footer, assets));
  return title;
}

/** The rows of a query of the page's own, as far as it was narrowed. */
function ask<T>({ database, catalog, options }: PageRequest, id: string): Promise<T[]> {
  return rowsOf<T>(database, catalog, id, options.params, options.filters);
}

/** The first thing that is seen: what it was, four numbers, and the way of the queries with what was lost on it. */
async function incidentHead(
  title: string,
  diagnosis: Diagnosis,
  worst: readonly WorstLookup[],
  request: PageRequest,
): Promise<Markup> {
  const waits = worst.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  const way = wayOf(await ask<Stretch>(request, 'incident/way'));
  const words = { title: 'The way of the queries', description: way.sentences.join(' ') };
  const figure = figureHtml((width) => drawWay(way, words, width), { name: 'way', wide: 1240 });
  return markup`<header>
<h1>${title}</h1>
<p class="lead">${datesWhole(leadLines(diagnosis).join(' '))}</p>
${figuresHtml(figuresOf(diagnosis, waits.length === 0 ? null : Math.max(...waits)))}${figure}
${waySentences(way)}</header>
`;
}

/** A text for reading: its dates are not broken. */
function datesWhole(text: string): Part {
  const parts = text.split(/(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/);
  return parts.map((part, i) => (i % 2 === 1 ? markup`<span class="when">${part}</span>` : part));
}

/** What the causes that were found rest on, what was asked for, and what every page has, each query once. */
function tableSections({ causes }: Diagnosis, { named }: PageRequest): Section[] {
  const shown = new Set([...DIAGNOSIS_QUERIES, HIT, TIME_LINE]);
  const fresh = (ids: readonly string[]): string[] => {
    const taken = [...new Set(ids)].filter((id) => !shown.has(id));
    for (const id of taken) shown.add(id);
    return taken;
  };
  const asked = named.map(({ id }: Query) => id);
  const sure = causes.filter((row) => isFound(row) && row.verdict !== 'possible');
  const asking = fresh(asked);
  const behind = fresh(sure.flatMap(({ look }) => look ?? []));
  const sections: Section[] = [
    { id: 'asked-for', title: 'Asked for', folded: false, queries: asking },
    { id: 'behind', title: 'Behind the causes', folded: false, queries: behind.slice(0, BEHIND) },
    { ...MORE, queries: [...behind.slice(BEHIND), ...fresh(MORE.queries)] },
    { ...EVIDENCE, queries: fresh(EVIDENCE.queries) },
  ];
  return sections.filter(({ queries }) => queries.length > 0);
}

function exhibitsHtml(exhibits: readonly Exhibit[]): Part {
  return [exhibits.map((one) => (one.kind === 'shown' ? one.html : null)), absences(exhibits)];
}

function sectionOf(id: string, title: string, body: Part): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${title}</h2>\n${body}</section>\n`;
}
