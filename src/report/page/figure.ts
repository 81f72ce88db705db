import { WIDTHS } from '../charts/index.js';
import { lines, type Markup, markup } from '../markup.js';

/** A picture drawn for a desk and for a phone; the style sheet shows the one that fits. Null where there is nothing to draw. */
export function figureHtml(
  draw: (width: number) => Markup | null,
  { name, wide = WIDTHS.wide }: { name?: string; wide?: number } = {},
): Markup | null {
  const drawn = Object.entries({ ...WIDTHS, wide }).flatMap(([size, width]) => {
    const svg = draw(width);
    return svg === null ? [] : [markup`<div class="${size}">${svg}</div>`];
  });
  if (drawn.length === 0) return null;
  return markup`<figure${name === undefined ? null : markup` class="${name}"`}>${lines(drawn)}</figure>`;
}
