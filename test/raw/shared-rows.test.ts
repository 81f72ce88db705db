import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Batch } from '../../src/raw/batch.js';
import { column, type Columns, optional, type Table, table } from '../../src/raw/column.js';
import { placesOf, SharedRows } from '../../src/raw/shared-rows.js';
import { FIRST_ROW_IDS, type RowIds, type Sink } from '../../src/raw/sink.js';

const pairs = table('shapes', 'One row per pair.', {
  source_id: column('UINTEGER', 'the source'),
  shape_id: column('UINTEGER', 'id'),
  one: column('USMALLINT', 'a number'),
  other: optional('UINTEGER', 'another'),
}) as Table<Columns, keyof RowIds>;

/** Rows that are shared, and those that were written: one, the other, its id. */
function shared(limit?: number) {
  const written: (number | null)[][] = [];
  let batch: Batch<Columns> | undefined;
  const sink = {
    sourceId: 4,
    seed: 7,
    rowIds: { ...FIRST_ROW_IDS, shapes: 5 },
    batch: (of: Table<Columns>) => (batch = new Batch(of, take)),
  };
  const rows = new SharedRows(sink as unknown as Sink, pairs, limit);
  function take({ data, validity, row }: Batch<Columns>): void {
    const [ids, one, other] = ['shape_id', 'one', 'other'].map((name) => data[name] as Uint32Array);
    const valid = (validity as Record<string, Uint8Array>)['other']!;
    for (let i = 0; i < row; i++)
      written.push([one![i]!, (valid[i >> 3]! >> (i & 7)) & 1 ? other![i]! : null, ids![i]!]);
  }
  const places = placesOf(pairs);
  const idOf = (one: number, other: number) => {
    rows.values[places['one']!] = one;
    rows.values[places['other']!] = other;
    return rows.id();
  };
  return { idOf, written: () => (batch!.flush(), written) };
} // prettier-ignore

test('equal rows have one id and are written once, with null for -1', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(40), fc.integer({ min: -1, max: 40 })), { maxLength: 4000 }), (given) => {
      const { idOf, written } = shared();
      const ids = new Map<string, number>();
      for (const [one, other] of given) {
        const id = idOf(one, other);
        expect(ids.get(`${one} ${other}`) ?? id).toBe(id);
        ids.set(`${one} ${other}`, id);
      }
      const found = written().map(([one, other, id]) => [`${one} ${other ?? -1}`, id]);
      expect(found).toEqual([...ids]);
      expect(found.map(([, id]) => id)).toEqual(found.map((_, i) => 5 + i));
    }),
    { numRuns: 30 },
  );
}); // prettier-ignore

test('rows beyond those that it may remember are written again, with ids of their own', () => {
  const { idOf, written } = shared(2);
  expect([idOf(1, 1), idOf(2, 2), idOf(3, 3), idOf(3, 3), idOf(1, 1)]).toEqual([5, 6, 7, 7, 8]);
  expect(written().length).toBe(4);
});
