const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const LONGEST_RECORD = 16 << 20;
const DEEPEST = 200;

/** First members of answers that are one JSON object: aws logs, Loki's API, Elasticsearch. */
const ANSWER =
  /^\s*\{\s*(?:\n|$|"(?:events|results|status|data|took|hits|_scroll_id|searchedLogStreams|nextForwardToken|nextBackwardToken)"\s*:)/;

/** Whether a text is JSON whose records are not one a line. */
export function isJsonDocument(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 4096))
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return /^\s*\[\s*[[{]/.test(text) || ANSWER.test(text);
}

/** Takes the text of a record; null if it was too long. */
export type TakeRecord = (json: string | null) => void;

/**
 * Cuts JSON of any size into records: the elements of the first array of objects or arrays that each document
 * has, or the document itself. Only one record is held at a time.
 */
export class JsonDocument {
  private depth = 0;
  /** Depth inside the array whose elements are the records; 0 outside. */
  private arrayDepth = 0;
  private isInString = false;
  private isEscaped = false;
  /** An array was opened just now: what comes first in it says whether it holds records. */
  private isArrayNew = false;
  private wasTooDeep = false;
  private parts: Uint8Array[] = [];
  private length = 0;

  constructor(private readonly take: TakeRecord) {}

  push(chunk: Uint8Array): void {
    // Where the record in progress begins in this chunk; -1 outside of any.
    let from = this.isInRecord() ? 0 : -1;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (this.isInString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) this.isInString = false;
        continue;
      }
      if (byte === QUOTE) this.isInString = true;
      if (this.isArrayNew && byte > 32) {
        this.isArrayNew = false;
        if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
          this.arrayDepth = this.depth;
          this.drop();
          from = -1;
        }
      }
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (this.depth === this.arrayDepth) from = at;
        if (byte === OPEN_ARRAY && this.arrayDepth === 0) this.isArrayNew = true;
        if (++this.depth > DEEPEST) this.reset();
      } else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && this.depth > 0) {
        this.depth--;
        if (this.depth < this.arrayDepth) this.arrayDepth = 0;
        else if (this.depth === this.arrayDepth && from >= 0) {
          this.keep(chunk, from, at + 1);
          this.emit();
          from = -1;
        }
      }
    }
    if (from >= 0) this.keep(chunk, from, chunk.length);
  }

  /** What is wrong with the text that has come to its end, or null. */
  fault(): string | null {
    if (this.wasTooDeep) return 'The JSON is nested as no answer is; what could be told apart was read.';
    return this.depth > 0 ? 'The JSON ends before its last bracket; the records before were read.' : null;
  }

  private isInRecord(): boolean {
    return this.parts.length > 0;
  }

  private keep(chunk: Uint8Array, start: number, end: number): void {
    this.length += end - start;
    // A copy: the chunk is the reader's again when this returns.
    if (this.length <= LONGEST_RECORD) this.parts.push(chunk.slice(start, end));
  }

  private emit(): void {
    const isWhole = this.length <= LONGEST_RECORD;
    this.take(isWhole ? Buffer.concat(this.parts).toString('utf8') : null);
    this.drop();
  }

  private drop(): void {
    this.parts = [];
    this.length = 0;
  }

  /** Gives up a document that is nested as no answer is. */
  private reset(): void {
    this.wasTooDeep = true;
    this.depth = 0;
    this.arrayDepth = 0;
    this.drop();
  }
}
