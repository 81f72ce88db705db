import { shorten, widthOf } from '../text-layout.js';

const NARROW = /[ .,:;'|!iIjlft()[\]/\\-]/;
const WIDE = /[A-Zmw@%…]/;
const WIDEST = /[MW\u2E80-\u{10ffff}]/u;

/** About how many pixels a text takes in a wide sans-serif font; nothing here can draw, so nothing can measure. */
export function textWidth(text: string, fontSize: number): number {
  let units = 0;
  for (const character of text) {
    units += NARROW.test(character) ? 0.37 : WIDEST.test(character) ? 1 : WIDE.test(character) ? 0.78 : 0.62;
  }
  return Math.ceil(units * fontSize);
}

/** A text of at most about `room` pixels, its middle left out. */
export function shortenTo(text: string, room: number, fontSize: number): string {
  let shown = text;
  for (
    let width = Math.min(widthOf(text), 200) - 1;
    textWidth(shown, fontSize) > room && width > 4;
    width--
  ) {
    shown = shorten(text, width);
  }
  return shown;
}
