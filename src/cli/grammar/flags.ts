import { FORMAT_NAMES } from '../../report/format.js';
import type { CommandName } from './commands.js';
import { VERDICTS } from './fail-on.js';
import type { Flag } from './flag.js';
import { COLLECT_FLAGS } from './collect-flags.js';
import { EVIDENCE_FLAGS } from './evidence-flags.js';
import { LAKE_FLAGS } from './lake-flags.js';
import { WATCH_FLAGS } from './watch-flags.js';
import { WHAT_IF_FLAGS } from './what-if-flags.js';

/** Commands that ask a database something. */
const ASKING = ['report', 'explain', 'fix', 'what-if', 'compare', 'sql'] as const;
/** Commands that hold a database's rows in memory. */
const WORKING = ['ingest', ...ASKING, 'export', 'forget', 'rebuild', 'diagnose'] as const;
const READERS = ['report', 'export'] as const;
const NARROWED = ['report', 'what-if', 'export'] as const;

/**
 * Every option of every command. Parsing, help, completions and the man page are all made from this table,
 * so a name means the same thing wherever it is taken.
 */
export const FLAGS = [
  {
    name: 'db',
    kind: 'text',
    value: 'FILE',
    help: 'the database, or the folder or s3:// URL of a lake to read; default dnslens.duckdb, or what DNSLENS_DB names; of diagnose one of its own in the cache folder; of watch what was judged last, for other processes, and none without it',
    completes: 'file',
    commands: [...WORKING, 'watch', 'lake', 'doctor', 'mcp'],
  },
  {
    name: 'memory-limit',
    kind: 'text',
    value: 'SIZE',
    help: "what dnslens may hold in memory, such as 800MB; more is kept in a folder beside the database; default 80 % of the machine's, or what DNSLENS_MEMORY_LIMIT says; by themselves ingest and rebuild take some 350MB for 1.6 million messages, and 580MB for 6.4 million with copies",
    commands: [...WORKING, 'watch'],
  },
  ...EVIDENCE_FLAGS,
  {
    name: 'format',
    alias: 'f',
    kind: 'text',
    value: 'FORMAT',
    choices: FORMAT_NAMES,
    help: 'how to print',
    default: 'table',
    commands: ['report', 'what-if', 'compare', 'sql', 'diagnose'],
  },
  {
    name: 'csv',
    kind: 'switch',
    help: 'the same as --format csv; of export: one CSV file per query',
    commands: ['report', 'what-if', 'compare', 'sql', 'export'],
  },
  {
    name: 'wide',
    kind: 'switch',
    help: 'tables with all of their columns, wider than the terminal',
    commands: ['report', 'what-if', 'sql'],
  },
  {
    name: 'json',
    kind: 'switch',
    help: 'the same as --format json; of watch, and of collect --watch: an object for each change of a verdict, and no screen',
    commands: [...ASKING, 'diagnose', 'queries', 'doctor', 'watch', 'collect'],
  },
  { name: 'html', kind: 'switch', help: 'one page that holds all that it shows', commands: ['export'] },
  {
    name: 'parquet',
    kind: 'switch',
    help: 'every table as Parquet, a lake that Trino, Athena, DuckDB and pandas read; in parquet/ of --out, or in the folder or s3:// URL that follows',
    commands: ['export'],
  },
  {
    name: 'node',
    kind: 'list',
    value: 'NODE',
    help: "of --parquet: the node that all rows are filed under, instead of the sources' labels; of collect: a node to look at, may be given several times",
    commands: ['export', 'collect'],
  },
  ...LAKE_FLAGS,
  { name: 'markdown', kind: 'switch', help: 'the diagnosis for a ticket', commands: ['export'] },
  {
    name: 'output',
    alias: 'o',
    kind: 'text',
    value: 'FILE',
    help: 'write there instead of to standard output',
    completes: 'file',
    commands: [...ASKING, 'diagnose'],
  },
  {
    name: 'out',
    kind: 'text',
    value: 'DIR',
    help: 'the folder to write into; made where it is missing; of collect a new one, by default dnslens-TIME',
    completes: 'folder',
    commands: ['export', 'collect'],
  },
  {
    name: 'param',
    alias: 'p',
    kind: 'list',
    value: 'NAME=VALUE',
    help: "a query's parameter; may be given several times",
    commands: READERS,
  },
  {
    name: 'since',
    kind: 'text',
    value: 'TIME',
    help: 'nothing before: 2026-01-02T03:04:05Z (UTC unless it has an offset), 03:04, 10m before the evidence ends, @now-10m; or both ends: 03:04..03:09',
    commands: [...NARROWED, 'diagnose'],
  },
  {
    name: 'until',
    kind: 'text',
    value: 'TIME',
    help: 'nothing from then on',
    commands: [...NARROWED, 'diagnose'],
  },
  {
    name: 'client',
    kind: 'text',
    value: 'CLIENT',
    help: 'some clients only: an address, a prefix (10.0.1.0/24), a pod, a workload, NAMESPACE/POD, NAMESPACE/WORKLOAD or NAMESPACE/',
    commands: ['report', 'explain', 'what-if', 'compare', 'export', 'diagnose'],
  },
  {
    name: 'pcap',
    kind: 'text',
    value: 'FILE',
    help: "write the lookup's frames there too, as the captures that were read have them (pcapng); with --redact anew, with pseudonyms",
    commands: ['explain'],
  },
  {
    name: 'at',
    kind: 'text',
    value: 'TIME',
    help: 'of the lookups of a name, the one nearest to this time instead of the slowest',
    commands: ['explain'],
  },
  ...COLLECT_FLAGS,
  ...WHAT_IF_FLAGS,
  ...WATCH_FLAGS,
  {
    name: 'fail-on',
    kind: 'text',
    value: 'VERDICT',
    choices: VERDICTS,
    help: 'exit with 1 when a cause has this verdict or a surer one, costs only where they hurt lookups; findings of checks count as confirmed',
    commands: ['report', 'diagnose'],
  },
  {
    name: 'redact',
    kind: 'switch',
    help: 'pseudonyms in the place of names, addresses, ports and all other texts of the evidence, so that it may be given away',
    commands: [
      'report',
      'explain',
      'fix',
      'what-if',
      'compare',
      'sql',
      'export',
      'diagnose',
      'queries',
      'doctor',
      'mcp',
    ],
  },
  {
    name: 'by',
    kind: 'text',
    value: 'GROUP',
    choices: ['cause', 'workload'],
    help: 'how the diagnosis is grouped',
    default: 'cause',
    commands: ['report', 'diagnose'],
  },
  {
    name: 'brief',
    kind: 'switch',
    help: 'the diagnosis in twelve lines, for the head of a ticket or a message',
    commands: ['diagnose', 'report'],
  },
  {
    name: 'verbose',
    alias: 'v',
    kind: 'switch',
    help: 'the whole diagnosis: every finding, example and fix, and why each other cause is ruled out',
    commands: ['diagnose', 'report'],
  },
  {
    name: 'queries',
    kind: 'list',
    value: 'DIR',
    help: 'a folder of your own queries, beside the bundled ones',
    completes: 'folder',
    commands: ['report', 'queries', 'export'],
  },
  {
    name: 'color',
    kind: 'text',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    help: 'colours; auto asks the terminal, NO_COLOR and FORCE_COLOR',
    default: 'auto',
    commands: 'all',
  },
  {
    name: 'quiet',
    alias: 'q',
    kind: 'switch',
    help: 'no progress and no notices on standard error',
    commands: 'all',
  },
  { name: 'help', alias: 'h', kind: 'switch', help: 'this help', commands: 'all' },
  { name: 'version', alias: 'V', kind: 'switch', help: 'the version', commands: 'all' },
] as const satisfies readonly Flag[];

type Declared = (typeof FLAGS)[number];
export type SwitchName = Extract<Declared, { kind: 'switch' }>['name'];
export type TextName = Extract<Declared, { kind: 'text' }>['name'];
export type ListName = Extract<Declared, { kind: 'list' }>['name'];

/** The options that a command takes; all of them without a command. */
export function flagsOf(command: CommandName | null): Flag[] {
  const flags: readonly Flag[] = FLAGS;
  if (command === null) return [...flags];
  return flags.filter((flag) => flag.commands === 'all' || flag.commands.includes(command));
}
