import { expect, test } from 'vitest';
import { FirstRows } from '../../../src/cli/sql/first-rows.js';
import type { Result } from '../../../src/packs/result.js';
import type { Value } from '../../../src/packs/value.js';

async function* each<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}

async function shown(first: FirstRows, batches: Value[][][]): Promise<Value[][]> {
  const result: Result = { query: null, columns: [], rows: each(batches), missing: [] };
  const rows: Value[][] = [];
  for await (const { rows: some } of first.of(each([result])))
    for await (const batch of some) rows.push(...batch);
  return rows;
}

test('rows past the limit are left out, and that they are is known', async () => {
  const first = new FirstRows(3);
  expect(await shown(first, [[[1], [2]], [[3], [4]], [[5]]])).toEqual([[1], [2], [3]]);
  expect(first.cut).toBe(true);
});

test('a result of just as many rows is whole', async () => {
  const first = new FirstRows(3);
  expect(await shown(first, [[[1], [2]], [[3]]])).toHaveLength(3);
  expect(first.cut).toBe(false);
});
