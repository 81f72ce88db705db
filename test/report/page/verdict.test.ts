import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../src/report/page/verdict.js';
import { cause, COST, diagnosis, FOUND } from '../diagnosis/given.js';

const SILENT = cause({ ...FOUND, cause: 'upstream-silent', title: 'Upstream silent', verdict: 'likely' });
const POSSIBLE = cause({ cause: 'lost-replies', title: 'Replies lost on the way back', verdict: 'possible' });
const hurt = { slow_or_failed: 9, explained: 9 };

describe("the page's title", () => {
  it.each([
    ['names the faults', [FOUND, SILENT, COST], hurt, 'Lost conntrack race and upstream silent'],
    [
      'does not name a consequence beside its cause',
      [FOUND, { ...SILENT, root: FOUND.cause }],
      hurt,
      'Lost conntrack race',
    ],
    ['says that a fault is only likely', [SILENT], hurt, 'Likely: Upstream silent'],
    ['tells a cost from a fault', [COST], {}, 'No fault, but a cost: Search list amplification'],
    [
      'says that a cause is possible where lookups were hurt',
      [POSSIBLE],
      hurt,
      'Possibly: Replies lost on the way back',
    ],
    [
      'does not hide slow lookups that nothing explains',
      [COST],
      hurt,
      'Slow or failed lookups without a known cause',
    ],
    ['gives a clean bill', [cause()], {}, 'No fault found'],
    ['gives none without lookups', [cause()], { lookups: 0 }, 'Too little evidence for a verdict'],
    ['gives none where no end is seen', [cause()], { unseen: 100 }, 'Too little evidence for a verdict'],
  ])('%s', (_, causes, overview, title) => {
    expect(titleOf(diagnosis(causes, overview))).toBe(title);
  });

  it('keeps the capitals of a product within a sentence', () => {
    const overloaded = cause({ ...SILENT, verdict: 'confirmed', title: 'CoreDNS overloaded' });
    expect(titleOf(diagnosis([FOUND, overloaded]))).toBe('Lost conntrack race and CoreDNS overloaded');
  });
});
