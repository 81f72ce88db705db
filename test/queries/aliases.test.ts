import { afterAll, beforeAll, expect, it } from 'vitest';
import { textLiteral } from '../../src/base/sql-text.js';
import { loadCauseModels, loadCauses } from '../../src/causes/load.js';
import { loadModels } from '../../src/models/load.js';
import { qualified } from '../../src/models/model.js';
import { withThresholds } from '../../src/models/thresholds.js';
import { loadCatalog } from '../../src/packs/load.js';
import { plainDuckDb } from '../support/duckdb.js';

type Tree = Record<string, unknown>;

let database: Awaited<ReturnType<typeof plainDuckDb>>;
beforeAll(async () => {
  database = await plainDuckDb(':memory:');
});
afterAll(() => database.close());

/** What DuckDB reads a statement as. */
async function treeOf(sql: string): Promise<Tree> {
  const parameters = sql.replaceAll('$', 'parameter_');
  const [row] = await database.rows<{ tree: string }>(`select json_serialize_sql(${textLiteral(parameters)})::VARCHAR as tree`);
  const tree = JSON.parse(row!.tree) as Tree;
  if (tree['error']) throw new Error(`${String(tree['error_message'])}: ${sql}`);
  return tree;
}

/** What is joined at one place: how often, and by which names. */
function joined(node: Tree): { joins: number; names: string[] } {
  if (node['type'] !== 'JOIN') return { joins: 0, names: [String(node['alias'] ?? '')] };
  const sides = [node['left'], node['right']].map((side) => joined(side as Tree));
  return { joins: 1 + sides[0]!.joins + sides[1]!.joins, names: sides.flatMap(({ names }) => names) };
}

/** Letters that tables go by where more than three are joined, wherever that is in a statement. */
function letters(value: unknown, inside = false): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => letters(one));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Tree;
  const isJoin = node['type'] === 'JOIN';
  const { joins, names } = isJoin && !inside ? joined(node) : { joins: 0, names: [] };
  const own = joins > 3 ? names.filter((name) => name.length === 1) : [];
  return [...own, ...Object.entries(node).flatMap(([key, one]) => letters(one, isJoin && (key === 'left' || key === 'right')))];
}

it('tables go by names where more than three are joined', async () => {
  const statements: (readonly [string, string])[] = [
    ...[...loadModels(), ...loadCauseModels().work, ...loadCauseModels().main].map((model) => [qualified(model), model.sql] as const),
    ...loadCauses().flatMap(({ id, signs, numbers, params, path }) =>
      [signs, numbers].map((sql) => [id, withThresholds(sql, params, path)] as const),
    ),
    ...loadCatalog().queries.map(({ id, sql }) => [id, sql] as const),
  ];
  const faults: string[] = [];
  for (const [name, sql] of statements)
    for (const letter of letters(await treeOf(sql))) faults.push(`${name}: ${letter}`);
  expect(statements.length).toBeGreaterThan(250);
  expect(faults).toEqual([]);
});

it('a letter is found among four joins, in a part of a statement too, and not among three', async () => {
  const four = 'select 1 from a as x join b on true join c on true join d on true join e on true';
  expect(letters(await treeOf(`with part as (${four}) from part`))).toEqual(['x']);
  expect(letters(await treeOf('select 1 from a as x join b on true join c on true join d on true'))).toEqual([]);
});
