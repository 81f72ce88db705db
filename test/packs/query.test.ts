import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/packs/query.js';

const HEAD = ['title: T', 'description: D', 'kind: table', 'columns: {n: a number}'];

function parse(...extra: string[]) {
  const yaml = [...HEAD, ...extra].map((line) => `-- ${line}`);
  return parseQuery(['-- ---', ...yaml, '-- ---', 'select 1 as n'].join('\n'), 'pack/name', 'pack/name.sql');
}

describe('a query file', () => {
  it('gets its pack from its id, and empty lists for what it leaves out', () => {
    expect(parse()).toMatchObject({
      id: 'pack/name',
      pack: 'pack',
      requires: [],
      params: {},
      severity: null,
      chart: null,
      narrow: null,
    });
  });

  it('declares parameters whose defaults are kept as text, null as not given', () => {
    const { params } = parse(
      'params:',
      '  top: {type: integer, default: 20, description: how many}',
      '  zone: {type: text, default: null, description: only this zone}',
    );
    expect(params).toEqual({
      top: { type: 'integer', default: '20', description: 'how many' },
      zone: { type: 'text', default: null, description: 'only this zone' },
    });
  });

  it.each([
    ['params: {top: {type: int, default: 1, description: d}}', 'must give "top" a type of text, integer,'],
    ['params: {top: {type: integer, description: d}}', 'must give "top" a type, a default and a description'],
    [
      'params: {client: {type: text, default: 1, description: d}}',
      'must not declare "client": every query has it',
    ],
    ['params: {top: {type: integer, default: [1], description: d}}', 'a plain value or null as its default'],
    ['severity: bad', '"severity" in the front-matter must be one of info, low, medium, high, critical'],
    ['chart: {mark: pie, x: a, y: b}', '"chart" in the front-matter must have a mark'],
    ['requires: lookups', '"requires" in the front-matter must be a list of tables'],
  ])('with %s is refused', (line, sentence) => {
    expect(() => parse(line)).toThrow(sentence);
  });
});
