import { html as escaped } from './escape.js';

/** What can be put into markup: texts and numbers are escaped, markup is not, null is nothing, lists are put one after the other. */
export type Part = Markup | string | number | null | readonly Part[];

/** HTML or SVG. Only `markup` and `el` make it, so that a text cannot get into a page but escaped. */
export class Markup {
  private constructor(readonly text: string) {}

  /** What is no text of the evidence and must not be escaped: style sheets, scripts, their data (`jsonInHtml`). */
  static trusted(text: string): Markup {
    return new Markup(text);
  }
}

/** Markup as it is written here, with what is put into it: the tag of a template. */
export function markup(written: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = written[0]!;
  for (const [i, part] of parts.entries()) text += textOf(part) + written[i + 1]!;
  return Markup.trusted(text);
}

/** Parts with a line break between them. */
export function lines(parts: readonly Part[]): Markup {
  return Markup.trusted(parts.map(textOf).join('\n'));
}

export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** One element whose attributes depend on much; what is null is left out, numbers have two decimals. */
export function el(name: string, attributes: Attributes, ...children: readonly Part[]): Markup {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined
      ? []
      : [` ${key}="${typeof value === 'number' ? short(value) : escaped(value)}"`],
  );
  const body = textOf(children);
  return Markup.trusted(
    body === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${body}</${name}>`,
  );
}

/** A number of a picture: pixels with two decimals. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function textOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return part instanceof Markup ? part.text : part.map(textOf).join('');
}
