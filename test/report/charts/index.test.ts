import { describe, expect, it } from 'vitest';
import type { Chart } from '../../../src/packs/chart.js';
import type { Value, ValueType } from '../../../src/packs/value.js';
import { type Band, drawChart, WIDTHS } from '../../../src/report/charts/index.js';
import { chartOf } from '../../support/results.js';
import { readXml } from '../../support/xml.js';

const OVER_TIME = { at: 'time', series: 'text', n: 'number' } as const;
const BY_NAME = { name: 'text', n: 'number', more: 'number' } as const;
const over = { x: 'at', y: ['n'], panel: 'series' };
const by = { x: 'name', y: ['n'] };

function draw(
  chart: Partial<Chart>,
  columns: Record<string, ValueType>,
  rows: Value[][],
  { width = WIDTHS.wide as number, params = {}, title = 'A title', bands = [] as Band[] } = {},
) {
  const described = Object.entries(columns).map(([name, type]) => ({ name, type, about: null }));
  const table = { chart: chartOf(chart), columns: described, rows, params };
  return drawChart(table, { title, description: 'What it shows.', width, bands })?.text ?? null;
}

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  ']]>&lt;&#x3c;',
  'moc.\u202eelgoog',
  '\u0000\u001b[31m\u0007',
  '\\000'.repeat(255),
  '\ud800',
  '🂡'.repeat(100),
  'javascript:alert(1)',
  "datum['x'] + 1",
];

describe('a chart', () => {
  it('is one image with a title and a description', () => {
    const svg = draw({ ...over, step: 's' }, OVER_TIME, [[at(0), 'a', 3]], { params: { s: '10' } });
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="A title" width="\d+" height="\d+" viewBox="0 0 /);
    expect(svg).toContain('<title>A title</title><desc>What it shows.</desc>');
  });

  it.each([
    [
      'bars over time',
      { ...over, step: 's' },
      OVER_TIME,
      [
        [at(0), 'a', 3],
        [at(10), 'b', 4],
      ],
    ],
    [
      'lines',
      { x: 'at', y: ['n'], mark: 'line', color: 'series' },
      OVER_TIME,
      [
        [at(0), 'a', 3],
        [at(1), 'b', 4],
      ],
    ],
    ['bars by name', { ...by, beside: 'more' }, BY_NAME, [['a', 3, 4]]],
    ['ranges', { ...by, mark: 'range', y: ['n', 'more'], y_scale: 'log' }, BY_NAME, [['a', 3, 4]]],
    ['a histogram', { x: 'n', y: ['more'], at: { 5: 'five' } }, BY_NAME, [['a', 3, 4]]],
  ] as const)(
    'of %s is well-formed and holds nothing that a strict page refuses',
    (_, chart, columns, rows) => {
      const svg = draw(chart as unknown as Partial<Chart>, columns, rows as unknown as Value[][], {
        params: { s: '10' },
      });
      const { elements, attributes } = readXml(svg!);
      const drawn = ['svg', 'g', 'path', 'line', 'rect', 'text', 'tspan', 'title', 'desc'];
      expect(elements.filter((name) => !drawn.includes(name))).toEqual([]);
      expect(attributes.filter(([name]) => /^(style|id|on.*|href|xlink:.*|src)$/.test(name))).toEqual([]);
      expect(attributes.filter(([name, value]) => name !== 'xmlns' && /url\(|https?:/.test(value))).toEqual(
        [],
      );
    },
  );

  it('takes its colours from the page: custom properties and the colour of text', () => {
    const svg = draw(by, BY_NAME, [['a', 3, 4]]);
    const paints = readXml(svg!).attributes.filter(([name]) => name === 'fill' || name === 'stroke');
    const colors = new Set(
      paints.map(([, value]) => value.replace(/^var\(--[\w-]+, #[0-9a-f]{6}\)$/, 'themed')),
    );
    expect(colors).toEqual(new Set(['none', 'themed', 'currentColor']));
  });

  it.each(HOSTILE)('shows %j as a name, and no more', (name) => {
    for (const [chart, columns, rows] of [
      [{ ...over, step: 's' }, OVER_TIME, [[at(0), name, 3]]],
      [
        { x: 'at', y: ['n'], mark: 'line', color: 'series' },
        OVER_TIME,
        [
          [at(0), name, 3],
          [at(1), 'b', 4],
        ],
      ],
      [{ ...by, panel: 'name' }, BY_NAME, [[name, 3, 4]]],
    ] as const) {
      const svg = draw(chart as Partial<Chart>, columns, rows as unknown as Value[][], {
        title: name,
        params: { s: '1' },
      });
      const { elements, texts } = readXml(svg!);
      expect(elements).not.toContain('script');
      expect(elements).not.toContain('img');
      expect(svg).not.toMatch(/[\u0000-\u001f\u202e]|\p{Cs}/u);
      expect(texts.join('')).toContain(name.replace(/[^\w.].*$/s, '').slice(0, 4));
    }
  });

  it('shortens a name of 255 escaped octets where it is drawn, and says it whole where a pointer rests', () => {
    const name = '\\001'.repeat(255);
    const svg = draw(by, BY_NAME, [[name, 3, 4]]);
    const shown = [...svg!.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text!.length);
    expect(Math.max(...shown)).toBeLessThan(60);
    expect(svg).toContain(`<title>${name}: n 3</title>`);
  });

  it.each([
    ['there are no rows', []],
    ['no row has a time', [[null, 'a', 3]]],
    ['no row has a value', [[at(0), 'a', null]]],
  ])('is none where %s', (_, rows) => {
    expect(draw(over, OVER_TIME, rows)).toBeNull();
  });

  it.each([
    ['one row', [[at(0), 'a', 3]]],
    [
      'one value throughout',
      [
        [at(0), 'a', 3],
        [at(1), 'a', 3],
      ],
    ],
    [
      'nothing but 0',
      [
        [at(0), 'a', 0],
        [at(1), 'a', 0],
      ],
    ],
    [
      'values from tiny to huge',
      [
        [at(0), 'a', 1e-12],
        [at(1), 'a', 1e15],
      ],
    ],
    [
      'values below 0',
      [
        [at(0), 'a', -3],
        [at(1), 'a', 4],
      ],
    ],
    [
      'centuries',
      [
        ['1970-01-01T00:00:00Z', 'a', 3],
        ['2262-04-11T23:47:16.854775807Z', 'a', 4],
      ],
    ],
  ] as [string, Value[][]][])('is drawn of %s, on either scale', (_, rows) => {
    for (const chart of [
      { ...over, step: 's' },
      { ...over, mark: 'line', y_scale: 'log' },
    ] as Partial<Chart>[]) {
      const svg = draw(chart, OVER_TIME, rows, { params: { s: '1' } });
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      readXml(svg!);
    }
  });

  it('draws the line of a limit, with room for it above the values', () => {
    const columns = { at: 'time', series: 'text', n: 'number', most: 'number' } as const;
    const svg = draw({ ...over, beside: 'most', step: 's' }, columns, [[at(0), 'a', 3, 1024]], {
      params: { s: '1' },
    });
    expect(svg).toContain('>limit 1,024<');
    expect(svg).toMatch(/>1,500<|>2,000<|>1,200<|>1,100</);
  });

  it('shades bands in every panel, and says whose they are', () => {
    const rows = [
      [at(0), 'a', 3],
      [at(9), 'b', 4],
    ];
    const bands = [{ name: 'A race', from: Date.parse(at(2)), to: Date.parse(at(4)), color: 'red' }];
    const svg = draw({ ...over, step: 's' }, OVER_TIME, rows, { params: { s: '1' }, bands });
    expect(svg!.match(/<title>A race</g)).toHaveLength(2);
  });

  it('is the same for the same rows', () => {
    const rows: Value[][] = [
      [at(0), 'a', 3],
      [at(1), 'b', 4],
    ];
    expect(draw(over, OVER_TIME, rows)).toBe(draw(over, OVER_TIME, rows));
  });

  it('keeps to its width, for a page and for a phone', () => {
    const rows: Value[][] = [
      ['sts.ap-northeast-2.amazonaws.com'.repeat(3), 1, 1],
      ['b', 1_000_000, 1],
    ];
    for (const width of Object.values(WIDTHS)) {
      const svg = draw({ ...by, label: ['n', 'name'] }, BY_NAME, rows, { width });
      expect(Number(/viewBox="0 0 (\d+)/.exec(svg!)![1])).toBeLessThanOrEqual(width);
    }
  });

  it('of 100,000 rows stays small, and says what it merged', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => [at(i), `${i % 20}`, i % 7]);
    const svg = draw({ ...over, step: 's' }, OVER_TIME, rows, { params: { s: '1' } });
    expect(svg!.length).toBeLessThan(400_000);
    expect(svg).toContain('12 more panels are in the table only.');
    expect(svg).toMatch(/neighbours are put together, 150 are drawn/);
  });

  it('of more names than fit draws the first, and says how many it left out', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [`name${i}`, 1000 - i, null]);
    const svg = draw(by, BY_NAME, rows);
    expect(svg).toContain('>name29<');
    expect(svg).not.toContain('>name30<');
    expect(svg).toContain('970 more rows are in the table only.');
  });

  it('shades a gap once, however many windows it has, and says what it is; a 0 is none', () => {
    const rows: Value[][] = [0, null, null, 0, 2].map((n, i) => [at(i), 'a', n]);
    const svg = draw({ ...over, step: 's' }, OVER_TIME, rows, { params: { s: '1' } });
    expect(svg!.match(/<title>nothing captured</g)).toHaveLength(1);
    expect(svg!.match(/<text[^>]*>nothing captured</g)).toHaveLength(1);
  });
});
