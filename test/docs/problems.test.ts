import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const CODE = "'([a-z0-9]+(?:-[a-z0-9]+)+)'";
/** Where the readers name a problem's code: in an object, or as an argument of what tells it. */
const TOLD = [
  new RegExp(String.raw`\bcode: ${CODE}`, 'g'),
  new RegExp(String.raw`\b(?:tell|problem|onFault|malformed|refuse)\(\s*(?:[\w.]+,\s*)?${CODE}`, 'g'),
];
/** Families of codes that the code puts together from a format or a doubt. */
const MADE = [
  ...['gzip', 'zstd', 'xz', 'lz4'].flatMap((format) => [`cut-${format}`, `broken-${format}`]),
  ...['zstd', 'lz4'].map((format) => `wrong-checksum-${format}`),
  ...['no-zone', 'unknown-zone', 'ambiguous-zone', 'no-year'].map((doubt) => `date-${doubt}`),
];

function told(): string[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const codes = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'))
    .flatMap((source) => TOLD.flatMap((form) => [...source.matchAll(form)].map((found) => found[1]!)));
  return [...new Set([...codes, ...MADE])].toSorted();
}

function documented(): string[] {
  const rows = readFileSync(join(ROOT, 'docs', 'problems.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map((found) => found[1]!));
}

it('docs/problems.md has a sentence for every code that a reader tells', () => {
  expect(told().filter((code) => !documented().includes(code))).toEqual([]);
});

it('docs/problems.md has no code that no reader tells', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'))
    .join('\n');
  expect(documented().filter((code) => !MADE.includes(code) && !sources.includes(`'${code}'`))).toEqual([]);
});
