import { existsSync } from 'node:fs';
import parser from 'yargs-parser';
import { didYouMean } from '../../base/suggest.js';
import { UserError } from '../../base/user-error.js';
import { COMMANDS, type CommandName, commandOf, isCommand } from './commands.js';
import type { Flag } from './flag.js';
import { FLAGS, flagsOf, type ListName, type SwitchName, type TextName } from './flags.js';

/** A command line, checked against the tables of commands and flags. */
export class Args {
  constructor(
    /** Null where only help or the version is asked for. */
    readonly command: CommandName | null,
    readonly operands: readonly string[],
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  /** Whether what a program reads was asked for: errors are told as JSON too. */
  get asksJson(): boolean {
    return askJson(this.values);
  }

  on(name: SwitchName): boolean {
    return this.values[name] === true;
  }

  /** The options of this command line for another command, with a database of its own. */
  for(command: CommandName, operands: readonly string[], db: string): Args {
    return new Args(command, operands, { ...this.values, db });
  }

  /** The value given last, else the default of the table, else undefined. */
  text(name: TextName | ListName): string | undefined {
    const flag: Flag = FLAGS.find((candidate) => candidate.name === name)!;
    return this.list(name).at(-1) ?? flag.default;
  }

  /** What was given; of options that are no lists only the last counts. */
  list(name: ListName | TextName): readonly string[] {
    const given = this.values[name];
    if (given === undefined) return [];
    const all = (Array.isArray(given) ? given : [given]) as string[];
    return (FLAGS as readonly Flag[]).find((flag) => flag.name === name)!.kind === 'list'
      ? all
      : all.slice(-1);
  }
}

/** The same of a command line that may be wrong. */
export function asksJson(argv: readonly string[]): boolean {
  return askJson(read(argv).argv);
}

function askJson({ json, format }: Readonly<Record<string, unknown>>): boolean {
  return process.env['DNSLENS_ERRORS'] === 'json' || json === true || [format].flat().at(-1) === 'json';
}

/** Reads a command line. Throws UserError for what it does not know, with what may have been meant. */
export function parseArgs(argv: readonly string[]): Args {
  const { _: given, ...values } = readWords(argv);
  const words = given.map(String);
  const [first, ...rest] = startsWithPath(words) ? ['diagnose', ...words] : words;
  const help = first === 'help';
  const name = help ? rest.shift() : first;
  if (name !== undefined && !isCommand(name)) {
    throw new UserError(
      'unknown-command',
      `There is no command "${name}"${didYouMean(name, Object.keys(COMMANDS)) || '; see: dnslens --help'}`,
    );
  }
  const args = new Args(name ?? null, rest, help ? { ...values, help: true } : values);
  checkFlags(args.command, values);
  if (!args.on('help') && !args.on('version') && args.command) checkOperands(args.command, rest);
  return args;
}

/** Whether the first word is no command but a path: one that is there, or a word that can be nothing else. */
function startsWithPath([first]: readonly string[]): boolean {
  if (first === undefined || first === 'help' || isCommand(first)) return false;
  return first === '-' || /[/.*]/.test(first) || existsSync(first);
}

function readWords(argv: readonly string[]): parser.Arguments {
  const { argv: words, error } = read(argv);
  if (error) throw new UserError('wrong-words', missingValue(error.message));
  return words;
}

function read(argv: readonly string[]): parser.DetailedArguments {
  const flags: readonly Flag[] = FLAGS;
  const named = (kind: Flag['kind']) => flags.filter((flag) => flag.kind === kind).map(({ name }) => name);
  const valued = flags.filter((flag) => flag.kind !== 'switch').map(({ name }) => name);
  return parser.detailed([...argv], {
    alias: Object.fromEntries(flags.flatMap(({ name, alias }) => (alias ? [[name, [alias]]] : []))),
    boolean: named('switch'),
    string: valued,
    array: named('list'),
    // not a number: one value at least
    narg: Object.fromEntries(valued.map((name) => [name, NaN])),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    },
  });
}

function missingValue(message: string): string {
  const name = /Not enough arguments following: (\S+)/.exec(message)?.[1];
  if (name === undefined) return message;
  const flag = (FLAGS as readonly Flag[]).find((candidate) =>
    [candidate.name, candidate.alias].includes(name),
  );
  return `--${flag?.name ?? name} needs a value: --${flag?.name ?? name} ${flag?.value ?? 'VALUE'}`;
}

function checkFlags(command: CommandName | null, values: Readonly<Record<string, unknown>>): void {
  const taken = flagsOf(command);
  const known = taken.flatMap((flag) => [flag.name, ...(flag.alias ? [flag.alias] : [])]);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const dashes = name.length === 1 ? '-' : '--';
    if (!known.includes(name)) throw new UserError('unknown-flag', unknownFlag(command, name, dashes));
    const flag = taken.find((candidate) => candidate.name === name);
    if (flag?.choices) checkChoice(flag, Array.isArray(value) ? value.at(-1) : value);
    if (value === '' || (Array.isArray(value) && value.includes(''))) {
      throw new UserError('wrong-value', `${dashes}${name} is empty`);
    }
  }
}

function unknownFlag(command: CommandName | null, name: string, dashes: string): string {
  const elsewhere = (FLAGS as readonly Flag[]).find((flag) => flag.name === name || flag.alias === name);
  if (elsewhere) {
    return `dnslens ${command ?? ''} takes no ${dashes}${name}; it belongs to ${String(elsewhere.commands).replaceAll(',', ', ')}`;
  }
  const names = flagsOf(command).map((flag) => `--${flag.name}`);
  const guess = didYouMean(`--${name}`, names);
  return `There is no option ${dashes}${name}${guess || `; see: dnslens ${command ?? ''} --help`.replace('  ', ' ')}`;
}

function checkChoice(flag: Flag, value: unknown): void {
  if (flag.choices!.includes(String(value))) return;
  throw new UserError(
    'wrong-value',
    `--${flag.name} ${String(value)} must be one of ${flag.choices!.join(', ')}${didYouMean(String(value), flag.choices!)}`,
  );
}

function checkOperands(command: CommandName, operands: readonly string[]): void {
  const { operand } = commandOf(command);
  const usage = `usage: dnslens ${command} ${operand?.usage ?? ''}`.trimEnd();
  if (operands.length < (operand?.least ?? 0)) {
    throw new UserError('wrong-words', `dnslens ${command} needs ${operand!.usage}; ${usage}`);
  }
  const most = operand?.most ?? 0;
  if (operands.length > most) {
    throw new UserError(
      'wrong-words',
      `dnslens ${command} does not take "${operands[most]}"; ${usage} (quote what is one word)`,
    );
  }
}
