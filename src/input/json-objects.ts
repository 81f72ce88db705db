import { withoutToolLines } from './tool-line.js';

/** An object of a JSON text, and the line that it begins on. */
export interface ObjectText {
  readonly text: string;
  readonly line: number;
}

/**
 * Cuts the objects of a JSON array, or objects one after the other, out of a stream of text; what stands between them
 * is passed over. An object longer than `limit` characters is left out, and `onTooLong` told its line.
 */
export class ObjectCutter {
  private rest = '';
  private at = 0;
  private depth = 0;
  private inString = false;
  private isEscaped = false;
  private line = 1;
  private startLine = 1;
  private tooLong = false;

  constructor(
    private readonly onObject: (object: ObjectText) => void,
    private readonly onTooLong: (line: number) => void,
    private readonly limit: number,
  ) {}

  push(text: string): void {
    this.rest += text;
    let start = this.depth > 0 ? 0 : this.rest.length;
    for (; this.at < this.rest.length; this.at++) {
      const char = this.rest.charCodeAt(this.at);
      if (char === 10) this.line++;
      if (this.depth === 0) {
        if (char !== 123) continue;
        start = this.at;
        this.startLine = this.line;
        this.depth = 1;
      } else if (this.isEscaped) this.isEscaped = false;
      else if (this.inString) {
        if (char === 92) this.isEscaped = true;
        else if (char === 34) this.inString = false;
      } else if (char === 34) this.inString = true;
      else if (char === 123) this.depth++;
      else if (char === 125 && --this.depth === 0) {
        if (this.tooLong) this.onTooLong(this.startLine);
        else this.onObject({ text: this.rest.slice(start, this.at + 1), line: this.startLine });
        this.tooLong = false;
        start = this.rest.length;
      }
    }
    this.keep(this.depth > 0 ? start : this.rest.length);
  }

  /** Whether the text ended inside an object. */
  get isCut(): boolean {
    return this.depth > 0;
  }

  private keep(start: number): void {
    this.rest = this.rest.slice(start);
    if (this.rest.length > this.limit) {
      this.tooLong = true;
      this.rest = '';
    }
    this.at = this.rest.length;
  }
}

/** What is done with the objects of a JSON text. */
export interface ObjectTaker {
  readonly object: (object: ObjectText) => void;
  /** Told the line of an object longer than `limit` characters, which is left out. */
  readonly tooLong: (line: number) => void;
  readonly limit: number;
}

/** Gives each object of chunks of UTF-8 to a taker; false where they end inside of one. */
export async function forEachObject(
  chunks: AsyncIterable<Uint8Array>,
  { object, tooLong, limit }: ObjectTaker,
): Promise<boolean> {
  const cutter = new ObjectCutter(object, tooLong, limit);
  const decoder = new TextDecoder();
  for await (const chunk of chunks) cutter.push(decoder.decode(chunk, { stream: true }));
  cutter.push(decoder.decode());
  return !cutter.isCut;
}

/** Objects looked at to tell what an input is. */
const LOOKED_AT = 200;

/** The share of known ones among the first objects of a head; 0 where it begins with anything else than JSON. */
export function shareOfObjects(head: Uint8Array, isKnown: (text: string) => boolean): number {
  const text = withoutToolLines(new TextDecoder().decode(head));
  if (!/^\s*[[{]/.test(text)) return 0;
  let [seen, known] = [0, 0];
  const cutter = new ObjectCutter(
    ({ text: one }) => {
      if (seen === LOOKED_AT) return;
      seen++;
      if (isKnown(one)) known++;
    },
    () => undefined,
    text.length,
  );
  cutter.push(text);
  return seen === 0 ? 0 : known / seen;
}
