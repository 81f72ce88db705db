import { padEnd, widthOf, wrap } from '../report/text-layout.js';
import { COMMANDS, type CommandName, commandOf } from './grammar/commands.js';
import { ENVIRONMENT } from './grammar/environment.js';
import { EXIT_CODES } from './exit.js';
import { type Flag, flagHelp, flagUsage } from './grammar/flag.js';
import { flagsOf } from './grammar/flags.js';

const ERRORS_ASIDE =
  'With --json a command that fails prints {"error":{"code","message"}} on standard error; docs/errors.md has the codes.';

type Row = readonly [left: string, right: string];

const OPENING: readonly Row[] = [
  [
    'dnslens collect --workload shop/app-a --report',
    'gather the evidence with kubectl, and say what is wrong',
  ],
  ['dnslens evidence.tgz', 'what is in hand: a file, a folder, an archive'],
  ['dnslens ingest capture.pcap coredns.log conntrack.log', 'read evidence into ./dnslens.duckdb'],
  ['dnslens report', 'what is wrong, how sure, where to look next'],
  ['dnslens report search/storms --csv > storms.csv', 'one bundled query as CSV'],
  ['dnslens sql "select client, count(*) from lookups group by 1"', 'ask it yourself'],
];

/** Help for a command, or for the whole tool; examples come first. */
export function helpText(command: CommandName | null, width: number): string {
  const parts = command === null ? overview(width) : commandHelp(command, width);
  return `${parts.join('\n\n')}\n`;
}

function overview(width: number): string[] {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]): Row => [name, summary]);
  return [
    'dnslens: why DNS in a Kubernetes cluster is slow or failing, from captures, logs and counters',
    section('Examples', OPENING, width),
    section('Commands', commands, width),
    section('Options of every command', flagsOf(null).filter(isGlobal).map(flagRow), width),
    section('Environment', ENVIRONMENT, width),
    section('Exit codes', EXIT_CODES, width),
    wrap(ERRORS_ASIDE, Math.min(width, 110)).join('\n'),
    'More: dnslens COMMAND --help',
  ];
}

function commandHelp(name: CommandName, width: number): string[] {
  const { summary, about, examples, operand } = commandOf(name);
  const flags = flagsOf(name);
  return [
    `dnslens ${name}: ${summary}`,
    section('Examples', examples, width),
    `Usage\n  dnslens ${name}${operand ? ` ${operand.usage}` : ''} [OPTION]...`,
    ...about.map((paragraph) => wrap(paragraph, Math.min(width, 100)).join('\n')),
    section(
      'Options',
      [...flags.filter((flag) => !isGlobal(flag)), ...flags.filter(isGlobal)].map(flagRow),
      width,
    ),
  ];
}

function isGlobal(flag: Flag): boolean {
  return flag.commands === 'all';
}

function flagRow(flag: Flag): Row {
  return [flagUsage(flag), flagHelp(flag)];
}

/** A heading and two columns; the right one goes below where the left one is long. */
function section(heading: string, rows: readonly Row[], width: number): string {
  const fits = (left: string) => widthOf(left) <= width * 0.6;
  const column = Math.max(...rows.map(([left]) => (fits(left) ? widthOf(left) : 0))) + 4;
  const lines = rows.flatMap(([left, right]) => {
    const below = !fits(left);
    const wrapped = wrap(right, Math.max(20, Math.min(width, 110) - column));
    const indented = wrapped.map((line) => ' '.repeat(column) + line);
    if (below) return [`  ${left}`, ...indented];
    return [padEnd(`  ${left}`, column) + wrapped[0]!, ...indented.slice(1)];
  });
  return [heading, ...lines].join('\n');
}
