// Holds every fix that the report and `dnslens fix` print against what-if, in evidence of any kind:
//   npm run build && node bench/check-fixes.js PATH...
// A PATH is a folder of evidence, whose truth/ is left out, an archive of fixtures/recorded, or a database. One line for each fault, and how many fixes were held.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openForReading } from '../dist/build/reading.js';
import { ingested } from './support/ingested.js';
import { isRecording, unpack } from './support/recordings.js';
import { heldFixes } from './support/printed-fixes.js';

const folder = mkdtempSync(join(tmpdir(), 'dnslens-fixes-'));
let held = 0;
let failed = 0;
try {
  for (const path of process.argv.slice(2)) {
    const database = await openForReading(await databaseOf(path));
    for (const { cause, by, text, change, faults } of await heldFixes(database)) {
      held++;
      for (const fault of faults) {
        failed++;
        console.log(`${basename(path)}: ${cause}, ${by} (${JSON.stringify(change)}): ${fault}: ${text}`);
      }
    }
    database.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(
  `${process.argv
    .slice(2)
    .map((path) => basename(path))
    .join(', ')}: ${held} fixes held against what-if, ${failed} faults`,
);
process.exitCode = failed > 0 ? 1 : 0;

async function databaseOf(path) {
  if (path.endsWith('.duckdb')) return path;
  return ingested(isRecording(path) ? await unpack(path, folder) : path, folder);
}
