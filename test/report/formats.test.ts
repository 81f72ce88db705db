import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/report/index.js';
import { resultOf, written } from '../support/results.js';

const COLUMNS = { client: 'text', queries: 'number', seconds: 'number', at: 'time', ok: 'boolean' } as const;
const ROWS = [
  ['10.0.0.1', 12345, 5.0051, '2026-01-02T03:04:05.123456Z', true],
  ['10.0.0.22', 7, null, null, false],
];

const HOSTILE = '=1+1|<b>\u001b[2J\u202e"`,@x';

describe('CSV', () => {
  it('is RFC 4180 with LF, as Unix tools have it: a header, empty fields for null, plain numbers', async () => {
    expect(await written(FORMATS.csv.rows, resultOf(COLUMNS, ROWS))).toBe(
      'client,queries,seconds,at,ok\n10.0.0.1,12345,5.0051,2026-01-02T03:04:05.123456Z,true\n10.0.0.22,7,,,false\n',
    );
  });

  it('keeps a negative number a number', async () => {
    expect(await written(FORMATS.csv.rows, resultOf({ n: 'number' }, [[-5]]))).toBe('n\n-5\n');
  });

  it('has a header even without rows', async () => {
    expect(await written(FORMATS.csv.rows, resultOf({ n: 'number' }, []))).toBe('n\n');
  });

  it('refuses a second table', async () => {
    const two = [resultOf({ n: 'number' }, []), resultOf({ n: 'number' }, [])];
    await expect(written(FORMATS.csv.rows, two)).rejects.toThrow('CSV holds one table; name one query');
  });
});

describe('JSON', () => {
  it('of one query is an array of objects', async () => {
    const text = await written(FORMATS.json.rows, resultOf(COLUMNS, ROWS));
    expect(JSON.parse(text)).toEqual([
      { client: '10.0.0.1', queries: 12345, seconds: 5.0051, at: '2026-01-02T03:04:05.123456Z', ok: true },
      { client: '10.0.0.22', queries: 7, seconds: null, at: null, ok: false },
    ]);
  });

  it('without rows is an empty array', async () => {
    expect(JSON.parse(await written(FORMATS.json.rows, resultOf(COLUMNS, [])))).toEqual([]);
  });

  it('of several queries is an object by id', async () => {
    const results = [
      resultOf({ n: 'number' }, [[1]], { id: 'a/b' }),
      resultOf({ n: 'number' }, [], { id: 'a/c' }),
    ];
    expect(JSON.parse(await written(FORMATS.json.rows, results))).toEqual({ 'a/b': [{ n: 1 }], 'a/c': [] });
    expect(JSON.parse(await written(FORMATS.json.rows, []))).toEqual({});
  });
});

describe('Markdown', () => {
  it('is a table with numbers to the right', async () => {
    expect(await written(FORMATS.markdown.rows, resultOf(COLUMNS, ROWS, { title: 'Clients' }))).toBe(
      '## Clients\n\n| client | queries | seconds | at | ok |\n| --- | ---: | ---: | --- | --- |\n' +
        '| `10.0.0.1` | 12,345 | 5.005 s | 2026-01-02 03:04:05.123Z | yes |\n| `10.0.0.22` | 7 |  |  | no |\n',
    );
  });
});

describe('Slack', () => {
  it('has an item per row, with its first columns', async () => {
    expect(await written(FORMATS.slack.rows, resultOf(COLUMNS, ROWS, { title: 'Clients' }))).toBe(
      '*Clients*\n• *`10.0.0.1`*: `queries` 12,345, `seconds` 5.005 s, `at` 2026-01-02 03:04:05.123Z, `ok` yes\n• *`10.0.0.22`*: `queries` 7, `ok` no\n',
    );
  });
});

describe('HTML', () => {
  it('is a page that may load nothing', async () => {
    const page = await written(FORMATS.html.rows, resultOf(COLUMNS, ROWS, {}));
    expect(page).toContain(`content="default-src 'none'; style-src 'sha256-`);
    expect(page).toContain('<td class="number">12,345</td>');
    expect(page).not.toMatch(/<script|https?:/);
  });
});

describe('a hostile text', () => {
  it.each([
    ['csv', '"\'=1+1|<b>\\x1b[2J\\u202e""`,@x"'],
    ['json', '"=1+1|<b>\\u001b[2J\\u202e\\"`,@x"'],
    ['markdown', '``=1+1\u00a6<b>\\x1b[2J\\u202e"`,@x``'],
    ['slack', '`=1+1|\u2039b\u203a\\x1b[2J\\u202e"\',@x`'],
    ['html', '=1+1|&lt;b&gt;\\x1b[2J\\u202e&quot;`,@x'],
    ['table', '=1+1|<b>\\x1b[2J\\u202e"`,@x'],
  ] as const)('is inert in %s, in a cell, a column and a title', async (format, shown) => {
    const result = resultOf({ [HOSTILE]: 'text' }, [[HOSTILE]], { title: HOSTILE });
    const text = await written(FORMATS[format].rows, result);
    expect(text.split(shown).length - 1).toBeGreaterThanOrEqual(2);
    expect(text).not.toContain(HOSTILE);
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('missing evidence', () => {
  it.each(['table', 'markdown', 'html'] as const)('is said with what to collect in %s', async (format) => {
    const result = resultOf({ n: 'text' }, [], { missing: ['conntrack_deltas'] });
    expect(await written(FORMATS[format].rows, result)).toContain('conntrack counters of a node');
  });
});
