import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error it is a script's own table, without types
import { EQUIVALENTS } from '../../bench/support/equivalents.js';
// @ts-expect-error the same
import { mutantsOf } from '../../bench/support/mutants.js';
// @ts-expect-error the same
import { MUTATIONS } from '../../bench/support/mutations.js';

const ROOT = join(import.meta.dirname, '..', '..');

interface Mutation {
  what: string;
  file: string;
  from: RegExp;
  to: string;
  tests: string[];
}

it.each(MUTATIONS as Mutation[])('the change "$what" is one of a file that is there', (mutation) => {
  const text = readFileSync(join(ROOT, mutation.file), 'utf8');
  expect(text.replace(mutation.from, mutation.to)).not.toBe(text);
  expect(mutation.tests.filter((test) => !existsSync(join(ROOT, test)))).toEqual([]);
});

interface Mutant {
  file: string;
  what: string;
  source: string;
}

it.each(EQUIVALENTS as Mutant[])(
  'the change "$what" that cannot be seen in $file is one that is made',
  ({ file, what, source }) => {
    const made = (mutantsOf(join(ROOT, file)) as Mutant[]).filter((one) => one.what === what);
    expect(made.map((one) => one.source)).toContain(source);
  },
);
