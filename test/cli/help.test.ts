import { describe, expect, it } from 'vitest';
import { COMMANDS, type CommandName } from '../../src/cli/grammar/commands.js';
import { flagsOf } from '../../src/cli/grammar/flags.js';
import { helpText } from '../../src/cli/help.js';

const NAMES = Object.keys(COMMANDS) as CommandName[];

describe('help', () => {
  it('opens with examples', () => {
    expect(helpText(null, 80)).toMatch(/^dnslens: .*\n(.*\n)?\nExamples\n {2}dnslens collect/);
  });

  it.each(NAMES)('for %s opens with examples and names every option it takes', (name) => {
    const help = helpText(name, 80);
    expect(help).toMatch(new RegExp(`^dnslens ${name}: .*\\n\\nExamples\\n`));
    expect(flagsOf(name).filter((flag) => !help.includes(`--${flag.name}`))).toEqual([]);
  });

  it.each([60, 80, 200])('fits into %i columns, examples aside', (width) => {
    const lines = NAMES.flatMap((name) => helpText(name, width).split('\n'));
    expect(lines.filter((line) => line.length > width && !/dnslens /.test(line))).toEqual([]);
  });
});
