// Compares what the capture reader says of every DNS frame of a corpus with what tshark said:
//   npm run check:corpus -- DIR        DIR/pcaps/FILE, DIR/expected/FILE.tsv
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCapture } from './support/read-capture.js';
import { compareFrames, parseExpected } from './support/tshark-rows.js';

const directory = process.argv[2];
if (!directory || !existsSync(join(directory, 'pcaps'))) {
  console.error('usage: npm run check:corpus -- DIR   (with DIR/pcaps and DIR/expected)');
  process.exit(2);
}

let frames = 0;
let agreed = 0;
let files = 0;
const differences = new Map();
for (const file of readdirSync(join(directory, 'pcaps')).sort()) {
  const reading = await readCapture(join(directory, 'pcaps', file));
  const witness = join(directory, 'expected', `${file}.tsv`);
  const expected = existsSync(witness) ? parseExpected(readFileSync(witness, 'utf8')) : [];
  if (expected.length > 0) files++;
  frames += expected.length;
  const found = compareFrames(expected, reading.messages);
  agreed += found.agreed;
  for (const [kind, at] of found.differences) {
    const list = differences.get(kind) ?? [];
    list.push(`${file} frame ${at}`);
    differences.set(kind, list);
  }
}

console.log(`${files} files, ${frames} frames: ${agreed} agree (${((100 * agreed) / frames).toFixed(2)} %)`);
for (const [kind, list] of [...differences].sort()) {
  console.log(`\n${kind}: ${list.length}`);
  for (const line of list.slice(0, process.argv.includes('--all') ? Infinity : 12)) console.log(`  ${line}`);
}
