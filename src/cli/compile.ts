// The package's last step of building: keeps what every command would find out again about the bundled queries and models.
import { rmSync, writeFileSync } from 'node:fs';
import { buildModels } from '../build/build.js';
import { builtFingerprint, loadCauseModels, loadCauses } from '../causes/load.js';
import { mergedViews } from '../lake/merged.js';
import { loadModels } from '../models/load.js';
import { qualified } from '../models/model.js';
import { type Node, needsOf } from '../models/needs.js';
import { SHAPES, type Shapes } from '../models/shapes.js';
import { withThresholds } from '../models/thresholds.js';
import { COMPILED, parsedYaml } from '../base/yaml.js';
import { loadCatalog } from '../packs/load.js';
import { Database } from '../store/database.js';
import { identifier, textLiteral } from '../base/sql-text.js';

for (const file of [COMPILED, SHAPES]) rmSync(file, { force: true });
loadCatalog();
mergedViews();
writeFileSync(SHAPES, JSON.stringify(await findShapes()));
writeFileSync(COMPILED, JSON.stringify(parsedYaml()));

/** Of the models that evidence of nothing makes. */
async function findShapes(): Promise<Shapes> {
  const database = await Database.open(':memory:');
  // keeps tables that are otherwise dropped
  process.env['DNSLENS_DEBUG'] = '1';
  await buildModels(database);
  const aggregates = await aggregatesOf(database);
  const needs = async (sql: string) => needsOf(await treeOf(database, sql), aggregates);

  const found: Shapes = { fingerprint: builtFingerprint(), models: {}, signs: {} };
  const views = new Map<string, readonly string[]>();
  const withoutViews = async (sql: string) => [
    ...new Set([...(await needs(sql))].flatMap((table) => views.get(table) ?? [table])),
  ];
  const { work, main } = loadCauseModels();
  for (const model of [...loadModels(), ...work, ...main]) {
    const tables = await withoutViews(model.sql);
    if (model.materialized === 'view') views.set(qualified(model), tables);
    else if (tables.length > 0) {
      const { schema, name } = model;
      const columns = await columnsOf(database, schema === 'temp' ? 'debug' : schema, name);
      found.models[qualified(model)] = { columns, needs: tables };
    }
  }
  for (const { id, signs, params, path } of loadCauses())
    found.signs[id] = await withoutViews(withThresholds(signs, params, path));
  database.close();
  return found;
}

async function treeOf(database: Database, sql: string): Promise<Node> {
  const [row] = await database.rows<{ tree: string }>(
    `select json_serialize_sql(${textLiteral(sql)})::VARCHAR as tree`,
  );
  return (JSON.parse(row!.tree) as { statements: { node: Node }[] }).statements[0]!.node;
}

/** Functions that make one row of many, and macros that use them. */
async function aggregatesOf(database: Database): Promise<Set<string>> {
  const rows = await database.rows<{ name: string; text: string | null }>(
    "select distinct lower(function_name) as name, macro_definition as text from duckdb_functions() where function_type in ('aggregate', 'macro')",
  );
  const found = new Set(rows.filter(({ text }) => text === null).map(({ name }) => name));
  const uses = (text: string) =>
    text
      .toLowerCase()
      .split(/\W+/)
      .some((word) => found.has(word));
  for (const { name, text } of rows) if (text !== null && uses(text)) found.add(name);
  return found;
}

async function columnsOf(database: Database, schema: string, table: string): Promise<string> {
  const rows = await database.rows<{ name: string; type: string }>(
    `select column_name as name, data_type as type from duckdb_columns()
     where database_name = current_database() and schema_name = ${textLiteral(schema)} and table_name = ${textLiteral(table)}
     order by column_index`,
  );
  return rows.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ');
}
