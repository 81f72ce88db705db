/**
 * Schemas that models make: `work` is for other models, `main` for people; `temp`'s stand
 * only while models are built, and cost no compression and no file.
 */
export const SCHEMAS = ['temp', 'work', 'main'] as const;
export type Schema = (typeof SCHEMAS)[number];

/** One model: a select statement that becomes a table or a view. */
export interface Model {
  name: string;
  schema: Schema;
  title: string;
  /** Its grain in the first sentence. */
  description: string;
  /** Tables and models that it reads; those of other schemas than main with their schema, such as `raw.sightings`. */
  from: string[];
  materialized: 'table' | 'view';
  /** Columns that tell each of its rows from the others and are never null; none where it has one row. null where it says none. */
  key: string[] | null;
  /** A raw table by whose rows it can be made in parts: it reads those of one alone (`work.in_part` of their numbers), and needs no others. */
  parts: string | null;
  /** Meaning and unit of columns, where they mean something else than in other tables (meanings.yaml). */
  columns: Record<string, string>;
  sql: string;
}

/** The name by which other models read it, and by which its file is found. */
export function qualified({ schema, name }: Pick<Model, 'schema' | 'name'>): string {
  return schema === 'main' ? name : `${schema}.${name}`;
}

/** Some of what a build makes: models by their qualified names (`work.signs` and `work.verdicts` too), and causes that are judged. */
export interface Part {
  models: ReadonlySet<string>;
  causes: ReadonlySet<string>;
}
