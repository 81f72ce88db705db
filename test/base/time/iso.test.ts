import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../src/base/time/iso.js';

describe('an RFC 3339 time', () => {
  it('keeps its nanoseconds and says whether it has a zone', () => {
    expect(parseTimestamp('2025-02-20T10:11:12.123456789Z')).toEqual({
      seconds: 1740046272,
      nanos: 123456789,
      zoned: true,
    });
    expect(parseTimestamp('2025-02-20 10:11:12')).toEqual({ seconds: 1740046272, nanos: 0, zoned: false });
  });

  it.each([
    '2025-13-20T10:11:12Z',
    '2025-02-20T10:61:12Z',
    '2025-02-31T10:11:12Z',
    '2025-02-29T10:11:12Z',
    '2025-02-20T24:30:00Z',
    '2025-02-20T10:11:61Z',
    '2025-02-20T10:11:12+99:99',
    '2025-02-20T10:11:12-24:00',
  ])('is not %s', (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });

  it('may be on a leap day, and in a leap second', () => {
    expect(parseTimestamp('2024-02-29T00:00:00Z')?.seconds).toBe(Date.UTC(2024, 1, 29) / 1000);
    expect(parseTimestamp('2016-12-31T23:59:60Z')?.seconds).toBe(Date.UTC(2017, 0, 1) / 1000);
  });
});
