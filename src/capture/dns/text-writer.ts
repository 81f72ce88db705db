/** Writes record data as text into a buffer that is used again and again. */
export class TextWriter {
  bytes = new Uint8Array(4096);
  length = 0;

  clear(): this {
    this.length = 0;
    return this;
  }

  byte(byte: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  space(): void {
    this.byte(32);
  }

  /** An unsigned number of 32 bits. */
  decimal(value: number): void {
    this.reserve(10);
    let digits = 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) >>> 0) digits++;
    this.length += digits;
    for (let at = this.length - 1; digits > 0; digits--, at--) {
      const rest = (value / 10) >>> 0;
      this.bytes[at] = 48 + value - 10 * rest;
      value = rest;
    }
  }

  copy(bytes: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    for (let i = start; i < end; i++) this.bytes[this.length++] = bytes[i]!;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const wider = new Uint8Array(2 * (this.length + more));
    wider.set(this.bytes.subarray(0, this.length));
    this.bytes = wider;
  }
}
