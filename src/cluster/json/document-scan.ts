import { StringDecoder } from 'node:string_decoder';
import { isForeignLine } from './document-bounds.js';
import { isIgnoredBytes } from './ignored.js';

/** Bytes of a document that are walked over at once, at most. */
export const SEGMENT = 16384;
/** Bytes of a string that are kept, and at most a segment more: a ConfigMap's value has no more. */
const MAX_STRING = 1 << 20;
/** Length of a number or literal. */
const MAX_WORD = 1000;
const NOT_IGNORING = -1;

const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const LETTER_U = 117;

/** Why a stretch ends: with an element of a list (or the document), at its limit, at a fault, at text that is no JSON. */
export type Ending = 'element' | 'limit' | 'broken' | 'cut';

/**
 * Walks over the bytes of a JSON document, before the parser does: follows brackets, strings and lines over any
 * number of chunks, and makes the text that the parser gets, without what is ignored or too long.
 */
export class DocumentScan {
  /** Brackets that are open. */
  depth = 0;
  /** What the parser should get of the last stretch. */
  text = '';
  /** Where the last stretch ended, and the line ends that it passed. */
  at = 0;
  lines = 0;
  /** A string is too long, and the rest of it is being left out. */
  dropping = false;
  private decoder = new StringDecoder('utf8');
  private inString = false;
  private stringLength = 0;
  /** Bytes of an escape that are still to come; 5 before the one that tells how many. */
  private escape = 0;
  private wordLength = 0;
  /** Depth that an ignored value stands at. */
  private ignoring = NOT_IGNORING;
  private keptFrom = 0;

  /** Gets ready for another document. */
  reset(): void {
    this.depth = 0;
    this.decoder = new StringDecoder('utf8');
    this.inString = false;
    this.dropping = false;
    this.wordLength = 0;
    this.ignoring = NOT_IGNORING;
  }

  walk(bytes: Buffer, from: number): Ending {
    const limit = Math.min(bytes.length, from + SEGMENT);
    this.text = '';
    this.lines = 0;
    this.keptFrom = from;
    let keyStart = -1;
    let keyEnd = -1;
    let isValue = false;
    for (let i = from; i < limit; i++) {
      if (this.inString) {
        i = this.skipString(bytes, i, limit);
        if (i === limit) break;
        if (bytes[i] === NEWLINE) return this.stop('broken', i);
        this.closeString(i);
        keyEnd = i;
        continue;
      }
      const byte = bytes[i]!;
      if (byte === SPACE) continue;
      if (byte === QUOTE) {
        this.openString();
        keyStart = i + 1;
        keyEnd = -1;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        const isKnown = isValue && keyStart !== -1 && keyEnd !== -1;
        if (isKnown && isIgnoredBytes(bytes, keyStart, keyEnd, byte === OPEN_LIST)) this.ignore(bytes, i);
        this.depth++;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (--this.depth === this.ignoring) this.endIgnoring(i + 1);
        else if (this.depth <= 2 && this.ignoring === NOT_IGNORING) {
          this.keep(bytes, i + 1);
          return this.stop('element', i + 1);
        }
      } else if (byte === NEWLINE) {
        this.lines++;
        if (isForeignLine(bytes, i + 1)) return this.stop('cut', i + 1);
      } else if (byte > SPACE && byte !== COMMA && byte !== COLON && ++this.wordLength > MAX_WORD) {
        return this.stop('broken', i);
      }
      if (byte <= SPACE || byte === COMMA || byte === COLON) this.wordLength = 0;
      if (byte > SPACE) isValue = byte === COLON;
    }
    this.keep(bytes, limit);
    if (this.inString && this.stringLength > MAX_STRING && this.escape === 0) this.dropping = true;
    return this.stop('limit', limit);
  }

  private stop(ending: Ending, at: number): Ending {
    this.at = at;
    return ending;
  }

  /** Goes on to the quote that ends a string, or to a line end, which none may hold. */
  private skipString(bytes: Buffer, from: number, limit: number): number {
    let i = from;
    for (; i < limit; i++) {
      const byte = bytes[i]!;
      if (this.escape > 0) this.escape = this.escape < 5 ? this.escape - 1 : byte === LETTER_U ? 4 : 0;
      else if (byte === QUOTE || byte === NEWLINE) break;
      else if (byte === BACKSLASH) this.escape = 5;
    }
    this.stringLength += i - from;
    return i;
  }

  private openString(): void {
    this.inString = true;
    this.stringLength = 0;
    this.escape = 0;
  }

  private closeString(at: number): void {
    this.inString = false;
    if (this.dropping) this.keptFrom = at;
    this.dropping = false;
  }

  private ignore(bytes: Buffer, at: number): void {
    if (this.ignoring !== NOT_IGNORING) return;
    this.keep(bytes, at);
    this.text += 'null';
    this.ignoring = this.depth;
  }

  private endIgnoring(at: number): void {
    this.ignoring = NOT_IGNORING;
    this.keptFrom = at;
  }

  private keep(bytes: Buffer, end: number): void {
    if (this.dropping || this.ignoring !== NOT_IGNORING) return;
    this.text += this.decoder.write(bytes.subarray(this.keptFrom, end));
  }
}
