import { describe, expect, it } from 'vitest';
import { clockOf } from '../../src/collect/clock.js';

describe("a node's clock", () => {
  it('is told from an answer and the time that it took', () => {
    expect(clockOf('n1', '1700000012.350000\n', 1_700_000_000_000, 1_700_000_000_200)).toEqual({
      node: 'n1',
      offset_seconds: 12.25,
      within_seconds: 0.101,
    });
  });

  it('of whole seconds is known to half a second at best', () => {
    for (const answer of ['1700000000.N', '1700000000.'])
      expect(clockOf('n1', answer, 1_700_000_000_500, 1_700_000_000_500)).toMatchObject({
        offset_seconds: 0,
        within_seconds: 0.501,
      });
  });

  it.each(['', 'sh: date: not found', '17', '1700000000.5\nmore'])('is not told by %j', (answer) => {
    expect(clockOf('n1', answer, 0, 1)).toBeNull();
  });
});
