import { grouped } from '../../../base/counted.js';
import { INK, label, picture, told, type Words } from '../../charts/svg.js';
import { shortenTo } from '../../charts/text-width.js';
import { BAD } from '../../charts/theme.js';
import { el, type Markup, markup } from '../../markup.js';
import type { Arrow, Place, Way } from './way.js';
import { arrowLine, arrowTexts, type Drawn, type Point } from './way-arrow.js';

/** Height of a place, and what lies between two beside each other. */
const HEIGHT = 62;
const APART = 42;
/** Pixels between two layers, from the top down. */
const DOWN = 76;
/** What is said of it in words at most. */
const SENTENCES = 8;

interface Spot {
  x: number;
  y: number;
  width: number;
}

/**
 * Draws the way from the left to the right, or on a narrow page from the top down. What was lost stands on the arrow
 * that it was lost on, what was not answered in the place that did not.
 */
export function drawWay(way: Way, words: Words, width: number): Markup {
  const down = width < 700;
  const spots = down ? spotsDown(way, width) : spotsAcross(way, width);
  const height = Math.max(...[...spots.values()].map(({ y }) => y + HEIGHT)) + 4;
  const arrows = way.arrows.map((arrow) => drawn(arrow, way, spots, down, width));
  return picture(words, width, height, [
    ...arrows.map(arrowLine),
    ...way.layers.flatMap(({ title, places }) =>
      places.map((place) => placeParts(place, title, spots.get(place)!)),
    ),
    ...arrows.map(arrowTexts),
  ]);
}

function spotsAcross({ layers }: Way, width: number): Map<Place, Spot> {
  const own = Math.min(210, (width - 4) / (layers.length + 0.8 * (layers.length - 1)));
  const step = (width - 4 - own) / (layers.length - 1);
  const most = Math.max(...layers.map(({ places }) => places.length));
  const height = most * HEIGHT + (most - 1) * APART;
  return new Map(
    layers.flatMap(({ places }, i) => {
      const top = (height - places.length * HEIGHT - (places.length - 1) * APART) / 2;
      return places.map(
        (place, k) => [place, { x: 2 + i * step, y: 2 + top + k * (HEIGHT + APART), width: own }] as const,
      );
    }),
  );
}

function spotsDown({ layers }: Way, width: number): Map<Place, Spot> {
  return new Map(
    layers.flatMap(({ places }, i) => {
      const own = Math.min(180, (width - 4 - (places.length - 1) * 8) / places.length);
      const left = (width - places.length * own - (places.length - 1) * 8) / 2;
      return places.map(
        (place, k) => [place, { x: left + k * (own + 8), y: 2 + i * (HEIGHT + DOWN), width: own }] as const,
      );
    }),
  );
}

function placeParts(place: Place, title: string, { x, y, width }: Spot): Markup {
  const middle = x + width / 2;
  const centred = { 'text-anchor': 'middle' };
  const bad = place.silent > 0;
  return told(
    `${title} ${place.name}`,
    'g',
    {},
    el('rect', {
      x,
      y,
      width,
      height: HEIGHT,
      rx: 6,
      fill: 'var(--shade, #f5f6f7)',
      stroke: bad ? BAD : INK,
      'stroke-width': bad ? 2 : 1,
      'stroke-opacity': place.seen ? 0.7 : 0.45,
      'stroke-dasharray': place.seen ? null : '5 4',
    }),
    label(title, middle, y + (place.name === '' ? HEIGHT / 2 : 16), { ...centred, 'font-weight': 600 }),
    ...(place.name === ''
      ? []
      : [
          label(shortenTo(shortName(place.name), width - 12, 12), middle, y + (bad ? 32 : 40), {
            ...centred,
            'fill-opacity': 0.85,
          }),
        ]),
    ...(bad
      ? [
          label(shortenTo(`${grouped(place.silent)} unanswered`, width - 8, 12), middle, y + 49, {
            ...centred,
            fill: BAD,
            'font-weight': 600,
          }),
        ]
      : []),
  );
}

/** An arrow from the side of one place to the side of the next, or from below one to above the next. */
function drawn(arrow: Arrow, way: Way, spots: ReadonlyMap<Place, Spot>, down: boolean, width: number): Drawn {
  const [a, b] = [spots.get(arrow.from)!, spots.get(arrow.to)!];
  const from: Point = down ? [a.x + a.width / 2, a.y + HEIGHT] : [a.x + a.width, a.y + HEIGHT / 2];
  const to: Point = down ? [b.x + b.width / 2, b.y] : [b.x, b.y + HEIGHT / 2];
  const straight = Math.abs(down ? from[0] - to[0] : from[1] - to[1]) < 4;
  const meets = way.arrows.filter((other) => other.to === arrow.to).length > 1;
  return {
    from,
    to,
    counts: arrow.counts,
    lost: arrow.to.kind === 'upstream' ? 'unanswered' : 'lost',
    // near the end where arrows are apart
    at: straight ? 0.5 : meets ? 0.44 : 0.6,
    side: !down ? 'middle' : from[0] + to[0] < width - 8 ? 'end' : 'start',
  };
}

/** A pod's or service's name without its namespace. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** The way in words, for who cannot see it or wants to know where. */
export function waySentences({ sentences }: Way): Markup {
  if (sentences.length === 0)
    return markup`<p class="about">No query and no answer was lost on the way, and none was late, as far as this evidence shows.</p>\n`;
  const items = sentences.slice(0, SENTENCES).map((text) => markup`<li>${text}</li>`);
  return markup`<ul class="about">${items}</ul>\n`;
}
