import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { describe, expect, it } from 'vitest';
import { FORMAT } from '../../../src/cluster/collection/manifest.js';
import { dnslens, PROGRAM, temporaryFolder } from '../../support/cli.js';
import { logLine } from '../../watch/logs.js';
import { START } from '../../watch/traffic.js';

const CAPTURE = join(import.meta.dirname, '../../../fixtures/incidents/race-loss-1/pod.pcap');

/** dnslens watch as it runs, and its next line that has a word. */
function watching(
  args: readonly string[],
  cwd: string,
): { child: ChildProcess; until: (word: string) => Promise<string> } {
  const child = spawn(process.execPath, [PROGRAM, 'watch', ...args], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const next = lines[Symbol.asyncIterator]();
  return {
    child,
    until: async (word) => {
      for (;;) {
        const { done, value } = await next.next();
        if (done) throw new Error(`it ended without a line of ${word}`);
        if (value.includes(word)) return value;
      }
    },
  };
}

/** Lines of a log of which every fifth lookup was answered SERVFAIL after two seconds without an upstream. */
function failing(from: number, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    i % 5 === 0
      ? `${new Date((START + from + i) * 1000).toISOString().replace('Z', '000000Z')} [ERROR] plugin/errors: 2 a.example. A: read udp 10.0.0.3:40000->10.9.9.9:53: i/o timeout\n` +
        logLine(START + from + i, i + 1, 'SERVFAIL', 2.001)
      : logLine(START + from + i, i + 1, 'NOERROR'),
  ).join('');
}

describe('dnslens watch, without a terminal', () => {
  it('prints an object for each verdict of a capture that comes over a pipe, as report has it, and ends with it', () => {
    const cwd = temporaryFolder();
    const { code, stdout } = dnslens(['watch', '-', '--json'], {
      cwd,
      input: readFileSync(CAPTURE) as unknown as string,
    });
    expect(code).toBe(0);
    const told = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told).toContainEqual(
      expect.objectContaining({
        cause: 'search-amplification',
        verdict: 'confirmed',
        was: null,
        since: '2026-11-22T14:58:04.124Z',
      }),
    );
    expect(told.filter(({ cause }) => cause === 'search-amplification')).toHaveLength(1);
  });

  it('reads a log in UTF-16, as PowerShell writes one', () => {
    const input = Buffer.from(`\ufeff${failing(0, 10)}`, 'utf16le') as unknown as string;
    const { code, stdout } = dnslens(['watch', '-'], { cwd: temporaryFolder(), input });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2026-01-02T03:04:09\.000Z upstream-silent: \w+: the log names 2 /m);
  });

  it('follows a log that grows and is rotated, and says what changed as a line', async () => {
    const cwd = temporaryFolder();
    const log = join(cwd, 'coredns.log');
    writeFileSync(log, failing(0, 10));
    const { child, until } = watching(['coredns.log', '--window', '15s'], cwd);
    expect(await until('upstream-silent')).toMatch(
      /^2026-01-02T03:04:09\.000Z upstream-silent: \w+: the log names 2 /,
    );
    renameSync(log, `${log}.1`);
    writeFileSync(log, Array.from({ length: 60 }, (_, i) => logLine(START + 20 + i, i, 'NOERROR')).join(''));
    expect(await until('upstream-silent')).toBe('2026-01-02T03:05:19.000Z upstream-silent: over');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('keeps a database of what it judged last, which others report on while it runs', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'coredns.log'), failing(0, 10));
    const { child, until } = watching(['coredns.log', '--db', 'now.duckdb'], cwd);
    await until('upstream-silent');
    const { code, stdout } = dnslens(['report', 'diagnosis/causes', '--csv', '--db', 'now.duckdb'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^upstream-silent,\w+,"the log names 2 /m);
    appendFileSync(join(cwd, 'coredns.log'), failing(10, 10));
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(readdirSync(cwd).toSorted()).toEqual(['coredns.log', 'now.duckdb']);
  });

  it('replaces no database that is there already', () => {
    const cwd = temporaryFolder();
    dnslens(['ingest', CAPTURE], { cwd });
    const { code, stderr } = dnslens(['watch', CAPTURE, '--db', 'dnslens.duckdb'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe(
      'dnslens: dnslens.duckdb is there already, and watch would replace it; name another with --db\n',
    );
  });

  it('follows what collect gathers, by the clock and the names that its manifest tells, until no more comes', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'ev/logs'), { recursive: true });
    const logs = ['a', 'b'].map((name) => ({
      file: `logs/${name}.log`,
      what: 'a log',
      evidence: 'logs',
      node: 'n1',
      label: name,
      command: [],
    }));
    const clocks = [{ node: 'n1', offset_seconds: 40, within_seconds: 0.1 }];
    const manifest = (listened: string | null) =>
      writeFileSync(
        join(cwd, 'ev/manifest.json'),
        JSON.stringify({ format: FORMAT, clocks, listened, gathered: logs }),
      );
    manifest(null);
    const { child, until } = watching(['ev'], cwd);
    writeFileSync(join(cwd, 'ev/logs/a.log'), failing(0, 10));
    expect(await until('upstream-silent')).toMatch(/^2026-01-02T03:03:29\.000Z upstream-silent: /);
    writeFileSync(
      join(cwd, 'ev/logs/b.log'),
      Array.from({ length: 60 }, (_, i) => logLine(START + 180 + i, i, 'NOERROR')).join(''),
    );
    manifest('2026-01-02T03:05:00Z');
    expect(await until('upstream-silent')).toBe('2026-01-02T03:07:19.000Z upstream-silent: over');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it.each([
    [[], 'nothing to watch'],
    [['missing.pcap'], 'missing.pcap'],
    [['-', '--keep', '2h'], '--keep 2h must be a time from 15s to 60m'],
  ])('says what is wrong with %j', (args, sentence) => {
    const { code, stderr } = dnslens(['watch', ...args], { cwd: temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  it('says what a stream is that it cannot read', () => {
    const { code, stderr } = dnslens(['watch', '-'], {
      cwd: temporaryFolder(),
      input: 'no evidence at all\n',
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^dnslens: - /);
  });
});
