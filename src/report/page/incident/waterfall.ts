import { counted } from '../../../base/counted.js';
import type { Delay, Query as Asked } from '../../../explain/lookup-rows.js';
import { type Id, rowsOf } from '../../../packs/rows.js';
import { secondsText } from '../../cell.js';
import { axisLabel } from '../../charts/axis.js';
import { linear } from '../../charts/scale.js';
import { label, labelsBelow, picture, rule, told } from '../../charts/svg.js';
import { shortenTo, textWidth } from '../../charts/text-width.js';
import { BAD, SERIES_COLORS } from '../../charts/theme.js';
import { sentence } from '../../diagnosis/cause-blocks.js';
import { type Markup, markup } from '../../markup.js';
import { commandsHtml } from '../command-list.js';
import { figureHtml } from '../figure.js';
import type { PageRequest } from '../request.js';
import { swatch } from './cause-colors.js';

/** A row of the query incident/worst. */
export interface WorstLookup {
  lookup_id: Id;
  name: string;
  client: string;
  client_name: string | null;
  workload: string;
  started_at: string;
  seconds: number | null;
  outcome: string;
  cause: string;
}

/** Queries that are drawn of a lookup; of more the first ones and the last. */
const MOST = 14;
const ROW = 20;
const AXIS = 26;

/** One lookup, query by query, under an address of its own. */
export async function waterfall(
  lookup: WorstLookup,
  colors: ReadonlyMap<string, string>,
  request: PageRequest,
): Promise<Markup> {
  const { database, catalog, layout } = request;
  const params = { lookup: String(lookup.lookup_id) };
  const asked = await rowsOf<Asked>(database, catalog, 'explain/queries', params);
  const delays = await rowsOf<Delay>(database, catalog, 'explain/delays', params);
  const id = lookupAddress(lookup.lookup_id);
  const took =
    lookup.seconds === null ? 'of unknown length' : secondsText(Math.round(lookup.seconds * 1000) / 1000);
  const color = colors.get(lookup.cause);
  const reason = delays.find((delay) => delay.blamed) ?? delays[0];
  const why =
    reason === undefined
      ? null
      : markup`<p>${sentence(`${reason.qtype} ${reason.qname}: ${reason.reason ?? 'nothing in the evidence shows why it took so long'}`)}</p>\n`;
  const command =
    layout.explainCommand === null
      ? null
      : commandsHtml([{ command: layout.explainCommand(lookup.lookup_id), about: 'packet by packet' }]);
  const words = {
    title: `Lookup ${lookup.lookup_id} of ${lookup.name}, query by query`,
    description: `${counted(asked.length, 'query', 'queries')} in ${took}.`,
  };
  const mark = color === undefined ? null : markup`${swatch(color)} `;
  const started = lookup.started_at.slice(0, 23).replace('T', ' ');
  return markup`<article class="lookup" id="${id}">
<h3><a href="#${id}">${lookup.name}</a>: ${took}, ${lookup.outcome}</h3>
<p class="about">${mark}${lookup.cause}; ${lookup.workload}, ${lookup.client_name ?? lookup.client}, <span class="when">${started}</span> UTC</p>
${why}${figureHtml((width) => drawWaterfall(lookup, asked, words, width))}
${command}</article>
`;
}

/** The address of a lookup in the page. */
export function lookupAddress(lookup: Id): string {
  return `lookup-${lookup}`;
}

/** Bars from when each query left to when its answer came, or until it was asked again. */
function drawWaterfall(
  lookup: WorstLookup,
  all: readonly Asked[],
  words: { title: string; description: string },
  width: number,
): Markup {
  const start = Date.parse(lookup.started_at);
  const since = (time: string): number => (Date.parse(time) - start) / 1000;
  const asked = all.length <= MOST ? all : [...all.slice(0, MOST / 2), ...all.slice(-MOST / 2)];
  const ends = all.map(({ asked_at, answered_at }) => since(answered_at ?? asked_at));
  const seconds = Math.max(0.001, lookup.seconds ?? 0, ...ends);
  const narrow = width < 500;
  const left = narrow
    ? 0
    : Math.min(width * 0.42, Math.max(...asked.map((query) => textWidth(nameOf(query), 12))) + 10);
  const right = 86;
  const x = linear([0, seconds], width - left - right, (width - left) / 110);
  const row = narrow ? ROW * 2 : ROW;
  const body = asked.flatMap((query, i) => {
    const top = i * row + (narrow ? ROW : 0);
    const from = since(query.asked_at);
    const until = query.answered_at ?? nextAttempt(query, all)?.asked_at;
    const to = until === undefined ? seconds : since(until);
    const bad = query.answered_at === null;
    const paint = bad ? BAD : SERIES_COLORS[0]!;
    const end = left + x.at(to);
    const text = endOf(query);
    return [
      narrow
        ? label(shortenTo(nameOf(query), width, 12), 0, top - ROW / 2)
        : label(shortenTo(nameOf(query), left - 8, 12), left - 8, top + ROW / 2, { 'text-anchor': 'end' }),
      told(`${nameOf(query)}: ${text}`, 'rect', {
        x: left + x.at(from),
        y: top + 4,
        width: Math.max(2, x.at(to) - x.at(from)),
        height: ROW - 8,
        fill: paint,
        'fill-opacity': bad ? 0.25 : 0.75,
        stroke: bad ? BAD : null,
        'stroke-dasharray': bad ? '4 3' : null,
      }),
      label(
        shortenTo(text, width - end - 4, 12),
        end + 5,
        top + ROW / 2,
        bad ? { fill: BAD, 'font-weight': 600 } : { 'fill-opacity': 0.85 },
      ),
    ];
  });
  const height = asked.length * row + 4;
  const at = (value: number): number => left + x.at(value);
  const grid = x.ticks.map((tick) => rule(at(tick), 0, at(tick), height, { 'stroke-opacity': 0.14 }));
  const axis = labelsBelow({ at, ticks: x.ticks }, (value) => axisLabel(value, 'seconds'), height - 3, [
    0,
    width,
  ]);
  const leftOut =
    all.length > asked.length
      ? [
          label(`${all.length - asked.length} queries between are left out`, left, height + 26, {
            'fill-opacity': 0.85,
          }),
        ]
      : [];
  return picture(words, width, height + AXIS + (leftOut.length > 0 ? 12 : 0), [
    ...grid,
    ...axis,
    ...body,
    ...leftOut,
  ]);
}

function nameOf({ qtype, qname }: Asked): string {
  return `${qtype} ${qname}`;
}

/** What came of a query, in a word or two. */
function endOf(query: Asked): string {
  if (query.state === 'unanswered')
    return query.query_reached_server === false
      ? 'lost'
      : query.response_left_server
        ? 'answer lost'
        : 'no answer';
  if (query.state === 'unknown') return 'not seen';
  return query.rcode ?? 'answered';
}

/** The query that asked the same question again. */
function nextAttempt(query: Asked, all: readonly Asked[]): Asked | undefined {
  return all.find((other) => other.question_id === query.question_id && other.attempt === query.attempt + 1);
}
