import { existsSync } from 'node:fs';
import { arch, availableParallelism, freemem, platform, totalmem } from 'node:os';
import { KINDS } from '../ingest/index.js';
import { loadCatalog } from '../packs/load.js';
import { bytesText, grouped } from '../report/cell.js';
import { printable } from '../report/escape.js';
import { padEnd } from '../report/text.js';
import { Database } from '../store/database.js';
import { UserError } from '../store/user-error.js';
import type { Session } from './session.js';
import { version } from './version.js';

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
  process.stdout.write(lines.map(([what, value]) => `${padEnd(what, 12)}${printable(value)}\n`).join(''));
  return 0;
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
      const sources = await database.rows<{ path: string; kind: string; rows: bigint; problems: bigint }>(
        'select path, kind, rows, problems from sources order by source_id',
      );
      return [
        ['database', `${path}: ${sources.length} sources`],
        ...sources.map((source): Line => [
          '',
          `${source.path}: ${source.kind}, ${grouped(Number(source.rows))} rows, ${grouped(Number(source.problems))} problems`,
        ]),
      ];
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [['database', error.message]];
  }
}
