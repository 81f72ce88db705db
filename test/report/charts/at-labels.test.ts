import { describe, expect, it } from 'vitest';
import { labelLanes } from '../../../src/report/charts/at-labels.js';

describe('labels of marked values', () => {
  const at = { 5: '5 s, glibc', 2: '2 s, forwarders', 2.5: '2.5 s, musl' };

  it('share a lane where there is room, in the order of their values', () => {
    const labels = labelLanes({ 1: 'a', 5: 'b' }, [0, 10], 600);
    expect(labels).toEqual([
      { x: 1, label: 'a', lane: 0, align: 'left' },
      { x: 5, label: 'b', lane: 0, align: 'left' },
    ]);
  });

  it('never stand on each other', () => {
    expect(labelLanes(at, [0, 20], 600).map(({ x, lane }) => [x, lane])).toEqual([
      [2, 0],
      [2.5, 1],
      [5, 2],
    ]);
  });

  it('stand left of their value at the right edge', () => {
    expect(labelLanes(at, [0, 5], 600).map(({ align }) => align)).toEqual(['left', 'left', 'right']);
  });
});
