// Every limit that models, causes and checks judge by, where it is declared, and the tests nearest to it.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { globSync } from 'tinyglobby';
import { loadCauses } from '../../dist/causes/load.js';
import { sharedLimits } from '../../dist/models/load.js';
import { loadCatalog } from '../../dist/packs/load.js';

const MODEL_TESTS = 'test/queries/models';
const CAUSE_TESTS = 'test/queries/causes';

/**
 * One entry per limit: its name, default and unit, `file` and `change(text, value)` that give it another value, and
 * `tests`, the nearest first.
 */
export function knownLimits() {
  return [...limitsOfModels(), ...limitsOfCauses(), ...limitsOfChecks()];
}

function limitsOfModels() {
  const users = new Map(globSync('queries/**/*.sql').map((path) => [path, readFileSync(path, 'utf8')]));
  return Object.entries(sharedLimits()).map(([name, { default: value, unit }]) => {
    const used = [...users].filter(([, sql]) => new RegExp(`\\$${name}\\b`).test(sql)).map(([path]) => path);
    const models = used.map((path) => basename(path, '.sql'));
    const causes = used
      .filter((path) => /^queries\/causes\/[^/]+$/.test(path))
      .map((path) => basename(path, '.sql'));
    return {
      name,
      value,
      unit,
      file: 'queries/models/limits.yaml',
      change: (text, moved) => replaced(text, new RegExp(`^(${name}:\\s*\\{ *default: )[^,]+`, 'm'), moved),
      tests: there(
        ...limitTests(MODEL_TESTS, models),
        ...limitTests(CAUSE_TESTS, causes),
        ...causes.map((cause) => `${CAUSE_TESTS}/${cause}.test.ts`),
        ...globSync(`${MODEL_TESTS}/*.test.ts`).sort(),
      ),
    };
  });
}

/** The tests of limits in a folder, first those that name one of these. */
function limitTests(folder, names) {
  const named = (path) => {
    const text = readFileSync(path, 'utf8');
    return names.some((name) => text.includes(`'${name}'`));
  };
  const paths = globSync(`${folder}/limits/*.test.ts`).sort();
  return [...paths.filter(named), ...paths.filter((path) => !named(path))];
}

function limitsOfCauses() {
  const shared = sharedLimits();
  return loadCauses().flatMap(({ id, params }) =>
    Object.entries(params)
      .filter(([name, limit]) => shared[name]?.description !== limit.description)
      .map(([name, { default: value, unit }]) => ({
        name: `${id}: ${name}`,
        value,
        unit,
        file: `queries/causes/${id}.sql`,
        change: (text, moved) =>
          replaced(text, new RegExp(`^(--   ${name}: *\\{default: )[^,]+`, 'm'), moved),
        tests: there(...limitTests(CAUSE_TESTS, [id]), `${CAUSE_TESTS}/${id}.test.ts`),
      })),
  );
}

/** Numbers that a check takes as its limits; users may give others. */
function limitsOfChecks() {
  return loadCatalog()
    .queries.filter(({ kind }) => kind === 'check')
    .flatMap(({ id, params }) =>
      Object.entries(params)
        .filter(([, { type, default: value }]) => (type === 'integer' || type === 'number') && value !== null)
        .map(([name, { type, default: value }]) => ({
          name: `${id}: ${name}`,
          value: Number(value),
          unit: type === 'integer' ? 'count' : 'number',
          file: `queries/${id}.sql`,
          change: (text, moved) =>
            replaced(text, new RegExp(`^(--   ${name}: *\\{.*default: )[^,}]+`, 'm'), moved),
          tests: there(`test/queries/${id.split('/')[0]}.test.ts`),
        })),
    );
}

function replaced(text, pattern, value) {
  return text.replace(pattern, (_, before) => `${before}${value}`);
}

function there(...paths) {
  return [...new Set(paths)].filter((path) => existsSync(path));
}

const MEASURED = new Set([
  'seconds',
  'share',
  'ratio',
  'probability',
  'number',
  'lookups per name',
  'packets/s',
]);

/** A limit times `factor`; where it counts things, to the next whole number beyond, as a part of one changes nothing. */
export function moved({ value, unit }, factor) {
  const exact = value * factor;
  if (Number.isInteger(value) && !MEASURED.has(unit))
    return factor > 1 ? Math.ceil(exact) : Math.floor(exact);
  return Number(exact.toPrecision(6));
}
