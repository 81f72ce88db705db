import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dnslens, PROGRAM, temporaryFolder } from '../support/cli.js';

const LINE = '[INFO] 10.0.0.1:4242 - 7 "A IN a.example. udp 28 false 512" NOERROR qr,rd,ra 54 0.0012s\n';
const RACE = join(import.meta.dirname, '..', '..', 'fixtures', 'incidents', 'race-loss-1');

/** Runs the program with an output that nobody reads, and gives its exit code and what it said beside. */
async function unread(args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

describe('where nobody reads the output any more', () => {
  it('ingest reads all of its inputs', async () => {
    const cwd = temporaryFolder();
    const names = ['a.log', 'b.log', 'c.log'];
    for (const name of names) writeFileSync(join(cwd, name), LINE.replace('a.example', name));
    expect(await unread(['ingest', ...names], cwd)).toEqual({ code: 0, said: '' });
    const { stdout } = dnslens(['sql', 'select path from sources', '--json'], { cwd });
    expect(JSON.parse(stdout)).toHaveLength(3);
  });

  it('a report ends without a word, with the verdict that --fail-on asks for', async () => {
    const cwd = temporaryFolder();
    dnslens(['ingest', RACE], { cwd });
    expect(await unread(['report'], cwd)).toEqual({ code: 0, said: '' });
    expect((await unread(['report', '--fail-on', 'likely'], cwd)).code).toBe(1);
  });

  it('a long result ends early', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.log'), LINE);
    dnslens(['ingest', 'a.log'], { cwd });
    const many = 'select i, repeat(i::varchar, 50) from range(1000000) as r(i)';
    expect(await unread(['sql', many, '--csv'], cwd)).toEqual({ code: 0, said: '' });
  });
});
