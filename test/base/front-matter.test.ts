import { describe, expect, it } from 'vitest';
import { maybe, oneOf, parseFrontMatter, tableList, text } from '../../src/base/front-matter.js';

const fields = { title: text, from: maybe(tableList, []), as: maybe(oneOf('table', 'view'), 'view') };

function parse(...lines: string[]) {
  return parseFrontMatter(lines.join('\n'), 'a.sql', fields);
}

describe('front-matter', () => {
  it('is split from the SQL, whose last semicolon is left out', () => {
    const { meta, sql } = parse(
      '-- ---',
      '-- title: Names',
      '-- from: [raw.names, lookups]',
      '-- ---',
      'select 1',
      'from t;',
      '',
    );
    expect(meta).toEqual({ title: 'Names', from: ['raw.names', 'lookups'], as: 'view' });
    expect(sql).toBe('select 1\nfrom t');
  });

  it('may hold blocks of text over several lines', () => {
    const { meta } = parse('-- ---', '-- title: |', '--   one', '--', '--   two', '-- ---', 'select 1');
    expect(meta.title).toBe('one\n\ntwo');
  });

  it('may have Windows line ends and a byte order mark', () => {
    const { meta, sql } = parseFrontMatter(
      '\uFEFF-- ---\r\n-- title: x\r\n-- ---\r\nselect 1\r\n',
      'a.sql',
      fields,
    );
    expect(meta.title).toBe('x');
    expect(sql).toBe('select 1');
  });

  it.each([
    [['select 1'], 'a.sql: the first line must be "-- ---", the start of the front-matter'],
    [
      ['-- ---', '-- title: x', 'select 1'],
      'a.sql: the front-matter has no end; close it with a line of "-- ---"',
    ],
    [
      ['-- ---', 'title: x', '-- ---', 'select 1'],
      'a.sql: line 2 is inside the front-matter and must start with "-- "',
    ],
    [['-- ---', '-- title: x', '-- ---', ' '], 'a.sql: there is no SQL after the front-matter'],
    [
      ['-- ---', '-- titel: x', '-- ---', 'x'],
      'a.sql: the front-matter has an unknown key "titel"; did you mean "title"?',
    ],
    [['-- ---', '-- from: []', '-- ---', 'x'], 'a.sql: "title" in the front-matter is missing'],
    [['-- ---', '-- title: 3', '-- ---', 'x'], 'a.sql: "title" in the front-matter must be a text'],
    [
      ['-- ---', '-- title: x', '-- as: tabel', '-- ---', 'x'],
      'a.sql: "as" in the front-matter must be one of table, view',
    ],
    [
      ['-- ---', '-- title: x', '-- from: ["a; drop"]', '-- ---', 'x'],
      'a.sql: "from" in the front-matter must be a list of tables',
    ],
    [
      ['-- ---', '-- just words', '-- ---', 'x'],
      'a.sql: the front-matter must be a mapping of keys to values',
    ],
  ])('is refused with one sentence: %j', (lines, sentence) => {
    expect(() => parse(...lines)).toThrow(sentence);
  });

  it('that is no YAML is refused with the line of the file', () => {
    expect(() => parse('-- ---', '-- title: x', '-- from: [a', '-- ---', 'x')).toThrow(
      /^a\.sql: the front-matter is not valid YAML \(line \d+\): /,
    );
  });
});
