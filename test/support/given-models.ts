import { judgedRules } from '../../src/causes/judge.js';
import { type Cause, tableOf } from '../../src/causes/cause.js';
import { loadCauseModels, loadCauses } from '../../src/causes/load.js';
import { buildModels } from '../../src/build/build.js';
import { loadModels } from '../../src/models/load.js';
import { qualified } from '../../src/models/model.js';
import { withThresholds } from '../../src/models/thresholds.js';
import { Database } from '../../src/store/database.js';
import { type GivenRows, literal } from './given.js';

type Row = Record<string, unknown>;
/** Rows by table, or a select of them. */
type GivenTables = Readonly<Record<string, GivenRows[string] | string>>;
export type Figures = Readonly<Record<string, string | number | boolean>>;

/**
 * Asks one statement at a time (a model's, or a cause's signs, numbers or rules) of rows that a test gives in the
 * tables that it reads, so that a limit's two sides cost milliseconds and no build. Tables not given stand as a build
 * over no evidence leaves them.
 */
export class GivenModels {
  private readonly causes = new Map(loadCauses().map((cause) => [cause.id, cause]));
  private readonly models: ReadonlyMap<string, string>;

  private constructor(private readonly database: Database) {
    const { work, main } = loadCauseModels();
    this.models = new Map([...loadModels(), ...work, ...main].map((model) => [qualified(model), model.sql]));
  }

  static async open(): Promise<GivenModels> {
    const database = await Database.open(':memory:');
    process.env['DNSLENS_DEBUG'] = '1';
    await buildModels(database);
    delete process.env['DNSLENS_DEBUG'];
    const kept = await database.rows<{ name: string }>(
      "select table_name as name from duckdb_tables() where schema_name = 'debug'",
    );
    for (const { name } of kept) await database.run(`create temp table "${name}" as from debug."${name}"`);
    return new GivenModels(database);
  }

  /** What a model (`work.waits`, or `waits` of main) makes of the rows given. */
  async rows(model: string, given: GivenTables): Promise<Row[]> {
    const sql = this.models.get(model);
    if (sql === undefined) throw new Error(`there is no model ${model}`);
    return this.among(given, sql);
  }

  /** How many rows a model makes of those given. */
  async count(model: string, given: GivenTables): Promise<number> {
    return (await this.rows(model, given)).length;
  }

  /** A cause's signs of the rows given. */
  async signs(id: string, given: GivenTables): Promise<Row[]> {
    const cause = this.cause(id);
    return this.among(given, withThresholds(cause.signs, cause.params, cause.path));
  }

  /** A cause's own numbers of the rows given. */
  async numbers(id: string, given: GivenTables): Promise<Row> {
    const cause = this.cause(id);
    const [row] = await this.among(given, withThresholds(cause.numbers, cause.params, cause.path));
    return row!;
  }

  /** The rule that fires for a cause's figures; those not given are 0, false and empty. */
  async rule(id: string, figures: Figures): Promise<string> {
    const rules = judgedRules(this.cause(id));
    const held = await this.held(
      id,
      figures,
      rules.map(({ condition }) => condition),
    );
    return rules.find((_, i) => held[i])!.name;
  }

  /** The causes that one may be a consequence of, for its figures. */
  async roots(id: string, figures: Figures): Promise<string[]> {
    const { roots } = this.cause(id);
    const held = await this.held(
      id,
      figures,
      roots.map(({ when }) => when ?? 'true'),
    );
    return roots.filter((_, i) => held[i]).map(({ cause }) => cause);
  }

  private async held(id: string, figures: Figures, conditions: readonly string[]): Promise<boolean[]> {
    const cause = this.cause(id);
    const columns = await this.database.rows<{ name: string; type: string }>(
      `select column_name as name, column_type as type from (describe ${tableOf(cause)})`,
    );
    const unknown = Object.keys(figures).find((name) => !columns.some((column) => column.name === name));
    if (unknown !== undefined) throw new Error(`${id} has no number ${unknown}`);
    const values = columns.map(
      ({ name, type }) =>
        `${name in figures ? literal(figures[name]!) : nothing(type)}::${type} as "${name}"`,
    );
    const asked = conditions.map(
      (sql) => `coalesce((${withThresholds(sql, cause.params, cause.path)}), false)`,
    );
    const [answer] = await this.database.rows<{ held: boolean[] }>(
      `select [${asked.join()}] as held from (select ${values.join()})`,
    );
    return answer!.held;
  }

  close(): void {
    this.database.close();
  }

  private cause(id: string): Cause {
    const cause = this.causes.get(id);
    if (!cause) throw new Error(`there is no cause ${id}`);
    return cause;
  }

  /** Runs a statement where the tables hold the rows given and nothing else, and takes them back. */
  private async among(given: GivenTables, sql: string): Promise<Row[]> {
    await this.database.run('begin');
    try {
      for (const [table, rows] of Object.entries(given)) await this.fill(table, rows);
      const found = await this.database.rows<Row>(sql);
      return found.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
      );
    } finally {
      await this.database.run('rollback');
    }
  }

  private async fill(table: string, rows: GivenTables[string]): Promise<void> {
    const [name, schema = 'main'] = table.split('.').toReversed();
    const [was] = await this.database.rows<{ kind: string }>(
      `select lower(table_type) as kind from information_schema.tables where table_name = '${name}' and table_schema = '${schema === 'temp' ? 'main' : schema}' and table_catalog ${schema === 'temp' ? '=' : '<>'} 'temp'`,
    );
    if (!was) throw new Error(`there is no table ${table}`);
    await this.database.run(`create temp table "given ${table}" as from ${table} limit 0`);
    await this.database.run(`drop ${was.kind === 'view' ? 'view' : 'table'} ${table}`);
    await this.database.run(
      `create ${schema === 'temp' ? 'temp ' : ''}table ${table} as from "given ${table}"`,
    );
    if (typeof rows === 'string') return this.database.run(`insert into ${table} by name ${rows}`);
    const byColumns = new Map<string, string[]>();
    for (const row of rows) {
      const columns = Object.keys(row)
        .map((column) => `"${column}"`)
        .join();
      const values = `(${Object.values(row)
        .map((value) => literal(value))
        .join()})`;
      byColumns.set(columns, [...(byColumns.get(columns) ?? []), values]);
    }
    for (const [columns, values] of byColumns)
      await this.database.run(`insert into ${table} (${columns}) values ${values.join()}`);
  }
}

/** Of a column's type. */
function nothing(type: string): string {
  if (type.endsWith('[]')) return '[]';
  if (type === 'VARCHAR') return "''";
  return type === 'BOOLEAN' ? 'false' : '0';
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
