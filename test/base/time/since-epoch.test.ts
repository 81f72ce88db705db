import { expect, test } from 'vitest';
import { instantOfDigits, instantOfNumber } from '../../../src/base/time/since-epoch.js';

const AT = { seconds: 1767323045, nanos: 123_456_000 };

test.each([1767323045.123456, 1767323045123.456, 1767323045123456, 1767323045123456000])(
  'a number since 1970 is of the unit that its size tells: %d',
  (value) => expect(instantOfNumber(value)).toEqual(AT),
);

test.each(['1767323045.123456', '1767323045123456', '1767323045123456000'])(
  'digits since 1970 are of the unit that their number tells: %s',
  (text) => expect(instantOfDigits(text)).toEqual(AT),
);

test('digits are exact to the nanosecond', () => {
  expect(instantOfDigits('1767323045123456789')).toEqual({ seconds: 1767323045, nanos: 123_456_789 });
});

test.each([0, 12, -1767323045, NaN, Infinity, 1e19])(
  'a number that no time of evidence is, is none: %d',
  (value) => {
    expect(instantOfNumber(value)).toBeNull();
  },
);

test.each(['', '12', '1767323045.', '17673230451234567891234', '1767323045s'])(
  'digits that no time of evidence is, are none: %s',
  (text) => expect(instantOfDigits(text)).toBeNull(),
);
