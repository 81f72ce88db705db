import { describe, expect, it } from 'vitest';
import { csv } from '../../src/report/csv.js';
import { table } from '../../src/report/table.js';
import { chartOf, resultOf, written } from '../support/results.js';

const COLUMNS = { gap_seconds: 'number', retries: 'number' } as const;
const chart = chartOf({ mark: 'bar', x: 'gap_seconds', y: ['retries'] });
const ROWS = [
  [2.5, 3],
  [5, 16],
  [7.5, null],
];

function result() {
  return resultOf(COLUMNS, ROWS, { chart });
}

function bars(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  return lines.slice(-3).map((line) => /[█▏▎▍▌▋▊▉#]*$/.exec(line)![0]);
}

describe('a column of bars', () => {
  it('is as long as its values, the longest filling it', async () => {
    expect(bars(await written(table, result()))).toEqual(['████▌', '█'.repeat(24), '']);
  });

  it('shows the least value over 0', async () => {
    const rows = [
      [1, 1],
      [2, 100_000],
      [3, 0],
    ];
    const drawn = (unicode: boolean) => written(table, resultOf(COLUMNS, rows, { chart }), { unicode });
    expect(bars(await drawn(true))).toEqual(['▏', '█'.repeat(24), '']);
    expect(bars(await drawn(false))).toEqual(['#', '#'.repeat(24), '']);
  });

  it('takes the room that is left and no more', async () => {
    const text = await written(table, result(), { width: 34 });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBe(34);
    expect(bars(text)[1]).toBe('█'.repeat(12));
  });

  it('is left out where there is no room', async () => {
    expect(await written(table, result(), { width: 26 })).not.toContain('█');
  });

  it('is drawn in ASCII where nothing else can be shown', async () => {
    const text = await written(table, result(), { unicode: false });
    expect(bars(text)).toEqual(['#####', '#'.repeat(24), '']);
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('is for a query whose chart has bars, and for values over 0', async () => {
    expect(await written(table, resultOf(COLUMNS, ROWS, {}))).not.toContain('█');
    expect(await written(table, resultOf(COLUMNS, [[1, 0]], { chart }))).not.toContain('█');
  });

  it('is in the table only', async () => {
    expect(await written(csv, result())).toBe('gap_seconds,retries\n2.5,3\n5,16\n7.5,\n');
  });
});
