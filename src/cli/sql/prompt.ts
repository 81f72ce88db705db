import { createInterface, type Interface } from 'node:readline/promises';
import { loadCatalog } from '../../packs/load.js';
import { columnsSql, TABLES_SQL } from '../../packs/tables-sql.js';
import { didYouMean } from '../../base/suggest.js';
import type { Database } from '../../store/database.js';
import { UserError } from '../../base/user-error.js';
import { printable } from '../../report/escape.js';
import type { Session } from '../session.js';
import { Completion } from './completion.js';
import { runText } from './run-statements.js';
import { loadHistory, saveHistory } from './history.js';

const READY = 'dnslens> ';
const MORE = '    ...> ';

const DOT_COMMANDS: Readonly<Record<string, string>> = {
  '.tables': 'the tables, and what a row of each is; `.tables TABLE` says what its columns mean',
  '.queries': 'the bundled queries; `.queries QUERY` prints the SQL of one',
  '.help': 'this list',
  '.quit': 'leave (or Ctrl-D)',
};

/** The prompt of dnslens sql: a statement ends with `;`, Ctrl-C interrupts it or empties the line. */
export async function prompt(session: Session, database: Database): Promise<void> {
  let pending = '';
  const completion = await Completion.of(database, Object.keys(DOT_COMMANDS));
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    history: await loadHistory(),
    historySize: 1000,
    removeHistoryDuplicates: true,
    completer: (line: string) => completion.of(pending, line),
  });
  process.stdout.write(
    `Read-only SQL on ${session.databasePath}; end a statement with ";". ".help" says more.\n`,
  );
  let running = false;
  process.stdout.once('error', () => reader.close());
  reader.on('SIGINT', () => {
    if (running) database.connection.interrupt();
    pending = '';
    if (!running) clearLine(reader);
  });
  reader.setPrompt(READY);
  reader.prompt();
  for await (const line of reader) {
    const entered = pending === '' ? line.trim() : `${pending}\n${line}`;
    if (['.quit', '.exit'].includes(line.trim())) break;
    running = true;
    pending = await enter(session, database, entered).catch(complain);
    running = false;
    reader.setPrompt(pending === '' ? READY : MORE);
    reader.prompt();
  }
  reader.close();
  await saveHistory((reader as Interface & { history: string[] }).history);
}

/** Handles what was entered; gives back what waits for its end. */
async function enter(session: Session, database: Database, text: string): Promise<string> {
  if (text === '') return '';
  if (text.startsWith('.')) await dotCommand(session, database, text);
  else if (text.trimEnd().endsWith(';')) await runText(session, database, text);
  else return text;
  return '';
}

async function dotCommand(session: Session, database: Database, text: string): Promise<void> {
  const [name = '', argument] = text.split(/\s+/);
  switch (name) {
    case '.tables':
      return runText(
        session,
        database,
        argument === undefined ? TABLES_SQL : columnsSql(argument.replace(/;$/, '')),
      );
    case '.queries': {
      const catalog = loadCatalog(session.args.list('queries'));
      const lines = argument
        ? [catalog.get(argument).sql]
        : catalog.queries.map(({ id, title }) => `${id}: ${title}`);
      process.stdout.write(`${lines.join('\n')}\n`);
      return;
    }
    case '.help': {
      const lines = Object.entries(DOT_COMMANDS).map(([command, what]) => `${command.padEnd(10)}${what}`);
      process.stdout.write(`${lines.join('\n')}\n`);
      return;
    }
    default:
      throw new UserError(
        'unknown-command',
        `There is no ${name}${didYouMean(name, Object.keys(DOT_COMMANDS)) || '; see .help'}`,
      );
  }
}

function complain(error: unknown): string {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message.split('\n').map(printable).join('\n')}\n`);
  return '';
}

function clearLine(reader: Interface): void {
  process.stdout.write('\n');
  reader.write(null, { ctrl: true, name: 'e' });
  reader.write(null, { ctrl: true, name: 'u' });
  reader.setPrompt(READY);
  reader.prompt();
}
