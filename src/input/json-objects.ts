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
