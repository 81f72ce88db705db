import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCapture } from '../support/read-capture.js';
import { Random } from '../traffic/random.js';
import { partsOf } from './places.js';
import { loadSeeds } from './seeds.js';
import { WITNESSES } from './witnesses.js';

/**
 * Reads captures, as they are and then with bytes of their packets changed, together with other programs'
 * readers until `until`. A find is a field that differs, with a frame; docs/corpus-differences.md has known reasons.
 */
export async function runDifferential({ until, seed: start, say }) {
  const random = new Random(start);
  const witnesses = WITNESSES.filter((witness) => witness.isHere());
  say(`against ${witnesses.map(({ name }) => name).join(', ')}`);
  const seeds = loadSeeds().filter(({ bytes }) => [0xa1b2c3d4, 0xd4c3b2a1].includes(bytes.readUInt32LE?.(0)));
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-fuzz-'));
  const path = join(folder, 'capture.pcap');
  const finds = new Map();
  let cases = 0;
  for (; performance.now() < until; cases++) {
    const { name, bytes } = seeds[cases % seeds.length];
    writeFileSync(path, cases < seeds.length ? wholePackets(bytes) : changedPackets(wholePackets(bytes), random));
    const ours = await readCapture(path);
    for (const witness of witnesses) {
      for (const [field, frame] of await witness.compare(path, ours)) {
        const fault = `${witness.name}: ${field}`;
        const known = finds.get(fault) ?? { count: 0 };
        if (known.count++ < 8) say(`${fault}: ${name} frame ${frame}, case ${cases}`);
        finds.set(fault, known);
      }
    }
  }
  rmSync(folder, { recursive: true });
  return { cases, finds };
} // prettier-ignore

/** A seed may be the beginning of a file: without a last packet that is cut. */
function wholePackets(bytes) {
  const last = partsOf(bytes).at(-1);
  const little = bytes.readUInt32LE(0) === 0xa1b2c3d4;
  const captured = last + 16 > bytes.length ? Infinity : little ? bytes.readUInt32LE(last + 8) : bytes.readUInt32BE(last + 8);
  return last + 16 + captured > bytes.length ? bytes.subarray(0, last) : bytes;
} // prettier-ignore

/** Changes a byte in some packets, behind their link and network headers. */
function changedPackets(bytes, random) {
  const copy = Buffer.from(bytes);
  const parts = partsOf(bytes);
  for (let i = 1; i < parts.length; i++) {
    const from = parts[i] + 16 + 42;
    const to = (parts[i + 1] ?? bytes.length) - 1;
    if (from <= to && random.chance(0.5)) copy[random.between(from, to)] = random.between(0, 255);
  }
  return copy;
}
