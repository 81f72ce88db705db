import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/packs/value.js';
import { table } from '../../src/report/table.js';
import { chartOf, resultOf, written } from '../support/results.js';

const COLUMNS = { from_time: 'time', result: 'text', queries: 'number' } as const;
const chart = chartOf({ mark: 'bar', x: 'from_time', y: ['queries'], panel: 'result' });

function at(second: number, result: string, queries: number | null): Value[] {
  return [new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(), result, queries];
}

function lines(rows: Value[][], layout = {}) {
  return written(table, resultOf(COLUMNS, rows, { chart }), layout).then((text) =>
    text.split('\n').filter((line) => line.includes('at most')),
  );
}

describe('sparklines', () => {
  it('show how each series goes and its highest value, a space where it has no row', async () => {
    const rows = [at(0, 'NOERROR', 0), at(10, 'NOERROR', 70), at(30, 'NOERROR', 10), at(10, 'SERVFAIL', 1)];
    expect(await lines(rows)).toEqual([
      'NOERROR: queries   ▁█ ▂  at most 70',
      'SERVFAIL: queries   █    at most 1',
    ]);
  });

  it('are ASCII where nothing else can be shown', async () => {
    const rows = [at(0, 'a', 0), at(10, 'a', 7), at(20, 'a', 3)];
    expect(await lines(rows, { unicode: false })).toEqual(['a: queries  _#-  at most 7']);
  });

  it.each([80, 200])('fit into %i columns, however long the names and the time', async (width) => {
    const name = 'x'.repeat(300);
    const rows = Array.from({ length: 300 }, (_, i) => at(i * 10, name, i));
    const [line] = await lines(rows, { width });
    expect(line!.length).toBeLessThanOrEqual(width);
    expect(line).toContain('…');
    expect(line).toMatch(/█ {2}at most 299$/);
  });

  it('keep the peak of the windows that one character stands for', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => at(i * 10, 'a', i === 500 ? 9 : 1));
    expect((await lines(rows))[0]!.match(/█/g)).toHaveLength(1);
  });

  it('are left out of one moment, of no value and of a gap alone', async () => {
    expect(await lines([at(0, 'a', 1)])).toEqual([]);
    expect(await lines([])).toEqual([]);
    expect(await lines([at(0, 'a', null), at(10, 'a', null)])).toEqual([]);
  });
});
