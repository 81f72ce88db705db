import { ASKING_COMMANDS } from './asking-commands.js';
import type { Command } from './command.js';
import { SHELLS } from '../completion/shells.js';
import { READING_COMMANDS } from './reading-commands.js';

/** Every command; parsing, help, completions and the manual page are made from this table. */
export const COMMANDS = {
  ...READING_COMMANDS,
  ...ASKING_COMMANDS,
  lake: {
    summary: 'put a lake of Parquet into an engine',
    about: [
      '`ddl` prints the statements that make the tables of a lake, which `export --parquet` writes, in Trino, Athena or DuckDB. `views` prints those that put all tables of DuckDB over a folder, and with --db writes them into a file. Reports read a lake too: --db DIR.',
    ],
    operand: { usage: 'ddl|views [DIR]', least: 1, most: 2, completes: 'none' },
    examples: [
      ['dnslens lake ddl --engine trino --location s3://bucket/lake', 'for Trino'],
      ['dnslens lake views lake/ | duckdb -init /dev/stdin', "for DuckDB's own shell"],
      ['dnslens lake views lake/ --db lake.duckdb', 'the same, in a file'],
      ['dnslens report --db lake/', 'the diagnosis of a whole lake'],
    ],
  },
  forget: {
    summary: 'take a source out of the database',
    about: [
      'Deletes every row that one input gave, and builds the models of what is left. SOURCE is its number, its path, the name of its file or its label, as `dnslens sql "from sources"` shows them; where several fit, it lists them and takes none.',
    ],
    operand: { usage: 'SOURCE', least: 1, most: 1, completes: 'none' },
    examples: [
      ['dnslens forget 3', 'the source with this number'],
      ['dnslens forget wrong-cluster.pcap', 'by its path, or the name of its file'],
    ],
  },
  rebuild: {
    summary: 'build the models in the database again',
    about: [
      'Reports never change the database: where its models are of another version, or an ingest was interrupted, they build them in a temporary copy each time. This builds them in the file itself, once.',
    ],
    operand: null,
    examples: [
      ['dnslens rebuild --db colleague.duckdb', 'after an update of dnslens, or of a file from someone else'],
    ],
  },
  doctor: {
    summary: 'say what this installation can do',
    about: ['Prints versions, limits, the kinds of evidence that it reads, and what the database holds.'],
    operand: null,
    examples: [['dnslens doctor', 'paste this into a bug report']],
  },
  mcp: {
    summary: 'serve all of this to an assistant (Model Context Protocol)',
    about: [
      'Speaks the Model Context Protocol on standard input and output: an assistant reads evidence, asks for the diagnosis, explains lookups and causes, plays changes, compares, and runs bundled queries and SQL, as the commands of these names do. It never changes evidence or a cluster.',
      'Evidence is read from the folders that are named here, and from nowhere else; without one, only --db can be asked. Without --db databases are gone when the server ends. With --redact every answer has pseudonyms, and what cannot have them is not offered. DNSLENS_MEMORY_LIMIT bounds each question. docs/mcp.md has the tools and a transcript.',
    ],
    operand: { usage: '[DIR]...', least: 0, most: Infinity, completes: 'file' },
    examples: [
      ['dnslens mcp evidence/', 'as the command of a server in an assistant, with what it may read'],
      ['dnslens mcp --db incident.duckdb --redact', 'one database, under pseudonyms'],
    ],
  },
  completions: {
    summary: "print a shell's completion script",
    about: [],
    operand: { usage: SHELLS.join('|'), least: 1, most: 1, completes: 'shell' },
    examples: [
      ['source <(dnslens completions bash)', 'bash, in ~/.bashrc'],
      ['dnslens completions zsh > "${fpath[1]}/_dnslens"', 'zsh'],
      ['dnslens completions fish > ~/.config/fish/completions/dnslens.fish', 'fish'],
    ],
  },
  man: {
    summary: 'print the manual page',
    about: [],
    operand: null,
    examples: [
      ['dnslens man | man -l -', 'read it'],
      ['dnslens man > ~/.local/share/man/man1/dnslens.1', 'install it'],
    ],
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** A command's declaration with its literal types widened. */
export function commandOf(name: CommandName): Command {
  return COMMANDS[name];
}
