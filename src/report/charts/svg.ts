import { html as escaped } from '../escape.js';

/** What a chart may consist of. Everything else that Vega writes is left out: styles, links, ids, roles, events. */
const ELEMENTS = new Set(['svg', 'g', 'path', 'line', 'rect', 'text', 'tspan']);
const ATTRIBUTES = new Set(
  (
    'd x y x1 x2 y1 y2 dy width height transform fill fill-opacity stroke stroke-width stroke-opacity ' +
    'stroke-dasharray opacity text-anchor font-size font-weight'
  ).split(' '),
);

/** What a screen reader and a pointer get of a chart. */
export interface Words {
  title: string;
  description: string;
}

interface Element {
  name: string;
  attributes: Map<string, string>;
  /** Elements, and texts as they are escaped in Vega's output. */
  children: (Element | string)[];
  /** What the mark stands for; shown where a pointer rests on it. */
  about: string | null;
}

/**
 * Makes of Vega's SVG one that any page may hold, however many there are: scaled to its box, one image to
 * assistive technology, without style, script, id or reference; at least `least` pixels wide, so that the text of
 * several has one size.
 */
export function pageSvg(vega: string, { title, description }: Words, least: number): string {
  const root = readSvg(vega);
  const [, , drawn = 0, height = 0] = (/viewBox="([^"]*)"/.exec(vega)?.[1] ?? '').split(' ').map(Number);
  const width = Math.max(drawn, least);
  const body = root.children.map(write).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="${escaped(title)}"` +
    ` width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="none">` +
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>${body}</svg>`
  );
}

/** Reads what Vega's serializer wrote: tags, attributes in double quotes, text; `<` and `>` are only tags. */
function readSvg(source: string): Element {
  const root: Element = { name: '', attributes: new Map(), children: [], about: null };
  const open = [root];
  for (const [, close, name, attributes, empty, text] of source.matchAll(
    /<(\/?)([A-Za-z]+)((?:\s[^<>]*?)?)(\/?)>|([^<]+)/g,
  )) {
    if (text !== undefined) open.at(-1)!.children.push(text);
    else if (close) open.pop();
    else {
      const element = readElement(name!, attributes!);
      open.at(-1)!.children.push(element);
      if (!empty) open.push(element);
    }
  }
  return root.children.find((child) => typeof child !== 'string') ?? root;
}

function readElement(name: string, attributes: string): Element {
  const all = new Map(
    [...attributes.matchAll(/(?<![\w:-])([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
  );
  const mark = all.get('role') === 'graphics-symbol' && name === 'path';
  const kept = [...all].filter(([key, value]) => ATTRIBUTES.has(key) && !isDefault(key, value));
  return {
    name,
    attributes: new Map(kept.map(([key, value]) => [key, shortNumbers(value)])),
    children: [],
    about: mark ? (all.get('aria-label') ?? null) : null,
  };
}

function isDefault(key: string, value: string): boolean {
  if (key === 'font-weight') return value === 'normal';
  return key === 'opacity' ? value === '1' : key === 'transform' && value === 'translate(0,0)';
}

function shortNumbers(value: string): string {
  return value.replace(/(?<!\d)-?\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100));
}

function write(element: Element | string): string {
  if (typeof element === 'string') return element;
  const { name, attributes, children, about } = element;
  if (!ELEMENTS.has(name) || isUnseen(element)) return '';
  const body = (about === null ? '' : `<title>${about}</title>`) + children.map(write).join('');
  if (name === 'g' && body === '') return '';
  if (name === 'g' && attributes.size === 0) return body;
  const given = [...attributes].map(([key, value]) => ` ${key}="${value}"`).join('');
  return body === '' ? `<${name}${given}/>` : `<${name}${given}>${body}</${name}>`;
}

/** Frames of groups without colour, and labels that Vega hid because they overlap. */
function isUnseen({ name, attributes }: Element): boolean {
  if (name === 'g' || name === 'tspan') return false;
  if (attributes.get('opacity') === '0') return true;
  const paint = [attributes.get('fill'), attributes.get('stroke')];
  return paint.every((value) => value === undefined || value === 'none' || value === 'transparent');
}
