import { describe, expect, it } from 'vitest';
import { parseDateLine, parseTimestamp } from '../../src/store/dates.js';

const iso = (line: string): string | null => {
  const date = parseDateLine(line);
  return date && new Date(date.seconds * 1000).toISOString();
};

describe('a line of date(1)', () => {
  it.each([
    ['Thu Feb 20 10:11:12 KST 2025', '2025-02-20T01:11:12.000Z'],
    ['Thu Feb 20 10:11:12 PM KST 2025', '2025-02-20T13:11:12.000Z'],
    ['Thu 20 Feb 2025 12:11:12 AM UTC', '2025-02-20T00:11:12.000Z'],
    ['Fri May  2 10:11:12 UTC 2025', '2025-05-02T10:11:12.000Z'],
    ['2025. 02. 20. (목) 10:11:12 KST', '2025-02-20T01:11:12.000Z'],
    ['2025년  2월 20일 목요일 오후 10시 11분 12초 KST', '2025-02-20T13:11:12.000Z'],
    ['2025年  2月 20日 木曜日 10:11:12 JST', '2025-02-20T01:11:12.000Z'],
    ['Thu, 20 Feb 2025 10:11:12 +0900', '2025-02-20T01:11:12.000Z'],
    ['Thu Feb 20 10:11:12 +09 2025', '2025-02-20T01:11:12.000Z'],
    ['2025-02-20T10:11:12+09:00', '2025-02-20T01:11:12.000Z'],
    ['1740013872.5', '2025-02-20T01:11:12.000Z'],
  ])('%s is an instant', (line, expected) => expect(iso(line)).toBe(expected));

  it.each([
    '',
    '[INFO] plugin/reload',
    'nameserver 10.0.0.1',
    'Feb 20 10:11:12 node kernel: nf_conntrack: table full 2025',
  ])('%j is none', (line) => expect(parseDateLine(line)).toBeNull());
});

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
