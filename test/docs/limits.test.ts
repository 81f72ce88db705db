import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error it is a script's own table, without types
import { knownLimits } from '../../bench/support/known-limits.js';

const LIMITS = join(import.meta.dirname, '../../docs/limits.md');

interface Limit {
  name: string;
  value: number;
  unit: string;
}

/** Rows of the table of limits: name, default and unit. */
function documented(): string[] {
  const rows = readFileSync(LIMITS, 'utf8').split('\n');
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  return cells.filter(({ length }) => length === 7).map((row) => row.slice(1, 4).join(' | '));
}

it('docs/limits.md has each limit as it is, so that it was moved and a test noticed', () => {
  const known = (knownLimits() as Limit[]).map(({ name, value, unit }) => `${name} | ${value} | ${unit}`);
  const rows = documented().filter((row) => !row.startsWith('limit |') && !row.startsWith('--'));
  expect(known.filter((limit) => !rows.includes(limit))).toEqual([]);
  expect(rows.filter((row) => !known.includes(row))).toEqual([]);
});
