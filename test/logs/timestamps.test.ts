import { expect, it } from 'vitest';
import { readCommonLogTime, readGoLogTime, readRfc3339 } from '../../src/logs/timestamps.js';

type Read = typeof readRfc3339;

/** Seconds since 1970 of a time in `text`; null where it is none. */
function secondsOf(read: Read, text: string): number | null {
  const into = { seconds: 0, nanos: 0 };
  const bytes = Buffer.from(text);
  return read(bytes, 0, bytes.length, into) === -1 ? null : into.seconds;
}

it.each<[string, Read, string]>([
  ['a day', readRfc3339, '2026-02-31T10:11:12Z'],
  ['a leap day', readRfc3339, '2026-02-29T10:11:12Z'],
  ['an hour', readRfc3339, '2026-02-20T24:00:00Z'],
  ['an offset', readRfc3339, '2026-02-20T10:11:12+99:99'],
  ["a day of Go's log package", readGoLogTime, '2026/04/31 10:11:12'],
  ['a day of the common log format', readCommonLogTime, '31/Sep/2018:15:29:11 +0000'],
])('%s that there is not is no time', (_, read, text) => {
  expect(secondsOf(read, text)).toBeNull();
});

it('a leap day and a leap second are times', () => {
  expect(secondsOf(readRfc3339, '2024-02-29T00:00:00Z')).toBe(Date.UTC(2024, 1, 29) / 1000);
  expect(secondsOf(readRfc3339, '2016-12-31T23:59:60Z')).toBe(Date.UTC(2017, 0, 1) / 1000);
});

it.each([
  ['2026-02-20T10:11:12+02:00', 8],
  ['2026-02-20T10:11:12.5-0530', 15.5],
  ['2026-02-20 10:11:12,25Z', 10],
])('%s is a time with its zone taken off', (text, hour) => {
  expect(secondsOf(readRfc3339, text)).toBe(
    Date.UTC(2026, 1, 20, Math.floor(hour), 11 + 60 * (hour % 1), 12) / 1000,
  );
});

it.each(['2026-02-20T10:11:12', '2026-02-20T10:11:12 UTC', '2026-02-20T10:11:12+02'])(
  '%s has no zone, so it is no time',
  (text) => {
    expect(secondsOf(readRfc3339, text)).toBeNull();
  },
);
