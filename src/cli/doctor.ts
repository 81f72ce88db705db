import { existsSync } from 'node:fs';
import { arch, availableParallelism, freemem, platform, totalmem } from 'node:os';
import { KINDS } from '../ingest/index.js';
import { loadCatalog } from '../packs/load.js';
import { counted } from '../base/counted.js';
import { bytesText } from '../report/cell.js';
import { printable } from '../report/escape.js';
import { padEnd, wrap } from '../report/text.js';
import { Database } from '../store/database.js';
import { UserError } from '../store/user-error.js';
import type { Session } from './session.js';
import { version } from './version.js';

/** Columns before the values. */
const INDENT = 12;

type Line = readonly [what: string, value: string];

/** dnslens doctor: versions, limits, and what the database holds. */
export async function doctor(session: Session): Promise<number> {
  const catalog = loadCatalog();
  const lines: Line[] = [
    ['dnslens', version()],
    ['node', `${process.version} (${platform()}, ${arch()})`],
    ['duckdb', await duckdbVersion()],
    [
      'machine',
      `${availableParallelism()} CPUs, ${bytesText(totalmem())} memory, ${bytesText(freemem())} free`,
    ],
    ...KINDS.map(({ title, kind }, i): Line => [i === 0 ? 'reads' : '', `${kind}: ${title}`]),
    ['queries', `${catalog.ids.length} in ${catalog.packs.length} packs`],
    ...(await describeDatabase(session)),
  ];
  const { width } = session.layout();
  process.stdout.write(lines.map((line) => lineText(line, width)).join(''));
  return 0;
}

/** A line, or several where the terminal is narrow, the value beside what it is. */
function lineText([what, value]: Line, width: number): string {
  const wrapped = wrap(printable(value), Math.max(20, width - INDENT));
  return wrapped.map((text, i) => `${padEnd(i === 0 ? what : '', INDENT)}${text}\n`).join('');
}

async function duckdbVersion(): Promise<string> {
  const database = await Database.open(':memory:');
  try {
    const [row] = await database.rows<{ version: string }>('select version() as version');
    return row!.version;
  } finally {
    database.close();
  }
}

async function describeDatabase(session: Session): Promise<Line[]> {
  const path = session.databasePath;
  if (!existsSync(path)) return [['database', `${path}: not there yet`]];
  try {
    return await session.withDatabase(async (database) => {
      const sources = await database.rows<{ path: string; kind: string; rows: number; problems: number }>(
        'select path, kind, rows::DOUBLE as rows, problems::DOUBLE as problems from sources order by source_id',
      );
      return [
        ['database', `${path}: ${counted(sources.length, 'source')}`],
        ...sources.map((source): Line => [
          '',
          `${source.path}: ${source.kind}, ${counted(source.rows, 'row')}, ${counted(source.problems, 'problem')}`,
        ]),
      ];
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [['database', error.message]];
  }
}
