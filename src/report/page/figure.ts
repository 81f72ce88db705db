import { WIDTHS } from '../charts/index.js';

/** A picture drawn for a desk and for a phone; the style sheet shows the one that fits. '' where there is nothing to draw. */
export function figureHtml(
  draw: (width: number) => string | null,
  { name, wide = WIDTHS.wide }: { name?: string; wide?: number } = {},
): string {
  const drawn = Object.entries({ ...WIDTHS, wide }).flatMap(([size, width]) => {
    const svg = draw(width);
    return svg === null ? [] : [`<div class="${size}">${svg}</div>`];
  });
  if (drawn.length === 0) return '';
  return `<figure${name === undefined ? '' : ` class="${name}"`}>${drawn.join('\n')}</figure>`;
}
