import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Database } from '../store/database.js';

/** What the package's build found out about models, so that those without evidence need no planning. */
export const SHAPES = fileURLToPath(new URL('../../dist/shapes.json', import.meta.url));

export interface Shapes {
  /** Of the models and causes that it was found out about. */
  fingerprint: string;
  /** Of each model that is a table, by its qualified name: its columns as `create table` takes them, and what it has no rows without. */
  models: Record<string, { columns: string; needs: string[] }>;
  /** What each cause has no signs without. */
  signs: Record<string, string[]>;
}

const UNKNOWN: Shapes = { fingerprint: '', models: {}, signs: {} };

/** Which tables have no row, while models are built one after another. */
export class EmptyTables {
  private constructor(
    private readonly shapes: Shapes,
    private readonly names: Set<string>,
  ) {}

  /** Knows of the raw tables; of models nothing where the package's build was of others than `fingerprint`. */
  static async of(database: Database, fingerprint: string): Promise<EmptyTables> {
    const shapes = readShapes(fingerprint);
    const raw = await database.rows<{ name: string }>(
      "select 'raw.' || table_name as name from duckdb_tables() where database_name = current_database() and schema_name = 'raw' and estimated_size = 0",
    );
    return new EmptyTables(shapes, new Set(raw.map(({ name }) => name)));
  }

  /** Knows nothing: every model is run. */
  static none(): EmptyTables {
    return new EmptyTables(UNKNOWN, new Set());
  }

  /** The columns of a model that has no row for certain, as `create table` takes them; null for any other. */
  columnsOf(model: string): string | null {
    const shape = this.shapes.models[model];
    return shape?.needs.some((table) => this.names.has(table)) ? shape.columns : null;
  }

  /** Whether a cause has no sign for certain. */
  hasNoSigns(cause: string): boolean {
    return this.shapes.signs[cause]?.some((table) => this.names.has(table)) ?? false;
  }

  /** Told once for each table that is made. */
  note(table: string, rows: number): void {
    if (rows === 0) this.names.add(table);
  }
}

function readShapes(fingerprint: string): Shapes {
  try {
    const shapes = JSON.parse(readFileSync(SHAPES, 'utf8')) as Shapes;
    return shapes.fingerprint === fingerprint ? shapes : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}
