/** Fields of one message of protobuf that are read, by their numbers. */
export interface ProtoFields {
  /** Values of varints and of 32 bits; a double holds what times and ports need. */
  readonly numbers: ReadonlyMap<number, number>;
  readonly bytes: ReadonlyMap<number, Uint8Array>;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
/** Fields of one message; those that are defined are fewer. */
const MOST_FIELDS = 100;
const LONGEST_VARINT = 10;

/** Reads the fields of a protobuf message (varint, 64 and 32 bits, octets), the last of equals; null where it is none. */
export function readFields(message: Uint8Array): ProtoFields | null {
  const numbers = new Map<number, number>();
  const bytes = new Map<number, Uint8Array>();
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let i = 0; i < LONGEST_VARINT && at < message.length; i++) {
      const byte = message[at++]!;
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return value;
    }
    return -1;
  };
  for (let count = 0; at < message.length; count++) {
    const tag = varint();
    if (tag < 8 || count >= MOST_FIELDS) return null;
    const field = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === VARINT) {
      const value = varint();
      if (value < 0) return null;
      numbers.set(field, value);
    } else if (wire === FIXED32 || wire === FIXED64) {
      const length = wire === FIXED32 ? 4 : 8;
      if (at + length > message.length) return null;
      if (wire === FIXED32) numbers.set(field, view.getUint32(at, true));
      at += length;
    } else if (wire === BYTES) {
      const length = varint();
      if (length < 0 || at + length > message.length) return null;
      bytes.set(field, message.subarray(at, at + length));
      at += length;
    } else return null;
  }
  return { numbers, bytes };
}
