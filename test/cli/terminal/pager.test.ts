import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pagerCommand } from '../../../src/cli/terminal/pager.js';
import { PROGRAM } from '../../support/cli.js';

const MODULE = new URL(`file://${join(PROGRAM, '..', 'cli', 'terminal', 'pager.js')}`).href;

/** Runs a program that has `output`, pages by `command` on a screen of 20 rows, and gives what it printed. */
function run(command: string, program: string) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { PagedOutput } from ${JSON.stringify(MODULE)};
       const output = new PagedOutput(${JSON.stringify(command)}, 20);
       ${program}`,
    ],
    { encoding: 'utf8', maxBuffer: 1e8 },
  );
  if (status !== 0) throw new Error(stderr);
  return { stdout, stderr };
}

function shown(command: string, program: string): string {
  return run(command, program).stdout;
}

const write = (lines: number) =>
  `for (let i = 0; i < ${lines}; i++) await output.write('line ' + i + '\\n'); await output.close();`;
const text = (lines: number) => Array.from({ length: lines }, (_, i) => `line ${i}\n`).join('');

describe('text on a terminal', () => {
  it('is written as it is where it fits on the screen', () => {
    expect(shown('exit 1', write(10))).toBe(text(10));
  });

  it('goes through the pager where it is longer', () => {
    expect(shown("sed 's/line/shown/'", write(30))).toBe(text(30).replaceAll('line', 'shown'));
    expect(shown("sed 's/line/shown/'", write(400_000))).toBe(text(400_000).replaceAll('line', 'shown'));
  });

  it.each([30, 400_000])('is written as it is where there is no such pager: %i lines', (lines) => {
    expect(shown('no-such-pager-anywhere', write(lines))).toBe(text(lines));
    expect(shown('/dev/null', write(lines))).toBe(text(lines));
  });

  it('is written without a word where nobody named a pager and there is no less', () => {
    const program = `process.env.PATH = '/nowhere'; ${write(30)}`;
    expect(run(pagerCommand({})!, program)).toEqual({ stdout: text(30), stderr: '' });
  });

  it('ends with the pager, with what that showed', () => {
    const program = `try { ${write(400_000)} console.log('no'); } catch (error) { console.log(error.constructor.name); }`;
    expect(shown('head -2', program)).toBe('line 0\nline 1\nReaderLeft\n');
  });
});

it('leaves interrupts to a pager without taking them from others', () => {
  const program = `
    let heard = 0;
    process.on('SIGINT', () => heard++);
    await output.write('x'.repeat(70_000));
    process.kill(process.pid, 'SIGINT');
    await output.close();
    console.log(heard, process.listenerCount('SIGINT'));`;
  expect(shown('cat > /dev/null', program)).toBe('1 1\n');
});
