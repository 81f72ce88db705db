import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dnslens, PROGRAM, temporaryFolder } from '../../support/cli.js';

const LINE = '[INFO] 10.0.0.1:4242 - 7 "A IN a.example. udp 28 false 512" NOERROR qr,rd,ra 54 0.0012s\n';

describe('dnslens ingest, interrupted', () => {
  it('keeps the inputs that are read, nothing of the one at hand, and says so', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'small.log'), LINE);
    writeFileSync(join(cwd, 'large.log'), LINE.repeat(220_000));
    const child = spawn(process.execPath, [PROGRAM, 'ingest', 'small.log', 'large.log'], {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      if (said === '') child.kill('SIGINT');
      said += text.toString();
    });
    const [, signal] = await once(child, 'close');
    expect(signal).toBe('SIGINT');
    expect(said).toMatch(
      /^small\.log: .*; 1 log query\n1 input read: 1 row in .*; interrupted: run it again for the rest\n$/,
    );
    const { stdout } = dnslens(['sql', 'select path, rows from sources', '--json'], { cwd });
    expect(JSON.parse(stdout)).toEqual([{ path: 'small.log', rows: 1 }]);
    const again = dnslens(['ingest', 'small.log', 'large.log'], { cwd });
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^large\.log: .*220,000 log queries$/m) as string,
    });
  });

  it('reads a pipe to its end, which its writer was told by the same interrupt', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'small.log'), LINE);
    const child = spawn(process.execPath, [PROGRAM, 'ingest', '-'], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    let notice = '';
    child.stderr.on('data', (text: Buffer) => {
      notice += text.toString();
      child.stdin.end(LINE);
    });
    child.stdin.write(LINE.repeat(20_000), () => child.kill('SIGINT'));
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const [code] = await once(child, 'close');
    expect(notice).toBe('dnslens: reading what is left in the pipe; interrupt again to end it here\n');
    expect([code, said]).toEqual([0, expect.stringMatching(/20,001 log queries/)]);
  });

  it.each([
    ['SIGTERM', ['SIGTERM']],
    ['SIGHUP', ['SIGHUP']],
    ['SIGINT', ['SIGINT', 'SIGINT']],
  ] as const)('by %s alone, keeps what came over a pipe whose writer goes on', async (ending, signals) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'never.log'), LINE);
    const child = spawn(process.execPath, [PROGRAM, 'ingest', '-', 'never.log'], {
      cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const [first, second] = signals;
    child.stderr.on('data', () => second && child.kill(second));
    // taken but for what a pipe holds
    child.stdin.write(LINE.repeat(20_000), () => child.kill(first));
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const [, signal] = await once(child, 'close');
    expect(signal).toBe(ending);
    expect(said).toMatch(/1 input read: [\d,]+ rows in .*; interrupted: run it again for the rest\n$/);
    const { stdout } = dnslens(
      ['sql', 'select path, rows > 1000 as many, why_incomplete from sources', '--json'],
      { cwd },
    );
    const why = expect.stringMatching(/^reading was interrupted at byte \d+/) as unknown;
    expect(JSON.parse(stdout)).toEqual([{ path: '-', many: true, why_incomplete: why }]);
  });
});
