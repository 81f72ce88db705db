import { describe, expect, it } from 'vitest';
import type { Chart } from '../../../src/packs/chart.js';
import type { Value } from '../../../src/packs/value.js';
import { categoriesOf } from '../../../src/report/charts/category-data.js';
import { chartOf } from '../../support/results.js';

const COLUMNS = {
  server: 'text',
  zone: 'text',
  queries: 'number',
  p50_seconds: 'number',
  p99_seconds: 'number',
  wasted_share: 'number',
};

function categories(chart: Partial<Chart>, ...rows: Value[][]) {
  const columns = Object.entries(COLUMNS).map(([name, type]) => ({
    name,
    type: type as 'text' | 'number',
    about: null,
  }));
  return categoriesOf({
    chart: chartOf({ x: 'server', y: ['queries'], ...chart }),
    columns,
    rows,
    params: {},
  });
}

const A = ['10.0.0.1', 'a.example', 1200, 0.001, 0.25, 0.8];
const B = ['10.0.0.2', 'b.example', 3, 0.002, null, 0.2];

describe('rows of names', () => {
  it('have their value at the end, with what it counts', () => {
    const rows = categories({}, A, B)!.panels[0]!.rows;
    expect(rows.map(({ name, label }) => [name, label])).toEqual([
      ['10.0.0.1', '1,200 queries'],
      ['10.0.0.2', '3 queries'],
    ]);
  });

  it('have the values that are asked for at the end, those that are null left out', () => {
    const label = ['zone', 'queries', 'p99_seconds', 'wasted_share'];
    expect(categories({ label }, A, B)!.panels[0]!.rows.map((row) => row.label)).toEqual([
      'a.example, 1,200 queries, p99 0.250 s, 80.0 %',
      'b.example, 3 queries, 20.0 %',
    ]);
  });

  it('stand in panels in the order that these first come, on one scale', () => {
    const { panels, domain } = categories({ panel: 'zone' }, B, A, B)!;
    expect(panels.map(({ title, rows }) => [title, rows.length])).toEqual([
      ['b.example', 2],
      ['a.example', 1],
    ]);
    expect(domain).toEqual([0, 1200]);
  });

  it('keep a range whose last value is unknown', () => {
    const { panels, domain } = categories(
      { mark: 'range', y: ['p50_seconds', 'p99_seconds'], y_scale: 'log' },
      A,
      B,
    )!;
    expect(panels[0]!.rows.map(({ values }) => values)).toEqual([
      [0.001, 0.25],
      [0.002, null],
    ]);
    expect(domain).toEqual([0.001, 1]);
  });

  it('are an outline where the column says so, and reach to what they are compared with', () => {
    const { panels, domain } = categories(
      { y: ['p50_seconds'], beside: 'p99_seconds', faint: 'wasted_share' },
      A,
      B,
    )!;
    expect(panels[0]!.rows.map(({ faint, beside }) => [faint, beside])).toEqual([
      [true, 0.25],
      [false, null],
    ]);
    expect(domain).toEqual([0, 0.25]);
  });

  it('are none where no row has a value', () => {
    expect(categories({}, ['a', 'b', null, null, null, null])).toBeNull();
  });
});
