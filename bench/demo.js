// Reads a recorded incident into a database of its own and reports on it: npm run demo
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const incident = join('fixtures', 'incidents', 'race-loss-1');
const evidence = [
  'capture.pcap.gz',
  'coredns-1.log',
  'coredns-2.log',
  'conntrack-S.log',
  'conntrack-count.log',
];
const configuration = ['cluster.json', 'Corefile', 'resolv'];

const folder = mkdtempSync(join(tmpdir(), 'dnslens-demo-'));
const database = join(folder, 'demo.duckdb');
try {
  run('ingest', ...evidence, ...configuration);
  run('report');
} finally {
  rmSync(folder, { recursive: true });
}

function run(...words) {
  console.log(`\n$ dnslens ${words.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...words], {
    cwd: incident,
    stdio: 'inherit',
    env: { ...process.env, DNSLENS_DB: database },
  });
  if (status !== 0) process.exitCode = status ?? 1;
}
