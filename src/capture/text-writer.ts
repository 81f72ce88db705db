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

  decimal(value: number): void {
    let scale = 1;
    while (value / scale >= 10) scale *= 10;
    for (; scale >= 1; scale /= 10) this.byte(48 + (Math.floor(value / scale) % 10));
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
