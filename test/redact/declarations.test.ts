import { describe, expect, it } from 'vitest';
import { HOLDS } from '../../src/raw/column.js';
import { RAW_TABLES } from '../../src/raw/tables/index.js';

const columns = RAW_TABLES.flatMap(({ name: table, columns }) =>
  Object.entries(columns).map(([name, column]) => ({ ...column, place: `${table}.${name}` })),
);

describe('what raw tables say of their texts', () => {
  it('says of every text what it holds, so that --redact knows what to do with it', () => {
    const silent = columns.filter(
      ({ type, holds }) => type === 'VARCHAR' && !Object.keys(HOLDS).includes(holds ?? ''),
    );
    expect(silent.map(({ place }) => place)).toEqual([]);
  });

  it('says of every id in texts what its text holds', () => {
    const silent = columns.filter(
      ({ type, about, holds }) => type === 'UINTEGER' && / in texts\b/.test(about) && holds === null,
    );
    expect(silent.map(({ place }) => place)).toEqual([]);
  });

  it('marks every port', () => {
    const silent = columns.filter(({ place, holds }) => place.endsWith('port') && holds !== 'port');
    expect(silent.map(({ place }) => place)).toEqual([]);
  });
});
