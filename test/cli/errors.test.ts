import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dnslens, temporaryFolder } from '../support/cli.js';

/** The codes of the errors that a failed command printed, which must be all that it printed. */
function codesOf(args: readonly string[], cwd: string, env: Record<string, string> = {}): string[] {
  const { code, stdout, stderr } = dnslens(args, { cwd, env });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  const told = stderr.trimEnd().split('\n');
  return told.map((line) => {
    const { error } = JSON.parse(line) as { error: { code: string; message: string } };
    expect(error.message).not.toBe('');
    return error.code;
  });
}

describe('an error', () => {
  it.each([
    [['reprot', '--json'], 'unknown-command'],
    [['report', '--jsn', '--json'], 'unknown-flag'],
    [['report', '--json', '--since'], 'wrong-words'],
    [['report', '--json', '--fail-on', 'never'], 'wrong-value'],
    [['report', '--json', '--by', 'workload', 'search'], 'conflicting-flags'],
    [['report', 'search/strom', '--format', 'json'], 'unknown-query'],
    [['fix', 'lost', '--json'], 'unknown-cause'],
    [['sql', 'select 1', '-f', 'json'], 'no-database'],
    [['sql', 'select 1', '--json', '--db', '.'], 'no-lake'],
    [['sql', 'select 1', '--json', '--db', 'text.duckdb'], 'damaged-database'],
    [['./none.pcap', '--json'], 'no-such-file'],
  ])('of %j is one line of JSON with its code: %s', (args, code) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'text.duckdb'), 'no database\n'.repeat(1000));
    expect(codesOf(args, folder)).toEqual([code]);
  });

  it('of each input that gives nothing has a line, where DNSLENS_ERRORS asks for JSON', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'empty.log'), '');
    writeFileSync(
      join(folder, 'photo.jpg'),
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]),
    );
    const args = ['ingest', '--quiet', 'none.log', 'empty.log', 'photo.jpg'];
    const told = ['no-such-file', 'empty-input', 'unknown-kind'];
    expect(codesOf(args, folder, { DNSLENS_ERRORS: 'json' })).toEqual(told);
  });

  it('quotes names without their control bytes, and stays one line', () => {
    const { stderr } = dnslens(['report', 'a\u001b[2J\u009b\nb', '--json'], { cwd: temporaryFolder() });
    expect(stderr).toMatch(/^\{"error":[ -~]+\}\n$/);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { message: expect.stringContaining('\u001b[2J\u009b\nb') },
    });
  });

  it('that is a bug says so, with exit code 3', () => {
    const fault = `Object.defineProperty(process.stdout, 'columns', { get() { throw new TypeError('no width') } })`;
    const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(fault)}` };
    const told = dnslens(['report', '--help', '--json'], { env });
    expect(told.code).toBe(3);
    expect(JSON.parse(told.stderr)).toMatchObject({
      error: { code: 'bug', message: expect.stringMatching(/^this is a bug in dnslens .*: no width\n/) },
    });
    expect(dnslens(['report', '--help'], { env }).stderr).toMatch(
      /^dnslens: this is a bug.*\nPlease report it at .*\n$/,
    );
  });
});
