import { CLASSES, classCode, rcodeCode, RCODES, typeCode, TYPES } from '../../base/registries.js';

/** Finds the codes of short ASCII words in bytes without making strings of the common ones. */
class Mnemonics {
  private readonly slots = new Int32Array(1024).fill(-1);
  private readonly words: Uint8Array[] = [];
  private readonly codes: number[] = [];

  /** `slow` is asked for words that are not in `known`; null means no code. */
  constructor(
    known: Iterable<readonly [string, number]>,
    private readonly slow: (word: string) => number | null,
  ) {
    for (const [word, code] of known) {
      const bytes = new TextEncoder().encode(word);
      let slot = hash(bytes, 0, bytes.length);
      while (this.slots[slot] !== -1) slot = (slot + 1) & 1023;
      this.slots[slot] = this.words.push(bytes) - 1;
      this.codes.push(code);
    }
  }

  /** The code of the word `bytes[start..end)`, or -1. */
  code(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length === 0 || length > 16) return -1;
    for (let slot = hash(bytes, start, end); this.slots[slot] !== -1; slot = (slot + 1) & 1023) {
      const word = this.words[this.slots[slot]!]!;
      if (word.length !== length) continue;
      let i = 0;
      while (i < length && word[i] === bytes[start + i]) i++;
      if (i === length) return this.codes[this.slots[slot]!]!;
    }
    return this.slow(String.fromCharCode(...bytes.subarray(start, end))) ?? -1;
  }
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let h = end - start;
  for (let i = start; i < end; i++) h = (Math.imul(h, 31) + bytes[i]!) | 0;
  return (h ^ (h >>> 10)) & 1023;
}

function entries(registry: Readonly<Record<number, string>>): [string, number][] {
  return Object.entries(registry).map(([code, word]) => [word, Number(code)]);
}

/** Names that Go's DNS library has for codes beside IANA's mnemonics (miekg/dns, types.go and msg.go). */
const GO_TYPES = [['None', 0], ['NXNAME', 128], ['Reserved', 65535]] as const; // prettier-ignore
const GO_RCODES = [['BADSIG', 16], ['NOTIMPL', 4]] as const; // prettier-ignore

export const typeMnemonics = new Mnemonics([...entries(TYPES), ...GO_TYPES], typeCode);
export const classMnemonics = new Mnemonics([...entries(CLASSES), ['CS', 2]], classCode);
export const rcodeMnemonics = new Mnemonics([...entries(RCODES), ...GO_RCODES], rcodeCode);
