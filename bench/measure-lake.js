// Reads a capture into a database, unless that is there, and exports it into a lake in a process of its own, whose cost it
// prints as JSON: node bench/measure-lake.js DATABASE CAPTURE LAKE
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXPORT_MEMORY, exportLake, FolderTarget } from '../dist/lake/index.js';
import { openForReading } from '../dist/models/build.js';

const [, , path, capture, lake] = process.argv;
const PROGRAM = join(import.meta.dirname, '..', 'dist', 'cli.js');
if (!existsSync(path)) {
  execFileSync(process.execPath, [PROGRAM, 'ingest', capture, '--db', path, '--label', 'node-0', '--quiet']);
}
mkdirSync(lake, { recursive: true });
const database = await openForReading(path, { writesTo: resolve(lake), memoryLimit: EXPORT_MEMORY });
const before = peakMegabytes();
const [started, cpu] = [performance.now(), process.cpuUsage()];
const { manifest } = await exportLake(database, new FolderTarget(resolve(lake)), {
  node: null,
  version: '0',
});
const { user, system } = process.cpuUsage(cpu);
const seconds = (performance.now() - started) / 1000;
database.close();
const messages = manifest.files
  .filter(({ table }) => table === 'messages')
  .reduce((sum, { rows }) => sum + rows, 0);
console.log(JSON.stringify({ messages, seconds, cpu: (user + system) / 1e6, before, peak: peakMegabytes() }));

function peakMegabytes() {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
