import type { Sink } from '../raw/sink.js';

const MOST_SHAPES = 64;
const LONGEST_EXAMPLE = 160;

/** Counts lines that are none of CoreDNS's, one problem with one example for each shape of them. */
export class UnknownLines {
  private readonly examples = new Map<string, string>();

  constructor(private readonly sink: Sink) {}

  add(text: string, line: number, isKept: boolean): void {
    const example = text.slice(0, LONGEST_EXAMPLE);
    const shape = `${isKept}${shapeOf(example)}`;
    if (!this.examples.has(shape) && this.examples.size < MOST_SHAPES) this.examples.set(shape, example);
    const shown = this.examples.get(shape) ?? null;
    this.sink.problem({
      code: 'unknown-line',
      detail: `No line that CoreDNS or NodeLocal DNSCache is known to write${shown === null ? ', of too many forms to show' : isKept ? '; it is kept in log_events as `other`' : '; it was passed over'}.`,
      example: shown,
      position: `line ${line}`,
    });
  }
}

/** A line with what varies between its like masked: quoted parts, hexadecimal numbers, digits. */
export function shapeOf(text: string): string {
  return text
    .replace(/"[^"]*"|'[^']*'/g, '"')
    .replace(/\b(?:0x)?[0-9a-f]{8,}\b/gi, '#')
    .replace(/\d+/g, '#')
    .replace(/\s+/g, ' ');
}
