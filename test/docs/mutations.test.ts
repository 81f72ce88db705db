import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error it is a script's own table, without types
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
