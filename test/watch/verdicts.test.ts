import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/causes/cause.js';
import { changeLine, changeObject } from '../../src/watch/change-line.js';
import { type Judgement, OVER_SECONDS, type Spans, Verdicts } from '../../src/watch/verdicts.js';

/** What one judging found of one cause. */
function judged(to: number, verdict: Verdict, spans: Spans, lookups = 0): Judgement {
  const cause = 'lost-replies';
  const of = {
    title: 'Replies lost',
    kind: 'fault',
    summary: `${lookups + 3} replies left`,
    first_seen: null,
    last_seen: null,
  };
  return {
    from: to - 120,
    to,
    causes: [{ cause, verdict, lookups, clients: [], root: null, ...of }],
    spans: { [cause]: spans },
  };
}

describe('verdicts over time', () => {
  it('change once for each other verdict, and begin when the cause showed first', () => {
    const verdicts = new Verdicts();
    expect(verdicts.take(judged(1000, 'ruled_out', []))).toEqual([]);
    expect(verdicts.take(judged(1010, 'likely', [[1004, 1009]]))).toMatchObject([
      { verdict: 'likely', was: null, since: 1004 },
    ]);
    expect(verdicts.take(judged(1020, 'likely', [[1004, 1019]]))).toEqual([]);
    expect(verdicts.take(judged(1030, 'confirmed', [[1004, 1029]]))).toMatchObject([
      { verdict: 'confirmed', was: 'likely', since: 1004 },
    ]);
  });

  it('keep the beginning when the window has left it behind', () => {
    const verdicts = new Verdicts();
    verdicts.take(judged(1010, 'confirmed', [[1004, 1009]]));
    verdicts.take(
      judged(1100, 'confirmed', [
        [1008, 1030],
        [1031, 1099],
      ]),
    );
    expect(verdicts.all).toMatchObject([{ since: 1004, last: 1099, isOver: false }]);
  });

  it('say that a cause is over though the window still holds it, with when it showed last', () => {
    const verdicts = new Verdicts();
    verdicts.take(judged(1010, 'confirmed', [[1004, 1009]]));
    const to = 1009 + OVER_SECONDS + 1;
    expect(verdicts.take(judged(to, 'confirmed', [[1004, 1009]]))).toMatchObject([
      { isOver: true, since: 1004, last: 1009 },
    ]);
    expect(verdicts.take(judged(to + 200, 'ruled_out', []))).toEqual([]);
    expect(verdicts.all).toMatchObject([{ isOver: true, since: 1004, last: 1009 }]);
  });

  it('give a cause that comes back a new beginning', () => {
    const verdicts = new Verdicts();
    verdicts.take(judged(1010, 'confirmed', [[1004, 1009]]));
    verdicts.take(judged(1060, 'confirmed', [[1004, 1009]]));
    const again = judged(1080, 'confirmed', [
      [1004, 1009],
      [1070, 1079],
    ]);
    expect(verdicts.take(again)).toMatchObject([{ isOver: false, was: null, since: 1070, last: 1079 }]);
  });

  it('stand as they were said while nothing newer shows the cause and the window leaves what did', () => {
    const verdicts = new Verdicts();
    verdicts.take(judged(1010, 'likely', [[1004, 1009]], 5));
    expect(verdicts.take(judged(1020, 'confirmed', [[1004, 1009]], 6))).toHaveLength(1);
    expect(verdicts.take(judged(1030, 'possible', [[1008, 1009]], 1))).toEqual([]);
    expect(verdicts.all).toMatchObject([{ verdict: 'confirmed', summary: '9 replies left' }]);
    expect(verdicts.take(judged(1035, 'possible', [[1008, 1034]], 1))).toHaveLength(1);
  });

  it('have no beginning where nothing shows the cause, and end with the verdict', () => {
    const verdicts = new Verdicts();
    const [first] = verdicts.take(judged(1010, 'possible', []));
    expect(first).toMatchObject({ verdict: 'possible', since: null });
    expect(changeLine(first!)).toBe('1970-01-01T00:16:50.000Z lost-replies: possible: 3 replies left');
    const [over] = verdicts.take(judged(1020, 'ruled_out', []));
    expect(changeLine(over!)).toBe('1970-01-01T00:17:00.000Z lost-replies: over');
    expect(changeObject(over!)).toMatchObject({ verdict: 'over', was: 'possible', since: null });
  });
});
