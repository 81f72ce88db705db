import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../src/ingest/ingest.js';
import { Ledger } from '../../src/store/ledger.js';
import { RAW_TABLES } from '../../src/store/tables/index.js';
import { dnsCapture, dnsLog } from './evidence.js';

const CHILD = join(import.meta.dirname, 'crash-child.mjs');
const INSIDE = 24;
const OUTSIDE = 10;
const PATIENCE = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'dnslens-crash-'));
const paths = ['a.pcap', 'b.log', 'c.conf', 'd.pcap'].map((name) => join(folder, name));
let undisturbed: Contents = {};
let steps = 0;

beforeAll(async () => {
  writeFileSync(paths[0]!, dnsCapture(9000, 1));
  writeFileSync(paths[1]!, dnsLog(3000));
  writeFileSync(paths[2]!, 'nameserver 10.96.0.10\nsearch cluster.local\noptions ndots:5\n');
  writeFileSync(paths[3]!, dnsCapture(2500, 2));
  const whole = join(folder, 'whole.duckdb');
  const run = await start(whole, 0);
  if (run.code !== 0) throw new Error('the undisturbed run failed');
  steps = run.steps;
  undisturbed = await contents(whole);
}, PATIENCE);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the same command after kill -9', () => {
  it('has evidence to lose', () => {
    expect(steps).toBeGreaterThan(100);
    expect(undisturbed['messages']?.rows).toBe(11_500);
  });

  it(
    'ends with the database of an undisturbed run, killed in the middle of any write',
    async () => {
      for (let moment = 0; moment < INSIDE; moment++) {
        const database = join(folder, `inside-${moment}.duckdb`);
        const killed = await start(database, 1 + Math.floor((moment * (steps - 1)) / (INSIDE - 1)));
        expect(killed.signal).toBe('SIGKILL');
        await again(database);
        expect(await contents(database)).toEqual(undisturbed);
      }
    },
    PATIENCE,
  );

  it(
    'does so too when it is killed from outside while it goes on, and then once more',
    async () => {
      for (let moment = 0; moment < OUTSIDE; moment++) {
        const database = join(folder, `outside-${moment}.duckdb`);
        await start(database, 0, 1 + Math.floor((moment * steps) / OUTSIDE));
        await start(database, 0, 1 + Math.floor(((OUTSIDE - moment) * steps) / OUTSIDE / 2));
        await again(database);
        expect(await contents(database)).toEqual(undisturbed);
      }
    },
    PATIENCE,
  );
});

/** The same inputs into the same database, undisturbed. */
async function again(database: string): Promise<void> {
  const ledger = await Ledger.open(database);
  const { gaveNothing } = await ingest(ledger, paths);
  ledger.close();
  expect(gaveNothing).toBe(false);
}

interface Run {
  code: number | null;
  signal: string | null;
  steps: number;
}

/** Ingests in a process that kills itself at step `killAt` (0: never), or is killed once `killAfter` steps are heard. */
function start(database: string, killAt: number, killAfter = Infinity): Promise<Run> {
  const child: ChildProcess = spawn(process.execPath, [CHILD, database, String(killAt), ...paths], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let heard = 0;
  child.stdout!.on('data', (bytes: Buffer) => {
    heard += bytes.length;
    if (heard >= killAfter) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, steps: heard }));
  });
}

type Contents = Record<string, { rows: number; hash: string }>;

/** Rows of every raw table and a hash of them in any order, without the time of reading and the seeded keys. */
async function contents(database: string): Promise<Contents> {
  const ledger = await Ledger.open(database);
  const all: Contents = {};
  for (const { name, columns } of RAW_TABLES) {
    const kept = Object.keys(columns).filter((column) => column !== 'ingested_at' && column !== 'key');
    const [row] = await ledger.database.rows<{ rows: bigint; hash: string }>(
      `select count(*) as rows, coalesce(sum(hash(${kept.join(', ')})::hugeint), 0)::varchar as hash from raw.${name}`,
    );
    all[name] = { rows: Number(row!.rows), hash: row!.hash };
  }
  ledger.close();
  return all;
}
