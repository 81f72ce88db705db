import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../src/input/time/iso.js';

describe('an RFC 3339 time', () => {
  it('keeps its nanoseconds and says whether it has a zone', () => {
    expect(parseTimestamp('2025-02-20T10:11:12.123456789Z')).toEqual({
      seconds: 1740046272,
      nanos: 123456789,
      zoned: true,
    });
    expect(parseTimestamp('2025-02-20 10:11:12')).toEqual({ seconds: 1740046272, nanos: 0, zoned: false });
  });

  it('is null where a part is out of range', () => {
    expect(parseTimestamp('2025-13-20T10:11:12Z')).toBeNull();
    expect(parseTimestamp('2025-02-20T10:61:12Z')).toBeNull();
  });
});
