import { expect, test } from 'vitest';
import { RecentOctets } from '../../../src/capture/dns/recent-octets.js';

const bytes = (text: string) => new TextEncoder().encode(text);

test('finds what was kept at a place, wherever it stands', () => {
  const recent = new RecentOctets();
  recent.keep(bytes('example'), 0, 7, 5, 11, 22);
  expect(recent.find(bytes('an example.'), 3, 11, 5)).toBe(7);
  expect([recent.id, recent.hash]).toEqual([11, 22]);
});

test('finds nothing at an empty place, in other octets, or past the end', () => {
  const recent = new RecentOctets();
  expect(recent.find(bytes('example'), 0, 7, 5)).toBe(0);
  recent.keep(bytes('example'), 0, 7, 5, 11, 22);
  expect(recent.find(bytes('Example'), 0, 7, 5)).toBe(0);
  expect(recent.find(bytes('example'), 0, 6, 5)).toBe(0);
  expect(recent.find(bytes('example'), 0, 7, 6)).toBe(0);
});

test('replaces what was kept at a place, and leaves out what is too long', () => {
  const recent = new RecentOctets();
  recent.keep(bytes('example'), 0, 7, 5, 11, 22);
  recent.keep(bytes('other'), 0, 5, 5 + 1024, 12, 23);
  expect(recent.find(bytes('example'), 0, 7, 5)).toBe(0);
  expect(recent.find(bytes('other'), 0, 5, 5)).toBe(5);
  recent.keep(new Uint8Array(257), 0, 257, 5, 13, 24);
  expect(recent.find(bytes('other'), 0, 5, 5)).toBe(5);
});
