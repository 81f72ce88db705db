import { counted, grouped } from '../base/counted.js';
import type { Thresholds } from '../models/thresholds.js';

/** A figure of a cause's numbers, as DuckDB gives it. */
export type Figure = number | bigint | boolean | string | null | readonly string[];
export type Figures = Readonly<Record<string, Figure>>;

type Form =
  | { kind: 'plain' }
  | { kind: 'fixed'; decimals: number; percent: boolean }
  | { kind: 'counted' | 'chosen'; one: string; many: string };
type Part = string | { name: string; limit: boolean; form: Form };

const PLACE = /\{(\$?)([a-z][a-z0-9_]*)(?:([:|?])([^{}]*))?\}/g;

/**
 * A sentence with places for figures:
 *
 *     {lost}                a text as it is, a number with commas between thousands; {$least} a limit
 *     {seconds:.1}          with one decimal
 *     {share:%} {share:%.1} a share of 1 as per cent
 *     {lost|query|queries}  counted: 1 query, 2 queries
 *     {lost?it|them}        the word that goes with the count, alone
 */
export class Sentence {
  private readonly parts: readonly Part[];

  /** Throws an Error that says what is wrong with the text, to follow its place. */
  constructor(readonly text: string) {
    this.parts = parse(text);
  }

  /** Figures that it needs. */
  get figures(): string[] {
    return this.names(false);
  }

  /** Limits that it names. */
  get limits(): string[] {
    return this.names(true);
  }

  /** Throws where a figure or limit is not there, which is a bug in the cause's file. */
  render(figures: Figures, limits: Thresholds): string {
    return this.parts
      .map((part) => {
        if (typeof part === 'string') return part;
        const value = part.limit ? limits[part.name]?.default : figures[part.name];
        if (value === undefined) throw new Error(`there is no ${part.limit ? '$' : ''}${part.name}`);
        return shown(value, part.form);
      })
      .join('');
  }

  private names(limits: boolean): string[] {
    return this.parts.flatMap((part) =>
      typeof part !== 'string' && part.limit === limits ? [part.name] : [],
    );
  }
}

function parse(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACE)) {
    const [whole, dollar, name, mark, rest = ''] = match;
    parts.push(text.slice(end, match.index), {
      name: name!,
      limit: dollar === '$',
      form: formOf(whole, mark, rest),
    });
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  const stray = parts.find((part) => typeof part === 'string' && /[{}]/.test(part));
  if (stray !== undefined)
    throw new Error(`has a brace that is no place for a figure: ${JSON.stringify(stray)}`);
  return parts;
}

function formOf(whole: string, mark: string | undefined, rest: string): Form {
  if (mark === undefined) return { kind: 'plain' };
  if (mark === ':') {
    const [, percent, decimals] = /^(%?)(?:\.(\d))?$/.exec(rest) ?? [];
    if (percent === undefined || rest === '') throw new Error(`has a form that is none: ${whole}`);
    return { kind: 'fixed', decimals: Number(decimals ?? 0), percent: percent === '%' };
  }
  const words = rest.split('|');
  if (words.length !== 2) throw new Error(`needs a word for one and a word for many: ${whole}`);
  return { kind: mark === '|' ? 'counted' : 'chosen', one: words[0]!, many: words[1]! };
}

function shown(value: Figure, form: Form): string {
  if (value === null) return 'unknown';
  const number = Number(value);
  switch (form.kind) {
    case 'plain':
      if (Array.isArray(value)) return value.join(', ');
      return typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : plain(number);
    case 'fixed':
      return form.percent ? `${grouped(number * 100, form.decimals)} %` : grouped(number, form.decimals);
    case 'counted':
      return counted(number, form.one, form.many);
    case 'chosen':
      return number === 1 ? form.one : form.many;
  }
}

/** A number with the decimals that it has. */
function plain(number: number): string {
  return grouped(number, String(number).split('.')[1]?.length ?? 0);
}
