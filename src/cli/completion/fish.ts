import { COMMANDS, type CommandName, commandOf } from '../grammar/commands.js';
import type { Flag } from '../grammar/flag.js';
import { FLAGS } from '../grammar/flags.js';
import { flagHelp } from '../grammar/flag.js';
import { type Completed, SHELLS } from './shells.js';

/** Completion for fish 3 and later. */
export function fish({ queries, causes }: Completed): string {
  const names = Object.keys(COMMANDS) as CommandName[];
  const lines = [
    '# fish completion for dnslens, made by: dnslens completions fish',
    'complete -c dnslens -f',
    ...names.map(
      (name) =>
        `complete -c dnslens -n __fish_use_subcommand -a ${name} -d ${quoted(commandOf(name).summary)}`,
    ),
    ...names.flatMap((name) => operandLines(name, { queries, causes })),
    ...(FLAGS as readonly Flag[]).map(flagLine),
  ];
  return `${lines.join('\n')}\n`;
}

function operandLines(name: CommandName, { queries, causes }: Completed): string[] {
  const seen = `complete -c dnslens -n '__fish_seen_subcommand_from ${name}'`;
  switch (commandOf(name).operand?.completes) {
    case 'file':
      return [`${seen} -F`];
    case 'query':
      return [`${seen} -a ${quoted(queries.join(' '))}`];
    case 'cause':
      return [`${seen} -a ${quoted(causes.join(' '))}`];
    case 'shell':
      return [`${seen} -a '${SHELLS.join(' ')}'`];
    default:
      return [];
  }
}

function flagLine(flag: Flag): string {
  const where = flag.commands === 'all' ? '' : ` -n '__fish_seen_subcommand_from ${flag.commands.join(' ')}'`;
  const short = flag.alias ? ` -s ${flag.alias}` : '';
  const value = flag.kind === 'switch' ? '' : valueWords(flag);
  return `complete -c dnslens${where} -l ${flag.name}${short}${value} -d ${quoted(flagHelp(flag))}`;
}

function valueWords(flag: Flag): string {
  if (flag.choices) return ` -x -a ${quoted(flag.choices.join(' '))}`;
  if (flag.completes === 'file') return ' -r -F';
  return flag.completes === 'folder' ? " -x -a '(__fish_complete_directories)'" : ' -x';
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
