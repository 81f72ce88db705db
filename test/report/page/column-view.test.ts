import { describe, expect, it } from 'vitest';
import type { ValueType } from '../../../src/packs/value.js';
import { viewOf } from '../../../src/report/page/column-view.js';
import type { Value } from '../../../src/packs/value.js';

/** The head's label and unit, and the values as they are shown. */
function shown(name: string, type: ValueType, values: Value[]): unknown[] {
  const { label, unit, text } = viewOf({ name, type, about: null }, values);
  return [label, unit, ...values.map(text)];
}

describe('a column of the page', () => {
  it('has its unit in the head, one for all values', () => {
    expect(shown('p99_seconds', 'number', [5.0051, 0.25])).toEqual(['p99', 's', '5.005', '0.250']);
    expect(shown('p99_seconds', 'number', [0.0123, 0.00035])).toEqual(['p99', 'ms', '12.300', '0.350']);
    expect(shown('size_bytes', 'number', [1_234_567, 1000])).toEqual(['size', 'MB', '1.2', '0.001']);
    expect(shown('bytes', 'number', [12])).toEqual(['bytes', 'B', '12']);
    expect(shown('wasted_share', 'number', [0.7277])).toEqual(['wasted', '%', '72.8']);
    expect(shown('asked_at', 'time', ['2026-01-02T03:04:05.123456Z'])).toEqual([
      'asked at',
      'UTC, 2026-01-02',
      '03:04:05.123',
    ]);
  });

  it('shows a small value beside a large one as more than zero', () => {
    expect(shown('wait_seconds', 'number', [5, 0.00002, 0])).toEqual([
      'wait',
      's',
      '5.000',
      '0.00002',
      '0.000',
    ]);
  });

  it('separates thousands of counts, and not of identifiers', () => {
    expect(shown('queries', 'number', [12345])).toEqual(['queries', null, '12,345']);
    expect(shown('client_port', 'number', [12345])).toEqual(['client port', null, '12345']);
  });

  it('leaves out what is not known', () => {
    expect(shown('wait_seconds', 'number', [null])).toEqual(['wait', 's', '']);
    expect(shown('name', 'text', [null])).toEqual(['name', null, '']);
  });
});
