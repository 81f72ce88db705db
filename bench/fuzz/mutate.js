import { partsOf } from './places.js';

/** Texts that number readers and parsers of wrappers trip over. */
const WORDS = [
  '-1', '0', '00', '1e309', '-0', 'NaN', 'Infinity', '4294967296', '18446744073709551616', '9'.repeat(400), '0x7fffffff',
  '\0', '\r', '\r\n', '\n\n\n', '\t', '"', '\\', '\\"', '{', '}', '[', ']', '{"log":', '[INFO] ', 'stdout P ', ' - ', ': ',
  '%', '\\000', '\\999', '\ufeff', '\u202e', '\ud83d\ude00', 'é', '\x1b[31m', '=HYPERLINK("x")', '&a [*a]', '{{', '|\n', '---\n',
  '2026-02-30T25:61:61Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59.999999999Z', '0001-01-01T00:00:00Z', '::ffff:1.2.3.4', '256.1.1.1',
  'fe80::1%eth0', 'a'.repeat(300), '.'.repeat(300),
]; // prettier-ignore

/** Each damages bytes: `(bytes, random, other)`, where `other` is another seed's bytes. */
const MUTATIONS = {
  flipBits: (bytes, random) => changed(bytes, random, (copy, at) => (copy[at] ^= 1 << random.between(0, 7))),
  setBytes: (bytes, random) => changed(bytes, random, (copy, at) => (copy[at] = random.between(0, 255))),
  setExtreme(bytes, random) {
    return changed(bytes, random, (copy, at) => {
      const width = [1, 2, 4, 8][random.between(0, 3)];
      const value = [0n, 1n, -1n, (1n << BigInt(8 * width - 1)) - 1n, 1n << BigInt(8 * width - 1), BigInt(bytes.length)];
      const order = random.chance(0.5);
      let left = BigInt.asUintN(64, value[random.between(0, value.length - 1)]);
      for (let i = 0; i < width; i++, left >>= 8n) {
        const place = at + (order ? i : width - 1 - i);
        if (place < copy.length) copy[place] = Number(left & 255n);
      }
    });
  },
  cutEnd: (bytes, random) => bytes.subarray(0, random.between(0, bytes.length)),
  cutOut(bytes, random) {
    const at = place(bytes, random);
    return splice(bytes, at, length(bytes, random), Buffer.alloc(0));
  },
  insertBytes(bytes, random) {
    const added = Buffer.from(Array.from({ length: random.between(1, 12) }, () => random.between(0, 255)));
    return splice(bytes, place(bytes, random), 0, added);
  },
  insertWord: (bytes, random) =>
    splice(bytes, place(bytes, random), random.between(0, 3), Buffer.from(WORDS[random.between(0, WORDS.length - 1)])),
  repeatByte(bytes, random) {
    if (bytes.length === 0) return bytes;
    const at = place(bytes, random);
    const times = random.chance(0.2) ? 200_000 : random.between(2, 5000);
    return splice(bytes, at, 0, Buffer.alloc(times, bytes.subarray(at, at + random.between(1, 3))));
  },
  repeatPart(bytes, random) {
    const [from, to] = part(bytes, random);
    const times = random.chance(0.1) ? 200 : random.between(1, 3);
    const copies = Math.min(times, Math.ceil(300_000 / Math.max(1, to - from)));
    return splice(bytes, place(bytes, random, true), 0, Buffer.concat(Array(copies).fill(bytes.subarray(from, to))));
  },
  swapParts(bytes, random) {
    const [[a, b], [c, d]] = [part(bytes, random), part(bytes, random)].sort((left, right) => left[0] - right[0]);
    if (b > c) return bytes;
    return Buffer.concat([bytes.subarray(0, a), bytes.subarray(c, d), bytes.subarray(b, c), bytes.subarray(a, b), bytes.subarray(d)]);
  },
  dropPart(bytes, random) {
    const [from, to] = part(bytes, random);
    return splice(bytes, from, to - from, Buffer.alloc(0));
  },
  swapEndianness(bytes, random) {
    const at = place(bytes, random, true);
    const copy = Buffer.from(bytes);
    for (let i = at; i + 4 <= Math.min(copy.length, at + 24); i += 4) copy.subarray(i, i + 4).reverse();
    return copy;
  },
  join: (bytes, random, other) => Buffer.concat([bytes, other]),
  spliceOther(bytes, random, other) {
    const [from, to] = part(other, random);
    return splice(bytes, place(bytes, random, true), random.chance(0.5) ? to - from : 0, other.subarray(from, to));
  },
}; // prettier-ignore
const NAMES = Object.keys(MUTATIONS);

/** Damages a seed once, or several times: the bytes, what was done, and the first byte that differs. */
export function mutate(seed, other, random) {
  let bytes = seed;
  const done = [];
  const times = random.chance(0.5) ? 1 : random.between(2, 8);
  for (let i = 0; i < times; i++) {
    const name = NAMES[random.between(0, NAMES.length - 1)];
    bytes = MUTATIONS[name](bytes, random, other);
    done.push(name);
  }
  return { bytes, done, differsAt: firstDifference(seed, bytes) };
}

function firstDifference(a, b) {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return i;
  return shorter;
}

function changed(bytes, random, change) {
  if (bytes.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  for (let left = random.chance(0.5) ? 1 : random.between(2, 16); left > 0; left--) change(copy, place(copy, random));
  return copy;
} // prettier-ignore

function splice(bytes, at, drop, added) {
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(Math.min(bytes.length, at + drop))]);
}

function length(bytes, random) {
  return random.chance(0.7) ? random.between(1, 8) : random.between(1, Math.max(1, bytes.length >> 1));
}

/** A place to damage: within the head of a part more often than anywhere. */
function place(bytes, random, exact = false) {
  if (bytes.length === 0) return 0;
  if (!exact && random.chance(0.4)) return random.between(0, bytes.length - 1);
  const parts = partsOf(bytes);
  const start = parts[random.between(0, parts.length - 1)];
  return exact ? start : Math.min(bytes.length - 1, start + random.between(0, 60));
}

function part(bytes, random) {
  const parts = partsOf(bytes);
  const first = random.between(0, parts.length - 1);
  const count = random.chance(0.7) ? 1 : random.between(1, 20);
  return [parts[first], parts[first + count] ?? bytes.length];
}
