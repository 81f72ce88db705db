import { describe, expect, it } from 'vitest';
import { table } from '../../src/report/table.js';
import { resultOf, written } from '../support/results.js';

const COLUMNS = { name: 'text', wasted_queries: 'number' } as const;
const LONG = 'google.com.default.svc.cluster.local';

describe('a table', () => {
  it('has its columns as wide as needed and numbers to the right', async () => {
    expect(
      await written(
        table,
        resultOf(COLUMNS, [
          ['a.test', 12],
          ['google.com', 1234],
        ]),
      ),
    ).toBe(
      'name        wasted_queries\n──────────  ──────────────\na.test                  12\ngoogle.com           1,234\n',
    );
  });

  it('breaks headers at underscores before it shortens names', async () => {
    expect(await written(table, resultOf(COLUMNS, [['google.com', 1234]]), { width: 20 })).toBe(
      '            wasted_\nname        queries\n──────────  ───────\ngoogle.com    1,234\n',
    );
  });

  it('shortens names in their middle to fit', async () => {
    const text = await written(table, resultOf(COLUMNS, [[LONG, 1]]), { width: 30 });
    expect(text).toContain('google.com…ster.local        1\n');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(30);
  });

  it('wraps sentences', async () => {
    const rows = [['the quick brown fox jumps', 1]];
    const text = await written(table, resultOf(COLUMNS, rows), { width: 24 });
    expect(text).toContain('the quick brown');
    expect(text).not.toContain('…');
  });

  it('becomes blocks of lines where the columns cannot fit', async () => {
    const columns = { a: 'text', at: 'time', until: 'time' } as const;
    const time = '2026-01-02T03:04:05.123Z';
    expect(await written(table, resultOf(columns, [['x', time, time]]), { width: 40 })).toBe(
      'a      x\nat     2026-01-02 03:04:05.123Z\nuntil  2026-01-02 03:04:05.123Z\n\n',
    );
  });

  it('has the columns that its query names where all do not fit, and says which are left out', async () => {
    const columns = { at: 'time', client: 'text', client_name: 'text', until: 'time' } as const;
    const time = '2026-01-02T03:04:05.123Z';
    const rows = [
      [time, '10.0.0.1', 'shop/app-a', time],
      [time, '10.0.0.2', null, time],
    ];
    const named = () => resultOf(columns, rows, { narrow: ['client', 'at'] });
    const text = await written(table, named(), { width: 65 });
    expect(text).toContain('shop/app-a  2026-01-02 03:04:05.123Z\n10.0.0.2    2026-01-02 03:04:05.123Z\n');
    expect(text).toContain('\n1 more column with --wide: until\n');
    expect(await written(table, named(), { width: 65, wide: true })).toContain('until');
  });

  it('without a list of its few columns has the first ones', async () => {
    const columns = { at: 'time', until: 'time', n: 'number', last: 'time' } as const;
    const time = '2026-01-02T03:04:05.123Z';
    const text = await written(table, resultOf(columns, [[time, time, 1, time]]), { width: 62 });
    expect(text).toContain('1 more column with --wide: last\n');
  });

  it('uses ASCII alone where nothing else can be shown', async () => {
    const text = await written(table, resultOf(COLUMNS, [[LONG, 1]]), { width: 30, unicode: false });
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('has its title and id above it', async () => {
    const text = await written(
      table,
      resultOf(COLUMNS, [['a', 1]], { id: 'search/storms', title: 'Storms' }),
    );
    expect(text.split('\n')[0]).toBe('Storms (search/storms)');
  });

  it('without rows says so, and that a check found nothing', async () => {
    expect(await written(table, resultOf(COLUMNS, []))).toBe('No rows.\n');
    expect(await written(table, resultOf(COLUMNS, [], { kind: 'check' }))).toContain('Nothing found');
  });

  it('shortens what is wider than the rows it measured', async () => {
    const rows = [...Array.from({ length: 1500 }, () => ['short', 1]), [LONG.repeat(5), 1]];
    const chunks = resultOf(COLUMNS, []);
    async function* two() {
      yield rows.slice(0, 1200) as never;
      yield rows.slice(1200) as never;
    }
    const text = await written(table, { ...chunks, rows: two() }, { width: 80 });
    expect(text.split('\n').at(-2)).toMatch(/^go…al +1$/);
  });

  it('colours nothing where it may not, and never the cells', async () => {
    expect(await written(table, resultOf(COLUMNS, [['a', 1]], {}), { color: false })).not.toContain('\u001b');
    const colored = await written(table, resultOf(COLUMNS, [['a', 1]], {}), { color: true });
    expect(colored).toContain('\u001b[1m');
    expect(colored.split('\n').at(-2)).not.toContain('\u001b');
  });
});
