import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Contents, finish, leftBy, runToKill } from '../support/crash.js';
import { dnsCapture, dnsLog } from './evidence.js';

/** Moments to kill at; `CRASH_MOMENTS=300 npx vitest run test/ingest/crash.test.ts` tries hundreds. */
const MOMENTS = Number(process.env['CRASH_MOMENTS'] ?? 4);
const PATIENCE = 60_000 * Math.max(5, MOMENTS);

const folder = mkdtempSync(join(tmpdir(), 'dnslens-crash-'));
const paths = ['a.pcap', 'b.log', 'c.conf', 'd.pcap'].map((name) => join(folder, name));
const small = Array.from({ length: 9 }, (_, i) => join(folder, `small-${i}.${i % 2 ? 'log' : 'pcap'}`));
paths.splice(3, 0, ...small);
let undisturbed: Contents = {};
let steps = 0;

beforeAll(async () => {
  writeFileSync(paths[0]!, dnsCapture(3000, 1));
  writeFileSync(paths[1]!, dnsLog(1000));
  writeFileSync(paths[2]!, 'nameserver 10.96.0.10\nsearch cluster.local\noptions ndots:5\n');
  writeFileSync(paths.at(-1)!, dnsCapture(900, 2));
  for (const [i, path] of small.entries())
    writeFileSync(path, i % 2 ? `${dnsLog(20)}# ${i}\n` : dnsCapture(20, 3 + i));
  const whole = join(folder, 'whole.duckdb');
  const run = await runToKill(whole, paths);
  if (run.code !== 0) throw new Error('the undisturbed run failed');
  steps = run.steps;
  undisturbed = await finish(whole, paths);
}, PATIENCE);
afterAll(() => rmSync(folder, { recursive: true }));

describe('the same command after kill -9', () => {
  it('has evidence to lose', () => {
    expect(steps).toBeGreaterThan(150);
    expect(undisturbed['raw.sightings']).toMatch(/^4000 rows/);
    expect(undisturbed['main.transactions']).toMatch(/^4000 rows/);
  });

  it(
    'ends with the database of an undisturbed run, killed in the middle of any write or model',
    async () => {
      for (let moment = 0; moment < MOMENTS; moment++) {
        const database = join(folder, `inside-${moment}.duckdb`);
        const killAt = 1 + Math.floor((moment * (steps - 1)) / Math.max(1, MOMENTS - 1));
        const killed = await runToKill(database, paths, { killAt });
        expect(killed.signal).toBe('SIGKILL');
        expect(await leftBy(database), `told of before step ${killAt}`).toBeGreaterThanOrEqual(killed.told);
        expect(await finish(database, paths), `killed at step ${killAt}`).toEqual(undisturbed);
        rmSync(database);
      }
    },
    PATIENCE,
  );

  it(
    'does so too when it is killed from outside while it goes on, and then once more',
    async () => {
      for (let moment = 0; moment < MOMENTS / 4; moment++) {
        const database = join(folder, `outside-${moment}.duckdb`);
        const share = (moment + 0.5) / (MOMENTS / 4);
        await runToKill(database, paths, { killAfter: 1 + Math.floor(share * steps) });
        await runToKill(database, paths, { killAfter: 1 + Math.floor(((1 - share) * steps) / 2) });
        expect(await finish(database, paths)).toEqual(undisturbed);
        rmSync(database);
      }
    },
    PATIENCE,
  );
});
