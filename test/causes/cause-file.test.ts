import { describe, expect, it } from 'vitest';
import { parseCause } from '../../src/causes/cause-file.js';

const META = [
  '-- ---',
  '-- title: Lost',
  '-- description: Something is lost.',
  '-- kind: fault',
  '-- hits: names',
  '-- precedence: 5',
  '-- params:',
  '--   least: {default: 3, unit: queries, description: fewest, source: chance}',
  '-- change: [mend it]',
  '-- collect: [look]',
  '-- look: [race/lost-halves]',
  '-- ---',
];
const SQL = ['-- --- signs', 'select 1 as transaction_id;', '', '-- --- numbers', 'select 4 as lost;', ''];
const RULES = [
  '-- --- rules',
  '-- many:',
  '--   when: lost >= $least',
  '--   verdict: confirmed',
  '--   say: "{lost|query|queries} lost"',
  '-- none:',
  '--   when: otherwise',
  '--   verdict: ruled_out',
  '--   say: none was lost',
];

const parse = (lines: readonly string[]) => parseCause(lines.join('\n'), 'lost', 'lost.sql', {});
const changed = (was: string, is: string) =>
  [...META, ...SQL, ...RULES].map((line) => (line === was ? is : line));

describe('the file of a cause', () => {
  it('is read into its signs, numbers, rules and findings', () => {
    const cause = parse([
      ...META,
      ...SQL,
      ...RULES,
      '',
      '-- --- findings',
      '-- - when: lost > 0',
      '--   say: "{lost} lost"',
    ]);
    expect(cause).toMatchObject({
      id: 'lost',
      precedence: 5,
      signs: 'select 1 as transaction_id',
      numbers: 'select 4 as lost',
      rules: [
        { name: 'many', when: 'lost >= $least', verdict: 'confirmed' },
        { name: 'none', when: null, verdict: 'ruled_out' },
      ],
      findings: [{ when: 'lost > 0' }],
      roots: [],
    });
  });

  it('has no limit under the name of one that models share', () => {
    const shared = { least: { default: 9, unit: 'replies', description: 'others', source: 'chosen' } };
    const read = () => parseCause([...META, ...SQL, ...RULES].join('\n'), 'lost', 'lost.sql', shared);
    expect(read).toThrow('lost.sql: least is a limit that models share');
  });

  it('has changes that depend on its numbers beside those that do not', () => {
    const { change } = parse(
      changed('-- change: [mend it]', '-- change: [{when: lost > 3, say: "Mend {lost}."}, "mend it {now}"]'),
    );
    expect(change).toMatchObject([{ when: 'lost > 3', say: { text: 'Mend {lost}.' } }, 'mend it {now}']);
  });

  it.each([
    ['-- --- signs', '-- --- sings', 'there is no section "sings"'],
    ['select 4 as lost;', '', 'the section "-- --- numbers" is missing or empty'],
    ['--   when: otherwise', '--   when: lost = 0', 'the last rule must be "when: otherwise"'],
    ['--   when: lost >= $least', '--   when: otherwise', 'the rule many always holds'],
    ['--   verdict: ruled_out', '--   verdict: maybe', 'must give none a verdict'],
    ['--   say: none was lost', '--   says: none was lost', 'has an unknown key "says" (none)'],
    ['--   say: none was lost', '--   say: "{lost"', 'has a sentence (none) that has a brace'],
    [
      '-- precedence: 5',
      '-- precedence: first',
      '"precedence" in the front-matter must be a whole number over 0',
    ],
    ['-- none:', '-- many:', 'the section rules'],
    ['-- none:', 'none:', 'is YAML in comments'],
  ])('is refused where "%s" is "%s"', (was, is, why) => {
    expect(() => parse(changed(was, is))).toThrow(why);
    expect(() => parse(changed(was, is))).toThrow(/^lost\.sql: /);
  });
});
