import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../../src/report/page/incident/numbers.js';
import { diagnosis, FOUND, HIT } from '../../diagnosis/given.js';

const values = (...[given, longest]: Parameters<typeof figuresOf>) =>
  figuresOf(given, longest).map(({ value, about }) => `${value} ${about}`);

describe('the four numbers', () => {
  it('are the lookups hurt, the seconds in them, the longest wait and the workloads hit', () => {
    expect(values(diagnosis([FOUND], { slow_or_failed: 9 }, [HIT]), 7.506)).toEqual([
      '9 of 100 lookups slow or failed',
      '45.0 s spent waiting in them',
      '7.5 s the longest wait',
      expect.stringMatching(/^1 workload hit; /),
    ]);
  });

  it('are none where none was hurt', () => {
    expect(values(diagnosis([], {}), null).slice(0, 3)).toEqual([
      '0 of 100 lookups slow or failed',
      'none spent waiting in them',
      'none the longest wait',
    ]);
  });

  it('are not 0 where the evidence does not show how lookups ended, or when', () => {
    expect(
      values(diagnosis([], { unseen: 100 }), null).map((text) => text.split(' ').slice(0, 2).join(' ')),
    ).toEqual(['not seen', 'not known', 'not known', 'not seen']);
    expect(values(diagnosis([], { untimed: 100 }), null)[1]).toMatch(/^not known/);
  });
});
