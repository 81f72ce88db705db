import { expect, test } from 'vitest';
import { BatchRing, type Parcel, ringMemory } from '../../src/ingest/batch-ring.js';
import { Batch, BATCH_ROWS } from '../../src/raw/batch.js';
import type { Columns, Table } from '../../src/raw/column.js';
import { names, sources } from '../../src/raw/tables/ledger.js';
import { sightings } from '../../src/raw/tables/wire.js';

test('what is put in one end comes out of the other: numbers, nulls and texts', () => {
  const memory = ringMemory();
  const parcels: Parcel[] = [];
  const near = new BatchRing(memory);
  const far = new BatchRing(memory);
  const seen = new Batch(sightings, (batch) => parcels.push(near.put(batch)));
  for (let i = 0; i < BATCH_ROWS + 5; i++) {
    seen.data.frame[seen.row] = i;
    if (i % 2 === 0) seen.setNull('time');
    seen.end();
  }
  seen.flush();
  const named = new Batch(names, (batch) => parcels.push(near.put(batch)));
  named.data.name[0] = 'a.example';
  named.end();
  named.flush();

  const rows: unknown[] = [];
  const take = (batch: Batch<Columns>) => {
    const bits = (batch.validity as Record<string, Uint8Array>)['time'];
    for (let i = 0; i < batch.row; i++) {
      const isNull = bits ? ((bits[i >> 3]! >> (i & 7)) & 1) === 0 : null;
      rows.push(bits ? [batch.data['frame']![i], isNull] : batch.data['name']![i]);
    }
  };
  const into = [sightings, sightings, names].map(
    (table) => new Batch(table as unknown as Table<Columns>, take),
  );
  parcels.forEach((parcel, i) => {
    far.take(parcel, into[i]!);
    into[i]!.handOn();
  });
  expect(rows).toEqual([...Array.from({ length: BATCH_ROWS + 5 }, (_, i) => [i, i % 2 === 0]), 'a.example']);
});

test('a slot that was taken is free for another batch', () => {
  const ring = new BatchRing(ringMemory());
  const into = new Batch<Columns>(sources as unknown as Table<Columns>, () => undefined);
  const from = new Batch<Columns>(sources as unknown as Table<Columns>, (batch) => {
    ring.take(ring.put(batch), into);
    into.handOn();
  });
  for (let i = 0; i < 100; i++) {
    from.end();
    from.flush();
  }
  expect(into.total).toBe(100);
});
