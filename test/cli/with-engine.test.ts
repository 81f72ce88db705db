import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { dnslens, PROGRAM } from '../support/cli.js';
import { type Answer, fakeTrino } from '../trino/fake-trino.js';

let fake: Awaited<ReturnType<typeof fakeTrino>> | undefined;
afterEach(() => fake?.close());

/** Starts `dnslens report` on a server that gives some answers. */
async function start(answers: readonly Answer[], ...args: string[]) {
  fake = await fakeTrino(...answers);
  const engine = fake.address.server.replace('http', 'trino') + '/hive/dnslens';
  const child = spawn(process.execPath, [PROGRAM, 'report', ...args, '--engine', engine], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (said.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.stderr += text.toString()));
  return { child, said };
}

const FILLED = {
  columns: [
    { name: 'name', type: 'varchar' },
    { name: 'filled', type: 'boolean' },
  ],
  data: [['sources', true]],
};

describe('dnslens report --engine', () => {
  it('prints what Trino gives in the format asked for', async () => {
    const columns = [
      { name: 'path', type: 'varchar' },
      { name: 'first_time', type: 'timestamp(9)' },
    ];
    const rows = { columns, data: [['a.pcap', '2026-01-02 03:04:05.123456789']] };
    const { child, said } = await start([FILLED, rows], 'evidence/sources', '--csv');
    const [code] = await once(child, 'close');
    expect([code, said.stdout]).toEqual([0, 'path,first_time\na.pcap,2026-01-02T03:04:05.123456789Z\n']);
  });

  it('cancels the query on the server when it is interrupted, and ends by the signal', async () => {
    const { child } = await start(
      [FILLED, { nextUri: true, stats: { state: 'RUNNING' } }],
      'evidence/sources',
    );
    while (fake!.seen.length < 4) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    const [, signal] = await once(child, 'close');
    expect(signal).toBe('SIGINT');
    expect(fake!.seen.some(({ method }) => method === 'DELETE')).toBe(true);
  });

  it('goes with no --db and is an address', () => {
    const { code, stderr } = dnslens(['report', '--engine', 'trino://h/a/b', '--db', 'x']);
    expect([code, stderr]).toEqual([2, 'dnslens: --db and --engine both say what to ask; give one\n']);
    expect(dnslens(['report', '--engine', 'trino']).stderr).toContain(
      'write trino://HOST:PORT/CATALOG/SCHEMA',
    );
  });
});

describe('dnslens queries --engine trino', () => {
  it("prints a query's SQL as Trino takes it, and nothing else", () => {
    const { stdout } = dnslens(['queries', 'traffic/names', '--engine', 'trino']);
    expect(stdout).toMatch(/^select\n/);
    expect(stdout).toMatch(/limit 50\n$/);
    expect(stdout).not.toContain('::');
  });
});
