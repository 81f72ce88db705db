import { describe, expect, it } from 'vitest';
import { parseCause } from '../../src/causes/cause-file.js';
import { judge, judgedRules, rootsOf } from '../../src/causes/judge.js';

const cause = (id = 'lost', roots = '[]') =>
  parseCause(
    `-- ---
-- title: Lost
-- description: Something is lost.
-- kind: fault
-- hits: names
-- precedence: 5
-- change: [mend it]
-- collect: [look]
-- look: [race/lost-halves]
-- roots: ${roots}
-- ---
-- --- signs
select 1 as transaction_id
-- --- numbers
select 4 as lost, ['a', 'b'] as clients
-- --- rules
-- many: {when: lost > 3, verdict: confirmed, say: "{lost} lost"}
-- few: {when: lost > 0, verdict: ruled_out, say: too few}
-- none: {when: otherwise, verdict: no_evidence, say: nothing seen}
-- --- findings
-- - each: clients
-- - {when: lost > 3, say: "more than three"}
`,
    id,
    `${id}.sql`,
    {},
  );
const figures = { lost: 4, clients: ['a', 'b'], blamed: 2 };

describe('judging a cause', () => {
  it('takes the verdict and the sentence of the first rule that holds', () => {
    const judged = judge(cause(), {
      figures,
      rules: [true, true, true, true],
      findings: [true, false],
      changes: [true],
      roots: [],
    });
    expect(judged).toMatchObject({
      rule: 'many',
      verdict: 'confirmed',
      summary: '4 lost',
      findings: ['a', 'b'],
    });
  });

  it('rules out nothing that lookups are blamed on', () => {
    expect(judgedRules(cause()).map(({ name, condition }) => [name, condition])).toEqual([
      ['many', 'lost > 3'],
      ['few', '(lost > 0) and (blamed = 0)'],
      ['none', 'blamed = 0'],
      ['shown-by-lookups', 'blamed > 0'],
    ]);
    const judged = judge(cause(), {
      figures,
      rules: [false, false, false, true],
      findings: [false, false],
      changes: [true],
      roots: [],
    });
    expect(judged).toMatchObject({
      verdict: 'possible',
      summary: expect.stringContaining('2 slow or failed lookups show'),
    });
  });

  it('calls a cause a consequence of the first root that is itself found, and of what stands above that', () => {
    const found = (id: string, roots: string, held: boolean) => {
      const one = cause(id, roots);
      return judge(one, {
        figures,
        rules: [held, false, true, true],
        findings: [false, false],
        changes: [true],
        roots: one.roots.map(() => true),
      });
    };
    const top = found('top', '[]', true);
    const middle = found('middle', '[{cause: absent}, {cause: top}]', true);
    const low = found('low', '[{cause: middle}]', true);
    const absent = found('absent', '[{cause: top}]', false);
    expect([...rootsOf([top, middle, low, absent])]).toEqual([
      ['middle', 'top'],
      ['low', 'top'],
    ]);
  });
});
