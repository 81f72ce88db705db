import { jsonParser } from 'stream-json/core/parser.js';
import { startsDocument } from './document-bounds.js';
import { DocumentScan, SEGMENT } from './document-scan.js';
import { ItemAssembler, type ItemHandler } from './item-assembler.js';

/** What a reader of a text with JSON documents in it is told, in the text's order. */
export interface DocumentHandler extends ItemHandler {
  /** A line outside documents: a date, a prompt; at most 500 characters of it. */
  onLine(text: string, line: number): void;
  /** A document could not be read on; what follows it is. */
  onBroken(detail: string, line: number): void;
}

const MAX_LINE = 500;
/** Times that a broken stretch is looked through again, for each SEGMENT of bytes. */
const RETRIES = 16;

const NEWLINE = 10;
const SPACE = 32;
const COMMA = 44;
const OPEN_LIST = 91;
const OPEN_OBJECT = 123;

const BROKEN = 'A JSON document is broken; the object with the fault was left out, the others were kept.';
const CUT = 'A JSON document is cut off; the object that it ends in was left out, the others were kept.';
const LONG = 'A string in a JSON document is longer than 1 MiB; the rest of it was left out.';

const BYTE_ORDER_MARK = new Set([0xef, 0xbb, 0xbf]);

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
  private readonly scan = new DocumentScan();
  private outside: number[] = [];
  private atLineStart = true;
  private held: Buffer = Buffer.alloc(0);
  private retries = RETRIES;
  /** Bytes before the chunk that is being read, and before which faults have been told. */
  private base = 0;
  private toldTo = -1;
  /** Line that is being read, from 1. */
  line = 1;

  constructor(private readonly handler: DocumentHandler) {
    this.assembler = new ItemAssembler(handler);
  }

  push(bytes: Uint8Array): void {
    this.retries = Math.min(this.retries + (RETRIES * bytes.length) / SEGMENT, RETRIES * 8);
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const all = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    this.held = Buffer.alloc(0);
    this.read(all, false);
  }

  /** Ends the input; false if it ended inside a document. */
  end(): boolean {
    this.read(this.held, true);
    const whole = !this.inside;
    if (!whole) this.abandon(CUT, Infinity);
    this.endLine();
    return whole;
  }

  private read(bytes: Buffer, last: boolean): void {
    for (let at = 0; at < bytes.length;) {
      at = this.inside ? this.readDocument(bytes, at) : this.readOutside(bytes, at, last);
    }
    this.base += bytes.length - this.held.length;
  }

  private readOutside(bytes: Buffer, from: number, last: boolean): number {
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === NEWLINE) {
        this.endLine();
        this.line++;
        continue;
      }
      if (
        (byte === OPEN_OBJECT && (this.lost || this.atLineStart)) ||
        (byte === OPEN_LIST && this.atLineStart)
      ) {
        const starts = startsDocument(bytes, i) ?? (last ? true : null);
        if (starts === null) {
          this.held = Buffer.from(bytes.subarray(i));
          return bytes.length;
        }
        if (starts) {
          this.startDocument();
          return i;
        }
      }
      // A byte order mark and the comma between the elements of a broken list leave the line's start a start.
      if (byte > SPACE && byte !== COMMA && !BYTE_ORDER_MARK.has(byte)) this.atLineStart = false;
      if (this.outside.length < MAX_LINE) this.outside.push(byte);
    }
    return bytes.length;
  }

  private endLine(): void {
    const text = Buffer.from(this.outside).toString('utf8').trim();
    if (text !== '') this.handler.onLine(text, this.line);
    this.outside.length = 0;
    this.atLineStart = true;
    this.lost = false;
  }

  private startDocument(): void {
    const { lost } = this;
    this.endLine();
    this.lost = lost;
    this.inside = true;
    this.fresh = true;
    this.scan.reset();
  }

  /** Reads on to the end of an element, of a segment or of the document; returns where it stopped. */
  private readDocument(bytes: Buffer, from: number): number {
    const { scan } = this;
    const startLine = this.line;
    const wasDropping = scan.dropping;
    const ending = scan.walk(bytes, from);
    this.line += scan.lines;
    if (scan.dropping && !wasDropping) this.handler.onFault('json-long-string', LONG);
    if (ending === 'broken' || ending === 'cut') {
      this.abandon(ending === 'cut' ? CUT : BROKEN, this.base + scan.at);
      this.atLineStart = true;
      return scan.at;
    }
    try {
      this.parse(scan.text);
    } catch {
      const again = this.fresh ? from + 1 : from;
      this.abandon(BROKEN, this.base + scan.at);
      if (this.retries < 1) return scan.at;
      this.retries--;
      this.line = startLine;
      return again;
    }
    this.fresh = false;
    if (scan.depth <= 0) this.inside = false;
    return scan.at;
  }

  private parse(text: string): void {
    const result = text === '' ? null : this.parser(text);
    if (typeof result !== 'object' || result === null || !('values' in result)) return;
    for (const token of result.values) this.assembler.take(token);
  }

  /** Gives up a document that cannot be read on at `to`; a stretch that is looked through again is told of once. */
  private abandon(detail: string, to: number): void {
    if (to > this.toldTo) this.handler.onBroken(detail, this.line);
    this.toldTo = Math.max(this.toldTo, to);
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
