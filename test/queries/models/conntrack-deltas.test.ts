import { expect, it } from 'vitest';
import { at, Wire } from '../../support/wire.js';

/** A sample of one CPU: its number, seconds, CPU and insert_failed. */
type Sample = readonly [sample: number, seconds: number | null, cpu: number, insertFailed: number | null];

async function ask(sql: string, samples: readonly Sample[]) {
  const wire = await Wire.open();
  for (const [sample, seconds, cpu, insert_failed] of samples) {
    const time = seconds === null ? null : at(seconds);
    wire.insert('conntrack_counters', { source_id: 1, sample, line: 1, time, cpu, insert_failed });
  }
  return wire.rows(sql);
}

async function increases(...samples: Sample[]) {
  const rows = await ask('select cpu, increase from conntrack_deltas order by to_time, cpu', samples);
  return rows.map(({ cpu, increase }) => [cpu, increase]);
}

const totals = (...samples: Sample[]) =>
  ask('select counter, samples, first_at, last_at, total from conntrack_totals', samples);

it('increases are those of each CPU since the sample before', async () => {
  expect(await increases([0, 0, 0, 10], [0, 0, 1, 5], [1, 1, 0, 13], [1, 1, 1, 5])).toEqual([
    [0, 3],
    [1, 0],
  ]);
});

it('a counter that passed 2^32 has wrapped', async () => {
  expect(await increases([0, 0, 0, 2 ** 32 - 4], [1, 1, 0, 6])).toEqual([[0, 10]]);
});

it('a sum over CPUs above 2^32 that fell was restarted', async () => {
  expect(await increases([0, 0, -1, 2 ** 32 + 1000], [1, 1, -1, 6])).toEqual([[-1, 6]]);
});

it('a counter that fell from elsewhere was restarted', async () => {
  expect(await increases([0, 0, 0, 1000], [1, 1, 0, 6])).toEqual([[0, 6]]);
});

it('a CPU that was added counts from 0', async () => {
  expect(await increases([0, 0, 0, 10], [1, 1, 0, 10], [1, 1, 1, 4])).toEqual([
    [0, 0],
    [1, 4],
  ]);
});

it('samples out of order are put in the order of their times', async () => {
  expect(await increases([0, 2, 0, 30], [1, 0, 0, 10], [2, 1, 0, 25])).toEqual([
    [0, 15],
    [0, 5],
  ]);
});

it('samples without times follow their numbers', async () => {
  expect(await increases([0, null, 0, 1], [1, null, 0, 4])).toEqual([[0, 3]]);
});

it('a single sample gives no interval', async () => {
  expect(await increases([0, 0, 0, 17])).toEqual([]);
});

it('a counter that is not printed gives no row', async () => {
  expect(await increases([0, 0, 0, null], [1, 1, 0, null])).toEqual([]);
});

it('totals are those of the last sample over all CPUs, whatever the order of the samples', async () => {
  const seconds = (value: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, value));
  const samples: Sample[] = [[0, 9, 0, 7], [0, 9, 1, 6], [1, 4, 0, 5], [1, 4, 1, 5]];
  expect(await totals(...samples)).toEqual([
    { counter: 'insert_failed', samples: 2, first_at: seconds(4), last_at: seconds(9), total: 13 },
  ]);
});

it('totals of samples without times are those of the last by its number', async () => {
  expect(await totals([0, null, 0, 1], [1, null, 0, 4])).toMatchObject([{ samples: 2, last_at: null, total: 4 }]);
});

it('totals have no row for a counter that is not printed', async () => {
  expect(await totals([0, 0, 0, null])).toEqual([]);
});
