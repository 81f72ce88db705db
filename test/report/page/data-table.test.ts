import { describe, expect, it } from 'vitest';
import type { Value, ValueType } from '../../../src/packs/value.js';
import { Budget } from '../../../src/report/page/budget.js';
import { Selectable } from '../../../src/report/page/incident/selectable.js';
import { dataTable } from '../../../src/report/page/data-table.js';

const NAMES = { id: 'x', caption: 'A table', file: 'x.csv', elsewhere: 'all of them are in x.csv' };
const selectable = new Selectable([
  { client: '10.0.0.1', workload: 'shop/cart' },
  { client: '10.0.0.2', workload: 'shop/till' },
]);
const HOSTILE = '</script><script>alert(1)</script><!--\u202e\u001b[2J"\'&';

function table(columns: Record<string, ValueType>, rows: Value[][], total = rows.length): string {
  const named = Object.entries(columns).map(([name, type]) => ({ name, type, about: HOSTILE }));
  return dataTable(NAMES, { columns: named, rows, total }, new Budget(), selectable).text;
}

interface Data {
  spans?: ([number, number] | null)[];
  who?: (number | null)[];
  head: string;
  lines: string[];
  keys: Record<string, Value[]>;
}

/** What the page's script reads. */
function dataOf(html: string): Data {
  return JSON.parse(/<script type="application\/json">([^]*?)<\/script>/.exec(html)![1]!) as Data;
}

describe("the page's tables", () => {
  it('make no markup of a name, in a cell, a head and the data', () => {
    const html = table({ [HOSTILE]: 'text' }, [[HOSTILE]]);
    expect(html.match(/<\/?script/g)).toHaveLength(2);
    expect(html).not.toMatch(/<!--|\u202e|\u001b|alert\(1\)<\/script/);
    expect(html).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
  });

  it('hold rows as CSV that no spreadsheet takes for a formula', () => {
    const { head, lines } = dataOf(
      table({ name: 'text', n: 'number' }, [
        ['=1+1', -5],
        [HOSTILE, null],
      ]),
    );
    expect(head).toBe('name,n');
    expect(lines).toEqual(["'=1+1,-5", '"</script><script>alert(1)</script><!--\\u202e\\x1b[2J""\'&",']);
  });

  it('sort numbers and times by their values', () => {
    const rows = [
      [5, '2026-01-02T03:04:05.5Z', 'a'],
      [null, null, 'b'],
    ];
    expect(dataOf(table({ n: 'number', at: 'time', name: 'text' }, rows)).keys).toEqual({
      0: [5, null],
      1: [Date.UTC(2026, 0, 2, 3, 4, 5, 500), null],
    });
  });

  it('say of each row its time and its workload, by which a selection keeps it', () => {
    const rows = [
      ['10.0.0.2', '2026-01-02T03:04:05Z', '2026-01-02T03:05:00Z'],
      ['10.9.9.9', null, null],
    ];
    const { spans, who } = dataOf(table({ client: 'text', first_at: 'time', last_at: 'time' }, rows));
    expect(spans).toEqual([[Date.UTC(2026, 0, 2, 3, 4, 5), Date.UTC(2026, 0, 2, 3, 5)], null]);
    expect(who).toEqual([1, null]);
    expect(dataOf(table({ n: 'number' }, [[1]]))).not.toHaveProperty('who');
  });

  it('have numbers to the right, under a head with the unit', () => {
    expect(table({ wait_seconds: 'number' }, [[5]])).toMatch(
      /<th scope="col" class="number" title="[^"]*">wait <span class="unit">s<\/span><\/th>[^]*<td class="number">5.000<\/td>/,
    );
  });

  it('say how many rows are left out, and where they are', () => {
    const rows = Array.from({ length: 600 }, (_, i) => [i]);
    const html = table({ n: 'number' }, rows, 12340);
    expect(html).toContain('The first 500 of 12,340 rows; all of them are in x.csv.');
    expect(dataOf(html).lines).toHaveLength(500);
    expect(html).toContain('On paper the first 6 rows.');
    expect(table({ n: 'number' }, [[1]])).not.toContain('left-out');
  });
});
