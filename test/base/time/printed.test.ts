import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { leadingDate, readDate } from '../../../src/base/time/printed.js';

const NOW = Date.UTC(2026, 10, 30) / 1000;
const AT = Date.UTC(2026, 10, 22, 14, 50, 41) / 1000;

describe('a date line', () => {
  test.each([
    'Sun Nov 22 14:50:41 UTC 2026',
    'Sun Nov 22 02:50:41 PM UTC 2026',
    'Sun 22 Nov 2026 02:50:41 PM UTC',
    'Sun 22 Nov 14:50:41 GMT 2026',
    'Sun Nov 22 23:50:41 KST 2026',
    'Sun Nov 22 15:50:41 CET 2026',
    'Sun Nov 22 06:50:41 PST 2026',
    'Sun 22 Nov 2026 11:50:41 -03',
    'So 22. Nov 15:50:41 CET 2026',
    'Sonntag, 22. November 2026, 15:50:41 Uhr CET',
    'dim. 22 nov. 2026 15:50:41 CET',
    'dimanche 22 novembre 2026, 15:50:41 (UTC+0100)',
    'dom 22 nov 2026 15:50:41 CET',
    'domingo, 22 de noviembre de 2026, 15:50:41 CET',
    'dom 22 nov 2026, 15:50:41, CET',
    'nie, 22 lis 2026, 15:50:41 CET',
    'Вс 22 ноя 2026 17:50:41 MSK',
    'su 22.11.2026 16.50.41 +0200',
    '2026. 11. 22. (일) 23:50:41 KST',
    '2026년 11월 22일 일요일 오후 11:50:41 KST',
    '2026년 11월 22일 (일) 오후 11시 50분 41초 KST',
    '2026年 11月 22日 日曜日 23:50:41 JST',
    '2026年 11月 22日 星期日 22:50:41 CST',
    '2026年11月22日 星期日 14时50分41秒 UTC',
    'Sun, 22 Nov 2026 14:50:41 +0000',
    'Sun, 22 Nov 2026 20:20:41 +0530',
    '2026-11-22T14:50:41Z',
    '2026-11-22T15:50:41+01:00',
    '2026-11-22 14:50:41+00:00',
    '2026-11-22 14:50:41 UTC',
    '20261122T145041Z',
    '1795359041',
    '@1795359041',
    '--- Sun Nov 22 14:50:41 UTC 2026 ---',
    '[2026-11-22T14:50:41Z]',
    'date: Sun Nov 22 14:50:41 UTC 2026',
  ])('reads %s', (text) => {
    expect(readDate(text, NOW)).toEqual({ seconds: AT, nanos: 0, zoned: true, doubts: [] });
  });

  test.each([
    ['2026-11-22T14:50:41,123456789+00:00', 123456789],
    ['2026-11-22T14:50:41.5Z', 500000000],
    ['1795359041.25', 250000000],
    ['1795359041123', 123000000],
    ['1795359041123456789', 123456789],
  ])('keeps the fraction of %s', (text, nanos) => {
    expect(readDate(text, NOW)).toEqual({ seconds: AT, nanos, zoned: true, doubts: [] });
  });

  test.each([
    ['2026-11-22 14:50:41', 'no-zone'],
    ['20261122-145041', 'no-zone'],
    ['Sun Nov 22 14:50:41 2026', 'no-zone'],
    ['Sun Nov 22 14:50:41 XYZT 2026', 'unknown-zone'],
    ['Sun Nov 22 08:50:41 CST 2026', 'ambiguous-zone'],
  ])('says what %s leaves open', (text, doubt) => {
    expect(readDate(text, NOW)).toEqual({ seconds: AT, nanos: 0, zoned: false, doubts: [doubt] });
  });

  test('takes a date without a year as the last one that has been', () => {
    expect(readDate('Nov 22 14:50:41', NOW)).toMatchObject({ seconds: AT, doubts: ['no-zone', 'no-year'] });
    expect(readDate('Dec 25 00:00:00', NOW)?.seconds).toBe(Date.UTC(2025, 11, 25) / 1000);
  });

  test('takes a leap day without a year as the last one', () => {
    expect(readDate('Feb 29 00:00:00', NOW)?.seconds).toBe(Date.UTC(2024, 1, 29) / 1000);
  });

  test('tells Tuesday in March from March in Spanish', () => {
    const march = Date.UTC(2026, 2, 24, 9) / 1000;
    expect(readDate('mar 24 mar 2026 09:00:00 UTC', NOW)?.seconds).toBe(march);
    expect(readDate('mar 24 nov 2026 09:00:00 UTC', NOW)?.seconds).toBe(Date.UTC(2026, 10, 24, 9) / 1000);
  });

  test.each([
    'cpu=0 found=0',
    '12345',
    '14:50:41',
    'net.netfilter.nf_conntrack_count = 3',
    '2026-11-22T14:50:41Z ERROR the plugin failed for the name example.com at once',
    '10.0.0.1:53',
    '2026-13-22 14:50:41',
    '2026-11-22 25:50:41',
    '2026-02-31 14:50:41',
    'Sun Nov 31 14:50:41 UTC 2026',
    'Nov 31 14:50:41',
    '2026-11-22T14:50:41+99:99',
    '',
  ])('is not %s', (text) => {
    expect(readDate(text, NOW)).toBeNull();
  });

  test('gives back every instant that ISO 8601 can say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4102444799 }),
        fc.integer({ min: 0, max: 999 }),
        (seconds, millis) => {
          const text = new Date(seconds * 1000 + millis).toISOString();
          expect(readDate(text, NOW)).toEqual({ seconds, nanos: millis * 1e6, zoned: true, doubts: [] });
        },
      ),
    );
  });

  test('never throws on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void readDate(text, NOW)));
  });
});

describe('a date before other text', () => {
  test.each([
    'Nov 22 14:50:41 node-1 kernel: nf_conntrack: x',
    '2026-11-22T14:50:41+00:00 node-1 kernel: nf_conntrack: x',
    '[Sun Nov 22 14:50:41 2026] nf_conntrack: x',
    '[1795359041.000000]   nf_conntrack: x',
    '2026-11-22 14:50:41 nf_conntrack: x',
  ])('is found in %s', (line) => {
    expect(leadingDate(line, NOW)?.date.seconds).toBe(AT);
    expect(leadingDate(line, NOW)?.rest).toMatch(/nf_conntrack: x$/);
  });
});

describe('a date line of other years and zones', () => {
  test.each([
    ['Thu Feb 20 10:11:12 PM KST 2025', '2025-02-20T13:11:12.000Z'],
    ['Thu 20 Feb 2025 12:11:12 AM UTC', '2025-02-20T00:11:12.000Z'],
    ['Fri May  2 10:11:12 UTC 2025', '2025-05-02T10:11:12.000Z'],
    ['Thu, 20 Feb 2025 10:11:12 +0900', '2025-02-20T01:11:12.000Z'],
    ['Thu Feb 20 10:11:12 +09 2025', '2025-02-20T01:11:12.000Z'],
    ['2025-02-20T10:11:12+09:00', '2025-02-20T01:11:12.000Z'],
    ['1740013872.5', '2025-02-20T01:11:12.000Z'],
  ])('%s is an instant', (line, expected) => {
    expect(new Date(readDate(line, NOW)!.seconds * 1000).toISOString()).toBe(expected);
  });

  test.each(['', '[INFO] plugin/reload', 'nameserver 10.0.0.1'])('%j is none', (line) => {
    expect(readDate(line, NOW)).toBeNull();
  });
});
