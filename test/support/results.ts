import type { Chart } from '../../src/packs/chart.js';
import type { Kind } from '../../src/packs/query.js';
import type { Result } from '../../src/packs/result.js';
import type { Value, ValueType } from '../../src/packs/value.js';
import type { Layout, RowsWriter } from '../../src/report/format.js';

const PLAIN: Layout = {
  width: Infinity,
  unicode: true,
  color: false,
  reportCommand: (query) => `dnslens report ${query}`,
  explainCommand: (lookup) => `dnslens explain ${lookup}`,
};

/** A chart declared with what a test is about, all else left out. */
export function chartOf(declared: Partial<Chart>): Chart {
  const none = {
    x_end: null,
    color: null,
    panel: null,
    step: null,
    beside: null,
    faint: null,
    label: [],
    at: {},
  };
  return { mark: 'bar', x: 'x', y: ['y'], x_scale: 'linear', y_scale: 'linear', ...none, ...declared };
}

/** A result without a database: columns as name: type. */
export function resultOf(
  columns: Record<string, ValueType>,
  rows: Value[][],
  query: {
    id?: string;
    title?: string;
    kind?: Kind;
    missing?: string[];
    chart?: Chart;
    narrow?: string[];
  } | null = null,
): Result {
  const {
    id = 'pack/name',
    title = 'A title',
    kind = 'table',
    missing = [],
    chart = null,
    narrow = null,
  } = query ?? {};
  async function* chunks() {
    if (rows.length > 0) yield rows;
  }
  return {
    query: query && {
      id,
      title,
      kind,
      pack: 'pack',
      path: 'name.sql',
      sql: 'select 1',
      text: 'select 1',
      description: 'One row per thing.',
      severity: null,
      requires: [],
      params: {},
      columns: {},
      chart,
      narrow,
    },
    columns: Object.entries(columns).map(([name, type]) => ({ name, type, about: null })),
    rows: chunks(),
    missing,
  };
}

/** What a format writes for some results. */
export async function written(
  format: RowsWriter,
  results: Result | Result[],
  layout: Partial<Layout> = {},
): Promise<string> {
  let text = '';
  const single = !Array.isArray(results);
  async function* all() {
    yield* single ? [results] : results;
  }
  const output = {
    async write(part: string) {
      text += part;
    },
  };
  await format({ results: all(), single }, output, { ...PLAIN, ...layout });
  return text;
}
