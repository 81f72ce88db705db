import { describe, expect, it } from 'vitest';
import { loadModels } from '../../src/models/load.js';
import { thresholds, usedIn, withThresholds } from '../../src/models/thresholds.js';
import { loadCatalog } from '../../src/packs/load.js';

const KNOWN = {
  full: { default: 0.95, description: 'share of nf_conntrack_max that counts as full' },
  least: { default: 3, description: 'fewest' },
};

describe('thresholds', () => {
  it('are put into SQL by their names', () => {
    expect(withThresholds("a >= $full and b ~ 'x$'", KNOWN, 'a.sql')).toBe("a >= 0.95 and b ~ 'x$'");
  });

  it('that nobody declared are refused', () => {
    expect(() => withThresholds('a >= $most', KNOWN, 'a.sql')).toThrow('a.sql: there is no threshold $most');
  });

  it('that a statement uses are told from the others', () => {
    expect(usedIn('a >= $least', KNOWN)).toEqual({ least: KNOWN.least });
  });

  it('need a number and its meaning', () => {
    expect(() => thresholds({ full: { default: 0.95 } })).toThrow('must map each threshold');
  });

  it('that models share are among those of a cause', () => {
    const cause = loadModels().find(({ name }) => name === 'conntrack_table_full');
    expect(cause).toMatchObject({ params: { table_full_share: KNOWN.full } });
  });

  it('of a full table are the default of the query that lets one choose', () => {
    expect(loadCatalog().get('conntrack/table').params['full_share']).toMatchObject({ default: '0.95' });
  });
});
