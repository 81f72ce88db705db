import { afterAll, beforeAll, expect, it } from 'vitest';
import { MACROS } from '../../src/store/macros.js';
import { Database } from '../../src/store/database.js';

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
  for (const macro of MACROS) await database.run(macro);
});
afterAll(() => database.close());

async function value(sql: string): Promise<unknown> {
  const [row] = await database.rows<{ value: unknown }>(`select ${sql}`);
  return row!.value;
}

it.each([
  ['2026-01-02 03:04:37.9', 10, '2026-01-02 03:04:30'],
  ['2026-01-02 03:04:40', 10, '2026-01-02 03:04:40'],
  ['2026-01-02 03:04:37.9', 3600, '2026-01-02 03:00:00'],
  ['1969-12-31 23:59:59', 10, '1969-12-31 23:59:50'],
  ['2026-01-02 03:04:37.9', 0, '2026-01-02 03:04:37'],
  ['2039-01-02 03:04:37.9', 10, '2039-01-02 03:04:30'],
  ['2199-12-31 23:59:59', 10, '2199-12-31 23:59:50'],
])('window_start of %s in windows of %i s is %s', async (time, seconds, start) => {
  expect(await value(`window_start(timestamp_ns '${time}', ${seconds})::VARCHAR as value`)).toBe(start);
});

it.each([
  [0, '0 pairs'],
  [1, '1 pair'],
  [2, '2 pairs'],
  [1234567, '1,234,567 pairs'],
])('counted says %i with the word that fits', async (count, text) => {
  expect(await value(`counted(sum(n), 'pair', 'pairs') as value from (values (${count})) as v(n)`)).toBe(
    text,
  );
});

it.each([
  ['2026-01-02 03:04:05.123456789', '0.5', '2026-01-02 03:04:05.623456789'],
  ['2199-12-31 00:00:00', '4294967295::UINTEGER', '2262-04-11 00:00:00'],
  ['1969-12-31 00:00:00', '-1e300', '1677-09-22 00:00:00'],
  ['2026-01-02 03:04:05', 'null', null],
])('plus_seconds of %s and %s is %s', async (time, seconds, sum) => {
  expect(await value(`plus_seconds(timestamp_ns '${time}', ${seconds})::VARCHAR as value`)).toBe(sum);
});
