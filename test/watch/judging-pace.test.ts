import { describe, expect, it } from 'vitest';
import { JudgingPace } from '../../src/watch/judging-pace.js';
import type { Stream } from '../../src/watch/judge-process.js';

const MEGABYTE = 1 << 20;

/** Streams of so many octets for each second that is asked for. */
const busy =
  (aSecond: number) =>
  (seconds: number): Stream[] => [
    {
      path: 'a.pcap',
      told: { label: null, aheadSeconds: 0 },
      parts: [{ file: 'a', prelude: null, bytes: aSecond * seconds, until: 0 }],
    },
  ];

describe('the pace of judging', () => {
  it('rests three times as long as judging took, and two seconds at least', () => {
    const pace = new JudgingPace();
    const judged = pace.choose(120, busy(1));
    expect(pace.isDue(0)).toBe(true);
    pace.judged(100, 3, judged);
    expect([108.9, 109].map((now) => pace.isDue(now))).toEqual([false, true]);
    pace.judged(200, 0.1, judged);
    expect([201.9, 202].map((now) => pace.isDue(now))).toEqual([false, true]);
  });

  it('takes the whole window where that is not too much, and says where it takes less', () => {
    const pace = new JudgingPace();
    expect(pace.choose(120, busy(1000))).toEqual({ streams: busy(1000)(120), isShort: false });
    expect(pace.choose(120, busy(MEGABYTE)).isShort).toBe(true);
  });

  it('takes less after a judging that took too long, and more again when it does not', () => {
    const pace = new JudgingPace();
    const bytes = () => pace.choose(120, busy(MEGABYTE)).streams[0]!.parts[0]!.bytes;
    const first = bytes();
    pace.judged(0, 8, pace.choose(120, busy(MEGABYTE)));
    const less = bytes();
    expect(less).toBeLessThanOrEqual(first / 2);
    pace.judged(0, 1, pace.choose(120, busy(MEGABYTE)));
    expect(bytes()).toBeGreaterThan(less);
  });

  it('leaves nothing of little evidence out, as that would save little', () => {
    const pace = new JudgingPace();
    pace.judged(0, 30, pace.choose(120, busy(MEGABYTE / 5)));
    expect(pace.choose(120, busy(MEGABYTE / 5)).isShort).toBe(false);
  });

  it('takes fifteen seconds however much they are and however often they failed', () => {
    const pace = new JudgingPace();
    for (let i = 0; i < 20; i++) pace.failed(i, i, pace.choose(120, busy(100 * MEGABYTE)));
    expect(pace.choose(120, busy(100 * MEGABYTE)).streams).toEqual(busy(100 * MEGABYTE)(15));
  });
});
