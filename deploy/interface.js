// What users build on, as it is now, held against docs/interface.json, which has what no version may take away until 2.0.
//   npm run build && node deploy/interface.js            says what is gone
//   npm run build && node deploy/interface.js --freeze   adds what is new, before a release; takes nothing out
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS } from '../dist/base/error-codes.js';
import { loadCauses } from '../dist/causes/load.js';
import { COMMANDS } from '../dist/cli/grammar/commands.js';
import { EXIT } from '../dist/cli/exit.js';
import { flagsOf } from '../dist/cli/grammar/flags.js';
import { loadCatalog } from '../dist/packs/load.js';

const ROOT = join(import.meta.dirname, '..');
const FROZEN = join(ROOT, 'docs/interface.json');
const SCHEMAS = join(ROOT, 'docs/schema');

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const frozen = json(FROZEN);
const now = currentInterface();
const gone = [...missing(frozen, now, [])];
for (const one of gone)
  console.error(`${one} is part of the interface that is frozen, and is not there any more`);
if (gone.length > 0) process.exitCode = 1;
else if (process.argv.includes('--freeze')) writeFileSync(FROZEN, `${JSON.stringify(now, null, 1)}\n`);

function currentInterface() {
  return {
    commands: Object.fromEntries(
      Object.keys(COMMANDS).map((name) => [name, Object.fromEntries(flagsOf(name).map(flagAsUsed))]),
    ),
    exitCodes: EXIT,
    errorCodes: present(Object.values(ERRORS).flatMap(Object.keys)),
    tables: json(join(ROOT, 'queries/models/columns.json')),
    queries: Object.fromEntries(
      loadCatalog().queries.map(({ id, params, columns }) => [
        id,
        { params: typesOf(params), columns: present(Object.keys(columns)) },
      ]),
    ),
    causes: present(loadCauses().map(({ id }) => id)),
    schemas: Object.fromEntries(
      readdirSync(SCHEMAS).map((file) => [file, present([...propertiesOf(json(join(SCHEMAS, file)), '')])]),
    ),
  };
}

function flagAsUsed({ name, alias, kind, choices }) {
  return [name, { kind, ...(alias && { alias }), ...(choices && { choices: present(choices) }) }];
}

function typesOf(params) {
  return Object.fromEntries(Object.entries(params).map(([name, { type }]) => [name, type]));
}

/** A set, so that its members are held one by one and their order is not. */
function present(names) {
  return Object.fromEntries(names.map((name) => [name, true]));
}

/** Every property of a schema by its path: `definitions/cause/properties/verdict`. */
function* propertiesOf(schema, path) {
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value)) yield `${path}${name}`;
    if (typeof value === 'object' && value !== null) yield* propertiesOf(value, `${path}${key}/`);
  }
}

function* missing(before, after, path) {
  if (typeof before !== 'object' || before === null) {
    if (before !== after) yield path.join(' ');
    return;
  }
  for (const [key, value] of Object.entries(before)) yield* missing(value, after?.[key], [...path, key]);
}
