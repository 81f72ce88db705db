import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  inOrder,
  loadFolder,
  loadModels,
  modelFiles,
  modelsFingerprint,
  sharedLimits,
  sqlFiles,
  type StoredModel,
  storedModels,
} from '../models/load.js';
import { type Model, qualified } from '../models/model.js';
import { parseYaml } from '../base/yaml.js';
import type { Cause } from './cause.js';
import { parseCause } from './cause-file.js';

/** The known causes, and the tables that are made of them in `tables/`. */
const CAUSES = fileURLToPath(new URL('../../queries/causes/', import.meta.url));

/** Changes that several causes name in their section `fix`. */
const FIXES = join(CAUSES, 'fixes.yaml');

/** Tables that src/causes writes itself; models of causes read them. */
const WRITTEN = ['work.known_causes', 'work.signs', 'work.verdicts', 'work.cause_rules'];

let known: readonly Cause[] | undefined;

/** The known causes, in the order in which an attempt is blamed on them. */
export function loadCauses(): readonly Cause[] {
  known ??= readCauses();
  return known;
}

function readCauses(): Cause[] {
  const limits = sharedLimits();
  const fixes = parseYaml(readFileSync(FIXES, 'utf8')) as Record<string, unknown>;
  const causes = sqlFiles(CAUSES).map(({ name, path, source }) =>
    parseCause(source, name, path, limits, fixes),
  );
  causes.sort((a, b) => a.precedence - b.precedence);
  causes.forEach((cause, i) => {
    const other = causes[i + 1];
    if (other?.precedence === cause.precedence)
      throw new Error(
        `${other.path}: ${cause.id} has the precedence ${cause.precedence} too; each has its own`,
      );
    const root = cause.roots.find(({ cause: id }) => id === cause.id || !causes.some((one) => one.id === id));
    if (root) throw new Error(`${cause.path}: ${root.cause} is no other cause, so it can be no root`);
    if (rootsAbove(cause, causes).has(cause.id))
      throw new Error(`${cause.path}: its roots lead back to ${cause.id}`);
  });
  return causes;
}

/** All causes that may be a root of one, over others too. */
function rootsAbove({ roots }: Cause, causes: readonly Cause[], seen = new Set<string>()): Set<string> {
  for (const { cause: id } of roots) {
    const root = causes.find((one) => one.id === id);
    if (!root || seen.has(id)) continue;
    seen.add(id);
    rootsAbove(root, causes, seen);
  }
  return seen;
}

/** The tables that are made of causes, each after what it reads. */
interface CauseModels {
  /** Made before the verdicts. */
  work: readonly Model[];
  /** Made after them. */
  main: readonly Model[];
}

let made: CauseModels | undefined;

export function loadCauseModels(): CauseModels {
  made ??= readCauseModels();
  return made;
}

function readCauseModels(): CauseModels {
  const given = new Set([...loadModels().map(qualified), ...WRITTEN]);
  const models = inOrder(loadFolder(CAUSES), given);
  return {
    work: models.filter(({ schema }) => schema === 'work'),
    main: models.filter(({ schema }) => schema === 'main'),
  };
}

/** Everything that a build leaves in a file's `work`, `causes` and `main`. */
export function storedTables(): StoredModel[] {
  const written = WRITTEN.map((table) => table.split('.') as [string, string]);
  const numbers = sqlFiles(CAUSES).map(({ name }): [string, string] => ['causes', name.replaceAll('-', '_')]);
  return [
    ...storedModels(),
    ...storedModels(CAUSES),
    ...[...written, ...numbers].map(([schema, name]) => ({ schema, name, view: null })),
  ];
}

/** Tells one set of models and causes from another, so that those of an older version are built anew. */
export function builtFingerprint(): string {
  const hash = createHash('sha256').update(modelsFingerprint());
  for (const { name, source } of sqlFiles(CAUSES)) hash.update(`${name}\n${source}`);
  for (const file of modelFiles(CAUSES)) hash.update(`${qualified(file)}\n${file.source}`);
  return hash.digest('hex');
}
