import { describe, expect, test } from 'vitest';
import { read, messages, sniff, at, QUERY } from './printed-capture.js';

describe('times', () => {
  test.each([
    ['-tttt', '2026-11-22 14:50:41.518581 ', at('2026-11-22T14:50:41Z') + 518581000n, 'local'],
    ['-tt', '1795359041.518581 ', at('2026-11-22T14:50:41Z') + 518581000n, 'date'],
    ['-tt in nanoseconds', '1795359041.518581123 ', at('2026-11-22T14:50:41Z') + 518581123n, 'date'],
    ['default', '14:50:41.518581 ', at('1970-01-01T14:50:41Z') + 518581000n, 'day'],
    ['-ttttt', ' 00:00:01.000037 ', 1000037000n, 'day'],
    ['-t', '', 1000n, 'order'],
  ])('%s', async (_option, time, nanos, base) => {
    const reading = await read(time + QUERY);
    expect(messages(reading)[0]!.time).toBe(nanos);
    expect(reading.timeBase).toBe(base);
    expect(reading.problems.map(({ code }) => code)).toEqual(
      base === 'day' || base === 'order' ? ['date-unknown'] : [],
    );
    expect(reading.firstNanos).toBe(base === 'order' ? null : nanos);
    expect(sniff(time + QUERY)).toBe(1);
  });

  test('times of day go on behind midnight, and a late packet stays before it', async () => {
    const reading = await read(
      `23:59:59.0 ${QUERY}00:00:01.0 ${QUERY}23:59:59.9 ${QUERY}00:00:02.0 ${QUERY}`,
    );
    expect(messages(reading).map((row) => Number(row.time) / 1e9)).toEqual([86399, 86401, 86399.9, 86402]);
  });

  test('offsets from packet to packet are added up, those from the first packet are not', async () => {
    const offsets = [0, 37, 362, 13, 195, 18];
    const text = offsets.map((n) => ` 00:00:00.${String(n).padStart(6, '0')} ${QUERY}`).join('');
    expect(messages(await read(text)).map((row) => Number(row.time) / 1000)).toEqual([
      0, 37, 399, 412, 607, 625,
    ]);
    const rising = [0, 37, 399, 412, 607, 625]
      .map((n) => ` 00:00:00.${String(n).padStart(6, '0')} ${QUERY}`)
      .join('');
    expect(messages(await read(rising)).map((row) => Number(row.time) / 1000)).toEqual([
      0, 37, 399, 412, 607, 625,
    ]);
  });

  test('offsets whose leading blank was lost in a paste are still no times of day', async () => {
    const text = [0, 500, 3, 2].map((n) => `00:00:00.${String(n).padStart(6, '0')} ${QUERY}`).join('');
    expect(messages(await read(text)).map((row) => Number(row.time) / 1000)).toEqual([0, 500, 503, 505]);
  });
});
