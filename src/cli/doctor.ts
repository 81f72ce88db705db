import { arch, availableParallelism, freemem, platform, totalmem } from 'node:os';
import { counted } from '../base/counted.js';
import { KINDS } from '../ingest/index.js';
import { loadCatalog } from '../packs/load.js';
import { bytesText } from '../report/cell.js';
import { json, printable } from '../report/escape.js';
import { padEnd, wrap } from '../report/text-layout.js';
import { Database } from '../store/database.js';
import { UserError } from '../base/user-error.js';
import type { Session } from './session.js';
import { version } from './version.js';

/** Columns before the values. */
const INDENT = 12;

type Line = readonly [what: string, value: string];

interface Source {
  source: number;
  path: string;
  kind: string;
  label: string | null;
  rows: number;
  problems: number;
}

/** What the database holds; what is wrong with it where it cannot be read. */
interface Holding {
  path: string;
  there: boolean;
  fault: string | null;
  sources: Source[];
}

/** dnslens doctor: versions, limits, and what the database holds. */
export async function doctor(session: Session): Promise<number> {
  const facts = await look(session);
  const { width } = session.layout();
  process.stdout.write(
    session.args.on('json')
      ? `${json(facts)}\n`
      : linesOf(facts)
          .map((line) => lineText(line, width))
          .join(''),
  );
  return 0;
}

/** docs/schema/doctor.schema.json. */
async function look(session: Session) {
  const catalog = loadCatalog();
  return {
    dnslens: version(),
    node: process.version,
    platform: platform(),
    arch: arch(),
    duckdb: await duckdbVersion(),
    cpus: availableParallelism(),
    memory_bytes: totalmem(),
    free_bytes: freemem(),
    reads: KINDS.map(({ kind, title }) => ({ kind, title })),
    queries: catalog.ids.length,
    packs: catalog.packs.length,
    database: await holding(session),
  };
}

function linesOf(facts: Awaited<ReturnType<typeof look>>): Line[] {
  const { path, there, fault, sources } = facts.database;
  const database = fault ?? `${path}: ${there ? counted(sources.length, 'source') : 'not there yet'}`;
  return [
    ['dnslens', facts.dnslens],
    ['node', `${facts.node} (${facts.platform}, ${facts.arch})`],
    ['duckdb', facts.duckdb],
    [
      'machine',
      `${facts.cpus} CPUs, ${bytesText(facts.memory_bytes)} memory, ${bytesText(facts.free_bytes)} free`,
    ],
    ...facts.reads.map(({ kind, title }, i): Line => [i === 0 ? 'reads' : '', `${kind}: ${title}`]),
    ['queries', `${facts.queries} in ${facts.packs} packs`],
    ['database', database],
    ...sources.map((one): Line => [
      '',
      `${one.path}: ${one.kind}, ${counted(one.rows, 'row')}, ${counted(one.problems, 'problem')}`,
    ]),
  ];
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

async function holding(session: Session): Promise<Holding> {
  const none = { path: session.databasePath, there: false, fault: null, sources: [] };
  if (!session.hasDatabase) return none;
  try {
    const sources = await session.withDatabase((database) =>
      database.rows<Source>(
        'select source_id::DOUBLE as source, path, kind, label, rows::DOUBLE as rows, problems::DOUBLE as problems from sources order by source_id',
      ),
    );
    return { ...none, there: true, sources };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...none, there: true, fault: error.message };
  }
}
