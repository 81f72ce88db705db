import { type Attributes, el, type Markup, type Part, short } from '../markup.js';
import type { Scale } from './scale.js';
import { textWidth } from './text-width.js';

/** What a screen reader and a pointer get of a picture. */
export interface Words {
  title: string;
  description: string;
}

/** The colour of text, axes, rules. */
export const INK = 'currentColor';

/** An element that says something where a pointer rests on it. */
export function told(
  about: string,
  name: string,
  attributes: Attributes,
  ...children: readonly Part[]
): Markup {
  return el(name, attributes, el('title', {}, about), ...children);
}

/** A line of text at a place; its middle is at `y`. */
export function label(text: string, x: number, y: number, attributes: Attributes = {}): Markup {
  return el('text', { x, y: y + 4, fill: INK, ...attributes }, text);
}

/** The labels of a scale's ticks below `y`, within two ends; one that would stand on another is left out. */
export function labelsBelow(
  { at, ticks }: Scale,
  text: (value: number) => string,
  y: number,
  [least, most]: readonly [number, number],
): Markup[] {
  let end = -Infinity;
  return ticks.flatMap((tick) => {
    const half = textWidth(text(tick), 12) / 2;
    const middle = Math.min(most - half, Math.max(least + half, at(tick)));
    if (middle - half < end) return [];
    end = middle + half + 8;
    return [label(text(tick), middle, y + 13, { 'text-anchor': 'middle', 'fill-opacity': 0.85 })];
  });
}

/** A straight line from one point to another. */
export function rule(x1: number, y1: number, x2: number, y2: number, attributes: Attributes = {}): Markup {
  return el('line', { x1, y1, x2, y2, stroke: INK, ...attributes });
}

/** A picture that any page may hold: one image to assistive technology, without style, script, id or reference. */
export function picture(
  { title, description }: Words,
  width: number,
  height: number,
  body: readonly Part[],
): Markup {
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'chart',
      role: 'img',
      'aria-label': title,
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      fill: 'none',
    },
    el('title', {}, title),
    el('desc', {}, description),
    ...body,
  );
}

/** A path through points, broken where one is null. */
export function path(points: readonly (readonly [x: number, y: number] | null)[]): string {
  return points
    .map((point, i) =>
      point === null
        ? ''
        : `${i === 0 || points[i - 1] === null ? 'M' : 'L'}${short(point[0])},${short(point[1])}`,
    )
    .join('');
}
