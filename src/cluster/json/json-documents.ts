import { jsonParser } from 'stream-json/core/parser.js';
import { isForeignLine, startsDocument } from './document-bounds.js';
import { ItemAssembler, type ItemHandler } from './item-assembler.js';
import { StringState } from './string-state.js';

/** What a reader of a text with JSON documents in it is told, in the text's order. */
export interface DocumentHandler extends ItemHandler {
  /** A line outside documents: a date, a prompt; at most 500 characters of it. */
  onLine(text: string, line: number): void;
  /** A document could not be read on; what follows it is. */
  onBroken(detail: string, line: number): void;
}

/** Characters that are given to the parser at once, at most. */
const SEGMENT = 16384;
const MAX_LINE = 500;
/** Length of a number or literal. */
const MAX_WORD = 1000;
/** Times that a broken stretch is looked through again, for each SEGMENT of text. */
const RETRIES = 16;

const NEWLINE = 10;
const QUOTE = 34;

const BROKEN = 'A JSON document is broken; the object with the fault was left out, the others were kept.';
const CUT = 'A JSON document is cut off; the object that it ends in was left out, the others were kept.';
const LONG = 'A string in a JSON document is longer than 1 MiB; the rest of it was left out.';

/**
 * Finds JSON documents among lines of other text and reads them as a stream, in bounded memory however large or
 * deep they are. stream-json gets a document in segments that end where an element of its list ends, so
 * that a fault takes with it no element but its own; after a fault the next object is looked for.
 */
export class JsonDocuments {
  private readonly assembler: ItemAssembler;
  private parser = newParser();
  private inside = false;
  /** The document's first segment is still to be read. */
  private fresh = false;
  /** After a fault, up to the end of the line: objects begin anywhere. */
  private lost = false;
  private depth = 0;
  private readonly string = new StringState();
  private wordLength = 0;
  private lineText = '';
  private atLineStart = true;
  private held = '';
  private retries = RETRIES;
  /** Line that is being read, from 1. */
  line = 1;

  constructor(private readonly handler: DocumentHandler) {
    this.assembler = new ItemAssembler(handler);
  }

  push(text: string): void {
    this.retries = Math.min(this.retries + (RETRIES * text.length) / SEGMENT, RETRIES * 8);
    const all = this.held + text;
    this.held = '';
    this.read(all, false);
  }

  /** Ends the text; false if it ended inside a document. */
  end(): boolean {
    const held = this.held;
    this.held = '';
    this.read(held, true);
    const whole = !this.inside;
    if (!whole) this.abandon(CUT);
    this.endLine();
    return whole;
  }

  private read(text: string, last: boolean): void {
    for (let at = 0; at < text.length;)
      at = this.inside ? this.readDocument(text, at) : this.readOutside(text, at, last);
  }

  private readOutside(text: string, from: number, last: boolean): number {
    for (let i = from; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === NEWLINE) {
        this.endLine();
        this.line++;
        continue;
      }
      if ((code === 123 && (this.lost || this.atLineStart)) || (code === 91 && this.atLineStart)) {
        const starts = startsDocument(text, i) ?? (last ? true : null);
        if (starts === null) {
          this.held = text.slice(i);
          return text.length;
        }
        if (starts) {
          this.startDocument();
          return i;
        }
      }
      if (code > 32 && code !== 44) this.atLineStart = false;
      if (this.lineText.length < MAX_LINE) this.lineText += text[i];
    }
    return text.length;
  }

  private endLine(): void {
    const text = this.lineText.trim();
    if (text !== '') this.handler.onLine(text, this.line);
    this.lineText = '';
    this.atLineStart = true;
    this.lost = false;
  }

  private startDocument(): void {
    const { lost } = this;
    this.endLine();
    this.lost = lost;
    this.inside = true;
    this.fresh = true;
    this.depth = 0;
    this.wordLength = 0;
    this.string.reset();
  }

  /** Reads on to the end of an element, of a segment or of the document; returns where it stopped. */
  private readDocument(text: string, from: number): number {
    const startLine = this.line;
    const { string } = this;
    const limit = Math.min(text.length, from + SEGMENT);
    let kept = '';
    let keptFrom = from;
    for (let i = from; i < limit; i++) {
      const code = text.charCodeAt(i);
      if (string.inside) {
        const was = string.dropping;
        if (code === NEWLINE) return this.abandonAt(BROKEN, i);
        string.take(code);
        if (string.dropping === was) continue;
        if (was) keptFrom = i;
        else {
          kept += text.slice(keptFrom, i);
          this.handler.onFault('json-long-string', LONG);
        }
      } else if (code === QUOTE) string.open();
      else if (code === 123 || code === 91) this.depth++;
      else if (code === 125 || code === 93) {
        if (--this.depth <= 2) return this.feed(kept + text.slice(keptFrom, i + 1), from, i + 1, startLine);
      } else if (code === NEWLINE) {
        this.line++;
        if (isForeignLine(text, i + 1)) return this.abandonAt(CUT, i + 1);
      } else if (code <= 32 || code === 44 || code === 58) this.wordLength = 0;
      else if (++this.wordLength > MAX_WORD) return this.abandonAt(BROKEN, i);
    }
    return this.feed(string.dropping ? kept : kept + text.slice(keptFrom, limit), from, limit, startLine);
  }

  /** Gives a segment, from `from` to `to` in the text, to the parser; returns where to go on. */
  private feed(segment: string, from: number, to: number, startLine: number): number {
    try {
      const result = this.parser(segment);
      if (typeof result === 'object' && 'values' in result) {
        for (const token of result.values) this.assembler.take(token);
      }
    } catch {
      const begin = this.fresh ? from + 1 : from;
      this.abandon(BROKEN);
      if (this.retries < 1) return to;
      this.retries--;
      this.line = startLine;
      return begin;
    }
    this.fresh = false;
    if (this.depth <= 0) this.inside = false;
    return to;
  }

  private abandonAt(detail: string, at: number): number {
    this.abandon(detail);
    this.atLineStart = true;
    return at;
  }

  private abandon(detail: string): void {
    this.handler.onBroken(detail, this.line);
    this.assembler.reset();
    this.parser = newParser();
    this.inside = false;
    this.lost = true;
    this.atLineStart = false;
  }
}

function newParser(): ReturnType<typeof jsonParser> {
  return jsonParser({ packValues: true, streamValues: false, jsonStreaming: true });
}
