import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  keyColumns,
  maybe,
  meanings,
  oneOf,
  parseFrontMatter,
  split,
  tableList,
  text,
} from '../base/front-matter.js';
import { MODEL_MACROS } from './macros.js';
import { MACROS } from '../store/macros.js';
import { type Model, qualified, type Schema, SCHEMAS } from './model.js';
import { thresholds, type Thresholds, withThresholds } from './thresholds.js';
import { parseYaml } from '../base/yaml.js';

/** The package's models, a folder for each subject: beside src/ in a checkout, beside dist/ in an installed package. */
const MODELS = fileURLToPath(new URL('../../queries/models/', import.meta.url));

/** Limits that several models share. */
const LIMITS = join(MODELS, 'limits.yaml');

/** Meanings of columns that several tables have. */
const MEANINGS = join(MODELS, 'meanings.yaml');

const FIELDS = {
  title: text,
  description: text,
  from: tableList,
  materialized: oneOf('table', 'view'),
  key: maybe(keyColumns, null),
  parts: maybe(text, null),
  columns: maybe(meanings, {}),
};

let bundled: readonly Model[] | undefined;

/** All bundled models, each after those that it reads. */
export function loadModels(): readonly Model[] {
  bundled ??= inOrder(loadFolder(MODELS));
  return bundled;
}

/** What columns of `main` mean that mean the same in every table, by name. */
export function sharedMeanings(): Record<string, string> {
  return meanings(parseYaml(readFileSync(MEANINGS, 'utf8')));
}

/** The limits that models share, by name. */
export function sharedLimits(): Thresholds {
  return thresholds(parseYaml(readFileSync(LIMITS, 'utf8')));
}

/** What a build leaves in a file: a table or view by its place, and of a view its statement. */
export interface StoredModel {
  schema: string;
  name: string;
  view: string | null;
}

/** The models of a folder that a build leaves in a file; cheaper than loading all that is said of them. */
export function storedModels(folder = MODELS): StoredModel[] {
  return modelFiles(folder)
    .filter(({ schema }) => schema !== 'temp')
    .map(({ schema, name, path, source }) => {
      const { yaml, sql } = split(source, path);
      return { schema, name, view: IS_VIEW.test(yaml) ? withLimits(sql, path) : null };
    });
}

/** As front-matter says it. */
const IS_VIEW = /^materialized: *view *$/m;

function withLimits(sql: string, path: string): string {
  return sql.includes('$') ? withThresholds(sql, sharedLimits(), path) : sql;
}

/** Tells one set of models from another, so that those of an older version are built anew. */
export function modelsFingerprint(): string {
  const hash = createHash('sha256')
    .update([...MACROS, ...MODEL_MACROS].join('\n'))
    .update(readFileSync(LIMITS))
    .update(readFileSync(MEANINGS));
  for (const file of modelFiles(MODELS)) hash.update(`${qualified(file)}\n${file.source}`);
  return hash.digest('hex');
}

/** The models in the folders of a folder. */
export function loadFolder(folder: string): Model[] {
  const limits = sharedLimits();
  return modelFiles(folder).map(({ schema, name, path, source }) => {
    const { meta, sql } = parseFrontMatter(source, path, FIELDS);
    return { ...meta, name, schema, sql: withThresholds(sql, limits, path) };
  });
}

interface SqlFile {
  name: string;
  path: string;
  source: string;
}

interface ModelFile extends SqlFile {
  schema: Schema;
}

/**
 * The files of models in the folders of a folder, by schema and name. A model of `main` is named as its file is, another
 * with its schema before it, as SQL reads it: `losses/work.losses.sql`.
 */
export function modelFiles(folder: string): ModelFile[] {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => sqlFiles(join(folder, name)))
    .map((file) => ({ ...file, ...placeOf(file) }));
  return files.sort(
    (a, b) => SCHEMAS.indexOf(a.schema) - SCHEMAS.indexOf(b.schema) || (a.name < b.name ? -1 : 1),
  );
}

function placeOf({ name, path }: SqlFile): { schema: Schema; name: string } {
  const [first, second, more] = name.split('.');
  if (second === undefined) return { schema: 'main', name: first! };
  const schema = SCHEMAS.find((one) => one === first && one !== 'main');
  if (schema === undefined || more !== undefined)
    throw new Error(`${path}: a model's file is named NAME.sql, work.NAME.sql or temp.NAME.sql`);
  return { schema, name: second };
}

const known = new Map<string, SqlFile[]>();

/** A folder's `.sql` files, by name, read once. */
export function sqlFiles(folder: string): SqlFile[] {
  const read = known.get(folder) ?? readFiles(folder);
  known.set(folder, read);
  return read;
}

function readFiles(folder: string): SqlFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const path = join(folder, file);
      return { name: file.slice(0, -'.sql'.length), path, source: readFileSync(path, 'utf8') };
    });
}

/** Sorts models so that each comes after what it reads of them or of what is `given`; a cycle or an unknown name is a bug in a file. */
export function inOrder(models: readonly Model[], given: ReadonlySet<string> = new Set()): Model[] {
  const byName = new Map(models.map((model) => [qualified(model), model]));
  const twice = models.find((model) => byName.get(qualified(model)) !== model);
  if (twice) throw new Error(`two models are named ${qualified(twice)}`);
  const ordered: Model[] = [];
  const state = new Map<Model, 'open' | 'done'>();
  const visit = (model: Model) => {
    if (state.get(model) === 'done') return;
    if (state.get(model) === 'open') throw new Error(`model ${model.name} reads itself through others`);
    state.set(model, 'open');
    for (const name of model.from) {
      if (name.startsWith('raw.') || given.has(name)) continue;
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
