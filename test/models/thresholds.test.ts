import { describe, expect, it } from 'vitest';
import { loadCauses } from '../../src/causes/load.js';
import { thresholds, usedIn, withThresholds } from '../../src/models/thresholds.js';
import { loadCatalog } from '../../src/packs/load.js';

const KNOWN = {
  full: { default: 0.95, unit: 'share', description: 'share that counts as full', source: 'measured' },
  least: { default: 3, unit: 'queries', description: 'fewest', source: 'chance' },
};

describe('thresholds', () => {
  it('are put into SQL by their names', () => {
    expect(withThresholds("a >= $full and b ~ 'x$'", KNOWN, 'a.sql')).toBe("a >= 0.95 and b ~ 'x$'");
  });

  it('that nobody declared are refused', () => {
    expect(() => withThresholds('a >= $most', KNOWN, 'a.sql')).toThrow('a.sql: there is no limit $most');
  });

  it('that a statement uses are told from the others', () => {
    expect(usedIn('a >= $least', KNOWN)).toEqual({ least: KNOWN.least });
  });

  it('need a number, its unit, its meaning and where it comes from', () => {
    expect(() => thresholds({ full: { unit: 'share' } })).toThrow('must give the limit full a number');
    const half = { default: 0.95, unit: 'share' };
    expect(() => thresholds({ full: half })).toThrow('must give the limit full its description and source');
  });

  it('that models share are among those of a cause', () => {
    const cause = loadCauses().find(({ id }) => id === 'conntrack-table-full');
    expect(cause?.params['table_full_share']).toMatchObject({ default: 0.95, unit: 'share' });
  });

  it('of a full table are the default of the query that lets one choose', () => {
    expect(loadCatalog().get('conntrack/table').params['full_share']).toMatchObject({ default: '0.95' });
  });
});
