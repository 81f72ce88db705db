import { trinoLiteral } from '../packs/dialect/literal.js';
import { toTrino } from '../packs/dialect/to-trino.js';
import { type Catalog, loadCatalog } from '../packs/load.js';
import type { Query } from '../packs/query.js';
import { NO_FILTERS } from '../packs/filters.js';
import { parameterValue } from '../packs/run.js';
import { json, printable } from '../report/escape.js';
import { padEnd, widthOf, wrap } from '../report/text-layout.js';
import { UserError } from '../base/user-error.js';
import type { Session } from './session.js';
import { withOutput } from './terminal/output.js';

/** dnslens queries: a list by pack, or one query's documentation, or its SQL for another engine. */
export async function queries(session: Session): Promise<number> {
  const catalog = loadCatalog(session.args.list('queries'));
  const name = session.args.operands[0];
  const { width } = session.layout();
  if (session.args.on('json')) return printJson(catalog, name);
  const engine = session.args.text('engine');
  if (engine !== undefined) return printSql(catalog.get(name ?? ''), engine);
  const text =
    name !== undefined && catalog.has(name)
      ? describe(catalog.get(name), Math.min(width, 100))
      : list(name === undefined ? catalog.queries : catalog.select([name]), width);
  await withOutput(undefined, (output) => output.write(text), { paged: true });
  return 0;
}

/** All of them, those of a pack or one with its SQL, as docs/schema/queries.schema.json says. */
async function printJson(catalog: Catalog, name: string | undefined): Promise<number> {
  const one = name !== undefined && catalog.has(name);
  const told = (name === undefined ? catalog.queries : catalog.select([name])).map((query) => ({
    query: query.id,
    title: query.title,
    description: query.description,
    kind: query.kind,
    severity: query.severity,
    requires: query.requires,
    params: Object.entries(query.params).map(([param, facts]) => ({ param, ...facts })),
    columns: query.columns,
    ...(one ? { sql: query.sql } : {}),
  }));
  await withOutput(undefined, (output) => output.write(`${json(one ? told[0] : told)}\n`), { paged: true });
  return 0;
}

/** A query's SQL, to paste where no connection leads to, with its parameters' defaults. */
async function printSql(query: Query, engine: string): Promise<number> {
  if (engine !== 'trino')
    throw new UserError('wrong-value', `dnslens queries prints SQL for --engine trino, not for ${engine}`);
  const options = { params: {}, filters: NO_FILTERS };
  const sql = toTrino(query.sql, (name, type, bare) =>
    trinoLiteral(parameterValue(query, options, name), type, bare),
  );
  await withOutput(undefined, (output) => output.write(`${sql}\n`));
  return 0;
}

function list(all: readonly Query[], width: number): string {
  const column = Math.max(0, ...all.map((query) => widthOf(query.id))) + 4;
  const packs = [...new Set(all.map((query) => query.pack))];
  const blocks = packs.map((pack) => {
    const lines = all
      .filter((query) => query.pack === pack)
      .map((query) => {
        const [first = '', ...rest] = wrap(printable(query.title), Math.max(20, width - column));
        return [
          padEnd(`  ${query.id}`, column) + first,
          ...rest.map((line) => ' '.repeat(column) + line),
        ].join('\n');
      });
    return `${pack}\n${lines.join('\n')}\n`;
  });
  return `${blocks.join('\n')}\nOne of them: dnslens queries QUERY; run it: dnslens report QUERY\n`;
}

function describe(query: Query, width: number): string {
  const params = Object.entries(query.params).map(
    ([name, { type, default: preset, description }]) =>
      [`${name} (${type}, ${preset === null ? 'not set' : preset})`, description] as const,
  );
  const severity = query.severity ? `, severity ${query.severity}` : '';
  const sections = [
    `${query.title} (${query.id})\n${query.kind}${severity}`,
    wrap(printable(query.description), width).join('\n'),
    ...(query.requires.length > 0 ? [`Needs rows in: ${query.requires.join(', ')}`] : []),
    ...(params.length > 0 ? [definitions('Parameters, by --param NAME=VALUE', params, width)] : []),
    definitions('Columns', Object.entries(query.columns), width),
    `SQL, from ${query.path}\n\n${query.sql}`,
  ];
  return `${sections.map((section) => section.split('\n').map(printable).join('\n')).join('\n\n')}\n`;
}

function definitions(heading: string, rows: readonly (readonly [string, string])[], width: number): string {
  const column = Math.max(...rows.map(([term]) => widthOf(term))) + 4;
  const lines = rows.flatMap(([term, meaning]) =>
    wrap(meaning, Math.max(20, width - column)).map(
      (line, i) => padEnd(i === 0 ? `  ${term}` : '', column) + line,
    ),
  );
  return [heading, ...lines].join('\n');
}
