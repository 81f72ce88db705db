import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Fields, oneOf, parseFrontMatter, tableList, text } from './front-matter.js';
import { type Cause, causeFields, type CauseMeta, verdicts } from './causes.js';
import { MACROS, MODEL_MACROS } from './macros.js';
import { type Model, qualified, type Schema, SCHEMAS } from './model.js';
import { thresholds, type Thresholds, usedIn, withThresholds } from './thresholds.js';
import { parse } from './yaml.js';

/** The package's models: beside src/ in a checkout, beside dist/ in an installed package. */
const MODELS = fileURLToPath(new URL('../../queries/models/', import.meta.url));

/** Thresholds that several models share. */
const LIMITS = join(MODELS, 'limits.yaml');

type Meta = Pick<Model, 'title' | 'description' | 'from'>;

const common: Fields<Meta> = { title: text, description: text, from: tableList };
const modelFields = { ...common, materialized: oneOf('table', 'view') };

/** All bundled models, each after those that it reads. */
export function loadModels(): Model[] {
  const limits = thresholds(parse(readFileSync(LIMITS, 'utf8')));
  const causes = loadCauses(limits);
  return inOrder([
    ...loadFolder('temp', limits),
    ...loadFolder('work', limits),
    ...causes,
    verdicts(causes),
    ...loadFolder('main', limits),
  ]);
}

/** Tells one set of models from another, so that those of an older version are built anew. */
export function modelsFingerprint(): string {
  const hash = createHash('sha256')
    .update([...MACROS, ...MODEL_MACROS].join('\n'))
    .update(readFileSync(LIMITS));
  for (const schema of SCHEMAS)
    for (const { name, source } of files(schema)) hash.update(`${schema}.${name}\n${source}`);
  return hash.digest('hex');
}

/** The known causes, by name. */
function loadCauses(limits: Thresholds): Cause[] {
  return files('causes').map(({ name, path, source }) => {
    const { meta, sql } = parseFrontMatter<Meta & CauseMeta>(source, path, { ...common, ...causeFields });
    const params = { ...meta.params, ...usedIn(sql, limits) };
    return {
      ...meta,
      params,
      name,
      schema: 'causes',
      materialized: 'table',
      sql: withThresholds(sql, params, path),
    };
  });
}

function loadFolder(schema: Schema, limits: Thresholds): Model[] {
  return files(schema).map(({ name, path, source }) => {
    const { meta, sql } = parseFrontMatter(source, path, modelFields);
    return { ...meta, name, schema, sql: withThresholds(sql, limits, path) };
  });
}

function files(schema: Schema): { name: string; path: string; source: string }[] {
  return readdirSync(join(MODELS, schema))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const path = join(MODELS, schema, file);
      return { name: file.slice(0, -'.sql'.length), path, source: readFileSync(path, 'utf8') };
    });
}

/** Sorts models so that each comes after what it reads; a cycle or an unknown name is a bug in a file. */
function inOrder(models: readonly Model[]): Model[] {
  const byName = new Map(models.map((model) => [qualified(model), model]));
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
