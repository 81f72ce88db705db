/** Characters of a string that are kept: a ConfigMap's value has no more. */
const MAX_STRING = 1 << 20;

const QUOTE = 34;
const BACKSLASH = 92;

/** Follows a JSON string character by character: where it ends, and where it gets too long to be kept. */
export class StringState {
  inside = false;
  /** The string is too long and its characters are left out; its closing quote is not. */
  dropping = false;
  private length = 0;
  /** Characters of an escape that are still to come. */
  private escape = 0;

  reset(): void {
    this.inside = false;
    this.dropping = false;
  }

  open(): void {
    this.inside = true;
    this.dropping = false;
    this.length = 0;
    this.escape = 0;
  }

  take(code: number): void {
    if (this.escape > 0) {
      // The first character after a backslash says how long the escape is: \uXXXX, else one.
      this.escape = this.escape === 5 ? (code === 117 ? 4 : 0) : this.escape - 1;
      return;
    }
    if (code === QUOTE) {
      this.inside = false;
      this.dropping = false;
      return;
    }
    if (++this.length > MAX_STRING) this.dropping = true;
    if (code === BACKSLASH) this.escape = 5;
  }
}
