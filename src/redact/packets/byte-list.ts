/** Bytes that are written one after the other, in network order. */
export class ByteList {
  private readonly parts: number[] = [];

  get length(): number {
    return this.parts.length;
  }

  u8(value: number): this {
    this.parts.push(value & 0xff);
    return this;
  }

  u16(value: number): this {
    return this.u8(value >> 8).u8(value);
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value & 0xffff);
  }

  add(bytes: Iterable<number>): this {
    for (const byte of bytes) this.parts.push(byte);
    return this;
  }

  get bytes(): Uint8Array {
    return Uint8Array.from(this.parts);
  }
}

/** The Internet checksum of bytes that lie behind each other (RFC 1071). */
export function checksum(...parts: readonly Uint8Array[]): number {
  let sum = 0;
  let place = 0;
  for (const part of parts) for (const byte of part) sum += place++ % 2 === 0 ? byte << 8 : byte;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
