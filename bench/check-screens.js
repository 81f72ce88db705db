// Holds the first screens of recorded incidents, as a terminal of 80 columns shows them, against docs/first-screens.md:
//   npm run build && node bench/check-screens.js [--write]
// --write is for a person, who reads what changed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openForReading } from '../dist/build/reading.js';
import { NO_FILTERS } from '../dist/packs/filters.js';
import { loadCatalog } from '../dist/packs/load.js';
import { DuckDbEngine, runOn } from '../dist/packs/engine.js';
import { compose, DIAGNOSIS_QUERIES, readDiagnosis, writeText } from '../dist/report/diagnosis/index.js';
import { ingested } from './support/ingested.js';
import { archiveOf, unpack } from './support/recordings.js';

const ROOT = join(import.meta.dirname, '..');
const DOCUMENT = join(ROOT, 'docs', 'first-screens.md');
const SCREENS = {
  'incidents/race-loss-1': 'A conntrack race',
  'incidents/mixed-1': 'Two faults at once, and a third cause that costs',
  'incidents/upstream-limit-1': 'The packet limit of the VPC resolver',
  'incidents/reply-loss-1': 'Replies lost on the way back',
  'incidents/healthy-noisy-1': 'Nothing is wrong, whatever the counters say',
  'clusters/ptp-scale-to-zero-1': 'CoreDNS scaled to none, on a real cluster',
  'clusters/ptp-drop-replies-1': 'Replies dropped between two nodes, on a real cluster',
  'clusters/ptp-upstream-stop-1': 'An upstream that stood still, on a real cluster',
};
const COMMANDS = {
  reportCommand: (query) => `dnslens report ${query}`,
  explainCommand: (lookup) => `dnslens explain ${lookup}`,
};

const [write] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'dnslens-screens-'));
const parts = [
  '# First screens',
  'What `dnslens FILE...` and `dnslens report` print first in a terminal of 80 columns, of recorded incidents. Goldens: `bench/check-screens.js` holds them against the build.',
];
try {
  for (const [path, title] of Object.entries(SCREENS)) {
    const text = await screen(await unpack(archiveOf(path), folder));
    parts.push(`## ${title}`, '```text\n' + text + '```');
  }
} finally {
  rmSync(folder, { recursive: true });
}
const made = `${parts.join('\n\n')}\n`;
if (write === '--write') writeFileSync(DOCUMENT, made);
else if (readFileSync(DOCUMENT, 'utf8') !== made) {
  const file = join(mkdtempSync(join(tmpdir(), 'dnslens-screens-')), 'first-screens.md');
  writeFileSync(file, made);
  console.log(
    `docs/first-screens.md is another than ${file}; read both, and write it with --write where the new one is right`,
  );
  process.exitCode = 1;
} else console.log(`${Object.keys(SCREENS).length} first screens are as docs/first-screens.md has them`);

async function screen(path) {
  const database = await openForReading(ingested(path, folder));
  const results = runOn(new DuckDbEngine(database), loadCatalog().select(DIAGNOSIS_QUERIES), {
    filters: NO_FILTERS,
    params: {},
  });
  const blocks = compose(await readDiagnosis(results, NO_FILTERS), COMMANDS, true);
  let text = '';
  const output = { write: async (part) => void (text += part) };
  await writeText(blocks, output, { ...COMMANDS, width: 80, unicode: true, color: false });
  database.close();
  return text;
}
