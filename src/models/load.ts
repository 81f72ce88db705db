import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneOf, parseFrontMatter, tableList, text } from '../packs/front-matter.js';

/** The package's models: beside src/ in a checkout, beside dist/ in an installed package. */
const MODELS = fileURLToPath(new URL('../../queries/models/', import.meta.url));

/** Schemas that models make, by folder: `work` is for other models, `main` for people. */
export const SCHEMAS = ['work', 'main'] as const;

/** One model: a select statement that becomes a table or a view. */
export interface Model {
  name: string;
  schema: (typeof SCHEMAS)[number];
  title: string;
  /** Its grain in the first sentence. */
  description: string;
  /** Tables and models that it reads; those of other schemas with their schema, such as `raw.messages`. */
  from: string[];
  materialized: 'table' | 'view';
  sql: string;
}

const fields = {
  title: text,
  description: text,
  from: tableList,
  materialized: oneOf('table', 'view'),
};

/** All bundled models, each after those that it reads. */
export function loadModels(): Model[] {
  const models = SCHEMAS.flatMap((schema) =>
    readdirSync(join(MODELS, schema))
      .filter((file) => file.endsWith('.sql'))
      .map((file): Model => {
        const path = join(MODELS, schema, file);
        const { meta, sql } = parseFrontMatter(readFileSync(path, 'utf8'), path, fields);
        return { ...meta, name: file.slice(0, -4), schema, sql };
      }),
  );
  return inOrder(models);
}

/** Sorts models so that each comes after what it reads; a cycle or an unknown name is a bug in a file. */
function inOrder(models: readonly Model[]): Model[] {
  const byName = new Map(
    models.map((model) => [model.schema === 'work' ? `work.${model.name}` : model.name, model]),
  );
  const ordered: Model[] = [];
  const state = new Map<Model, 'open' | 'done'>();
  const visit = (model: Model) => {
    if (state.get(model) === 'done') return;
    if (state.get(model) === 'open') throw new Error(`model ${model.name} reads itself through others`);
    state.set(model, 'open');
    for (const name of model.from) {
      if (name.startsWith('raw.')) continue;
      const source = byName.get(name);
      if (!source) throw new Error(`model ${model.name} reads ${name}, which is no model`);
      visit(source);
    }
    state.set(model, 'done');
    ordered.push(model);
  };
  models.forEach(visit);
  return ordered;
}
