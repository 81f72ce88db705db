import { StatementType } from '@duckdb/node-api';
import { chartColumns } from '../../src/packs/chart.js';
import { narrowedSql } from '../../src/packs/narrowed.js';
import { doubts } from '../../src/packs/dialect/portable.js';
import { is, tokenize } from '../../src/packs/dialect/tokens.js';
import { PARAM_TYPES, type Query } from '../../src/packs/query.js';
import { FILTERS } from '../../src/packs/filters.js';
import type { Database } from '../../src/store/database.js';

/** Casts that fit each type of parameter. */
const CASTS: Readonly<Record<keyof typeof PARAM_TYPES, RegExp>> = {
  text: /^varchar$/,
  integer: /^(integer|bigint)$/,
  number: /^double$/,
  boolean: /^boolean$/,
  interval: /^interval$/,
  time: /^timestamp(_ns)?$/,
};

/** Every filter given, so that all that a query can become is looked at. */
const NARROW = {
  since: '2026-01-02 03:04:05',
  until: '2026-01-02 03:04:06',
  client: { name: 'web', addresses: ['10.0.0.1', '10.0.0.2'] },
};

const HEADLINE_COLUMNS = ['severity', 'sentence', 'look'];

/** What is wrong with a query, a sentence each; nothing is run. `database` has the models, without rows. */
export async function lintQuery(database: Database, query: Query): Promise<string[]> {
  const narrowest = narrowedSql(query.text, NARROW);
  const sql = withoutCommentsAndTexts(narrowest);
  return [
    ...doubts(narrowest).map(({ what }) => what),
    ...lintPatterns(query.sql),
    ...lintParams(query, sql),
    ...lintMeta(query),
    ...(await lintStatement(database, query, narrowest)),
  ];
}

/** Names of DNS hold `_`, which a pattern takes for any character. */
function lintPatterns(sql: string): string[] {
  const tokens = tokenize(sql).filter(({ kind }) => kind !== 'blank');
  const built = tokens.filter(
    (token, at) => is(token, 'like') && (tokens[at + 1]?.kind !== 'text' || is(tokens[at + 2], '||')),
  );
  return built.length > 0 ? ['builds a pattern of LIKE; compare by starts_with, ends_with or strpos'] : [];
}

function lintParams(query: Query, sql: string): string[] {
  const uses = [...sql.matchAll(/\$(\w+)(?:::(\w+))?/g)].map(([, name, cast]) => ({ name: name!, cast }));
  const used = new Set(uses.map(({ name }) => name));
  return [
    ...uses.flatMap(({ name, cast }) => lintUse(query, name, cast)),
    ...Object.keys(query.params)
      .filter((name) => !used.has(name))
      .map((name) => `does not use its parameter ${name}`),
  ];
}

function lintUse(query: Query, name: string, cast: string | undefined): string[] {
  const filter = (FILTERS as readonly string[]).includes(name);
  const type = filter ? (name === 'client' ? 'text' : 'time') : query.params[name]?.type;
  if (!type) return [`uses $${name}, which it does not declare`];
  if (!cast) return [`does not cast $${name}`];
  return CASTS[type].test(cast.toLowerCase()) ? [] : [`casts $${name} to ${cast} though it is a ${type}`];
}

function lintMeta({ kind, severity, columns, chart, narrow, params, title, description }: Query): string[] {
  const names = Object.keys(columns);
  const charted = chart ? chartColumns(chart) : [];
  return [
    ...(kind === 'check' && !severity ? ['is a check without a severity'] : []),
    ...(kind === 'chart' && !chart ? ['is a chart without a chart'] : []),
    ...(kind === 'headline' && names.join() !== HEADLINE_COLUMNS.join()
      ? [`is a headline and must have the columns ${HEADLINE_COLUMNS.join(', ')}`]
      : []),
    ...charted.filter((name) => !names.includes(name)).map((name) => `charts ${name}, which is no column`),
    ...(narrow ?? [])
      .filter((name) => !names.includes(name))
      .map((name) => `keeps ${name}, which is no column`),
    ...(chart?.step && !(chart.step in params)
      ? [`charts steps of ${chart.step}, which is no parameter`]
      : []),
    ...(/^One row(?: per|;|,| for)/.test(description)
      ? []
      : ['does not begin its description with its grain, "One row per ..."']),
    ...(title.endsWith('.') || title.length > 80 ? ['has a title that is a sentence or too long'] : []),
  ];
}

async function lintStatement(database: Database, query: Query, sql: string): Promise<string[]> {
  const { connection } = database;
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) return [`has ${statements.count} statements`];
  const statement = await statements.prepare(0);
  const wrong: string[] = [];
  if (statement.statementType !== StatementType.SELECT) wrong.push('is no select statement');
  const given = Array.from({ length: statement.columnCount }, (_, i) => statement.columnName(i));
  const declared = Object.keys(query.columns);
  if (given.join() !== declared.join())
    wrong.push(`gives ${given.join(', ')} and declares ${declared.join(', ')}`);
  statement.destroySync();
  const rows = await database.rows<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'main'",
  );
  const tables = new Set(rows.map(({ name }) => name));
  // DuckDB's own getTableNames looks through views, and gives nothing where a parameter has no value
  const aside = withoutCommentsAndTexts(query.sql).match(/\b(raw|work)\.\w+/g) ?? [];
  wrong.push(...aside.map((name) => `reads ${name}, which is not for packs`));
  wrong.push(
    ...query.requires
      .filter((name) => !tables.has(name))
      .map((name) => `requires ${name}, which is no table`),
  );
  return wrong;
}

function withoutCommentsAndTexts(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, ' ');
}
