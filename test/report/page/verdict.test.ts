import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../src/report/page/verdict.js';
import { cause, COST, diagnosis, FOUND, HIT } from '../diagnosis/given.js';

const SILENT = cause({ ...FOUND, cause: 'upstream-silent', title: 'Upstream silent', verdict: 'likely' });
const POSSIBLE = cause({ cause: 'lost-replies', title: 'Replies lost on the way back', verdict: 'possible' });
const hurt = { slow_or_failed: 9, explained: 9 };

describe("the page's title", () => {
  it.each([
    ['names the faults', [FOUND, SILENT, COST], hurt, 'Lost conntrack race and upstream silent'],
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
    expect(verdictOf(diagnosis(causes, overview)).title).toBe(title);
  });

  it('keeps the capitals of a product within a sentence', () => {
    const overloaded = cause({ ...SILENT, verdict: 'confirmed', title: 'CoreDNS overloaded' });
    expect(verdictOf(diagnosis([FOUND, overloaded])).title).toBe(
      'Lost conntrack race and CoreDNS overloaded',
    );
  });
});

describe("the page's answers", () => {
  it('say what it was, since when, who was hit, what to change, what it was not and what cannot be told', () => {
    const ruledOut = cause({ title: 'Dead server' });
    const open = cause({ title: 'Upstream slow', verdict: 'no_evidence' });
    expect(verdictOf(diagnosis([FOUND, COST, ruledOut, open], hurt, [HIT])).answers).toEqual([
      [
        'What it was',
        [
          'Lost conntrack race (confirmed): 9 halves were lost.',
          'Search list amplification (confirmed, a cost): 4 lookups walked.',
        ],
      ],
      ['Since when', ['2026-01-02 03:05:00 to 03:06:00 UTC']],
      ['Who was hit', ['shop/cart (2 clients, 9 lookups)']],
      ['What to change', ['Run NodeLocal DNSCache.']],
      ['What it was not', ['Dead server.']],
      ['What this evidence cannot tell', ['Upstream slow.']],
    ]);
  });

  it('do not take what is possible for what it was', () => {
    const [first] = verdictOf(diagnosis([POSSIBLE], hurt)).answers;
    expect(first).toEqual([
      'What it may have been',
      ['Replies lost on the way back (possible): No half was lost.'],
    ]);
  });

  it('name the cause of each line where there are several', () => {
    const { answers } = verdictOf(diagnosis([FOUND, SILENT]));
    expect(answers[1]).toEqual([
      'Since when',
      [
        'Lost conntrack race: 2026-01-02 03:05:00 to 03:06:00 UTC',
        'Upstream silent: 2026-01-02 03:05:00 to 03:06:00 UTC',
      ],
    ]);
  });
});
