import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ERRORS } from '../../src/base/error-codes.js';
import { PROBLEMS } from '../../src/base/problem-codes.js';

const ROOT = join(import.meta.dirname, '..', '..');
/** Families of codes that the code puts together from a format or a doubt; that each is one of the table is a matter of types. */
const MADE =
  /^(cut|broken|wrong-checksum)-(gzip|zstd|xz|lz4)$|^date-(no-zone|unknown-zone|ambiguous-zone|no-year)$/;

const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('-codes.ts'))
  .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'))
  .join('\n');

it.each([
  ['errors', ERRORS],
  ['problems', PROBLEMS],
])('the table of %s has no code that nothing tells', (_name, table) => {
  const codes = Object.values(table).flatMap((group) => Object.keys(group));
  expect(codes.filter((code) => !MADE.test(code) && !SOURCES.includes(`'${code}'`))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});
