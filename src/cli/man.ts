import { COMMANDS, type CommandName, commandOf } from './grammar/commands.js';
import { ENVIRONMENT } from './grammar/environment.js';
import { EXIT_CODES } from './exit.js';
import { type Flag, flagHelp, flagUsage } from './grammar/flag.js';
import { flagsOf } from './grammar/flags.js';
import type { Session } from './session.js';
import { version } from './version.js';

/** dnslens man: the manual page, made from the tables of commands and flags. */
export async function man(_session: Session): Promise<number> {
  process.stdout.write(manualPage());
  return 0;
}

/** The manual page in roff, section 1. */
export function manualPage(): string {
  const names = Object.keys(COMMANDS) as CommandName[];
  const common = flagsOf(null).filter((flag) => flag.commands === 'all');
  return [
    `.TH DNSLENS 1 "" "dnslens ${version()}" "User Commands"`,
    '.SH NAME',
    'dnslens \\- why DNS in a Kubernetes cluster is slow or failing',
    '.SH SYNOPSIS',
    '.B dnslens',
    '.I COMMAND',
    '[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...',
    '.SH COMMANDS',
    ...names.flatMap(commandPart),
    '.SH OPTIONS OF EVERY COMMAND',
    ...common.flatMap(flagPart),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => item(code, meaning)),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, meaning]) => item(name, meaning)),
    '',
  ].join('\n');
}

function commandPart(name: CommandName): string[] {
  const { summary, about, operand, examples } = commandOf(name);
  const own = flagsOf(name).filter((flag) => flag.commands !== 'all');
  return [
    `.SS ${roff(`dnslens ${name} ${operand?.usage ?? ''}`.trimEnd())}`,
    roff(`${summary[0]!.toUpperCase()}${summary.slice(1)}.`),
    ...about.flatMap((paragraph) => ['.PP', roff(paragraph)]),
    ...own.flatMap(flagPart),
    '.PP',
    'Examples:',
    ...examples.flatMap(([command, what]) => item(command, what)),
  ];
}

function flagPart(flag: Flag): string[] {
  return item(flagUsage(flag), flagHelp(flag));
}

function item(term: string, meaning: string): string[] {
  return ['.TP', `.B ${roff(term)}`, roff(meaning)];
}

/** A line of text without roff's own meanings of backslash, hyphen, and a point or quote at its start. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1');
}
