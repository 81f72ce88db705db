import { describe, expect, it } from 'vitest';
import { dnslens, temporaryFolder } from '../support/cli.js';

describe('the command line', () => {
  it('opens its help with examples', () => {
    const { code, stdout } = dnslens(['--help']);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 4).join('\n')).toMatch(
      /^dnslens: .*\n\nExamples\n {2}dnslens collect/,
    );
    expect(dnslens([]).stdout).toBe(stdout);
  });

  it('has help for each command', () => {
    expect(dnslens(['sql', '--help']).stdout).toMatch(/^dnslens sql: .*\n\nExamples\n/);
  });

  it('prints its version', () => {
    expect(dnslens(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+(-rc\.\d+)?\n$/);
  });

  it.each([
    [['reprot'], 'There is no command "reprot"; did you mean "report"?'],
    [['report', 'search/strom'], 'There is no query or pack "search/strom"'],
    [['sql', 'select 1', '--db', 'nowhere.duckdb'], 'There is no database nowhere.duckdb yet'],
    [['completions', 'bsh'], 'There are completions for bash, zsh, fish; did you mean "bash"?'],
    [['ingest', 'x', '--port', '70000'], '--port 70000 is no port; write a number from 1 to 65535'],
    [['export'], 'dnslens export needs a folder to write into: --out DIR'],
  ])('refuses %j with a sentence and exit code 2', (args, sentence) => {
    const { code, stdout, stderr } = dnslens(args, { cwd: temporaryFolder() });
    expect(stderr).toContain(`dnslens: ${sentence}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('shows no control byte of what it was given', () => {
    expect(dnslens(['\u001b[2Jx']).stderr).toContain('"\\x1b[2Jx"');
  });

  it('takes what follows -- as no option', () => {
    const { code, stderr } = dnslens(['ingest', '--', '--none.pcap'], { cwd: temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('--none.pcap');
  });
});
