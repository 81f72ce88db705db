import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/grammar/commands.js';
import type { Flag } from '../../src/cli/grammar/flag.js';
import { FLAGS } from '../../src/cli/grammar/flags.js';
import { dnslens } from '../support/cli.js';

function completed(...words: string[]): string[] {
  const { stdout: script } = dnslens(['completions', 'bash']);
  const ask = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _dnslens; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' });
  return stdout.split('\n').filter((word) => word !== '');
}

describe('completion in bash', () => {
  it('knows the commands', () => {
    expect(completed('dnslens', 'rep')).toEqual(['report']);
    expect(completed('dnslens', '')).toEqual(Object.keys(COMMANDS));
  });

  it("knows a command's options, and those alone", () => {
    expect(completed('dnslens', 'report', '--f')).toEqual(['--format', '--fail-on']);
    expect(completed('dnslens', 'ingest', '--fo')).toEqual(['--force']);
  });

  it('knows the values of an option', () => {
    expect(completed('dnslens', 'report', '--format', 'm')).toEqual(['markdown']);
    expect(completed('dnslens', 'completions', 'z')).toEqual(['zsh']);
  });
});

it.each(['bash', 'zsh', 'fish'])('the script for %s names every command and option', (shell) => {
  const { stdout } = dnslens(['completions', shell]);
  const words = [...Object.keys(COMMANDS), ...FLAGS.map((flag) => flag.name)];
  expect(words.filter((word) => !stdout.includes(word))).toEqual([]);
});

describe('the manual page', () => {
  it('describes every command and option', () => {
    const { stdout } = dnslens(['man']);
    const terms = [
      ...Object.keys(COMMANDS).map((name) => `.SS dnslens ${name.replaceAll('-', '\\-')}`),
      ...(FLAGS as readonly Flag[]).map((flag) => `\\-\\-${flag.name.replaceAll('-', '\\-')}`),
    ];
    expect(terms.filter((term) => !stdout.includes(term))).toEqual([]);
  });

  it('has no line that roff takes for a request by accident', () => {
    const requests = dnslens(['man']).stdout.match(/^\.\w+/gm) ?? [];
    expect(
      requests.filter((request) => !['.TH', '.SH', '.SS', '.TP', '.PP', '.B', '.I'].includes(request)),
    ).toEqual([]);
  });
});

it('every option with a value names it, and every alias is one letter of its own', () => {
  const flags: readonly Flag[] = FLAGS;
  expect(flags.filter((flag) => (flag.kind === 'switch') === (flag.value !== undefined))).toEqual([]);
  const aliases = flags.flatMap((flag) => flag.alias ?? []);
  expect(new Set(aliases).size).toBe(aliases.length);
  expect(aliases.every((alias) => alias.length === 1)).toBe(true);
});
