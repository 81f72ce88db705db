import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_FILTERS } from '../../src/packs/filters.js';
import { filtersOf, NARROWED_TABLES, narrowedSql } from '../../src/packs/narrowed.js';
import { buildModels } from '../../src/build/build.js';
import { Database } from '../../src/store/database.js';

const client = { name: 'shop/web', addresses: ['10.0.0.1', "10.0.0.'2"] };
const span = { since: '2026-01-02 03:04:05', until: '2026-01-02 03:05:00' };

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
  await buildModels(database);
});
afterAll(() => database.close());

describe('a table that is read narrowed', () => {
  it('is read whole, by its own name, where nothing is asked for', () => {
    expect(narrowedSql('select * from narrowed.lookups where x', NO_FILTERS)).toBe(
      'select * from lookups where x',
    );
    expect(narrowedSql('from a join narrowed.twins as w on y', NO_FILTERS)).toBe(
      'from a join twins as w on y',
    );
  });

  it('has the rows of the clients and times asked for, under its own name or the one that it is given', () => {
    expect(narrowedSql('select * from narrowed.lookups where x', { ...NO_FILTERS, client })).toBe(
      "select * from (select * from lookups where client in ('10.0.0.1', '10.0.0.''2')) as lookups where x",
    );
    expect(narrowedSql('from narrowed.lookups as l', { ...span, client: null })).toBe(
      'from (select * from lookups where started_at >= $since::timestamp_ns and started_at < $until::timestamp_ns) as l',
    );
  });

  it('has the spans that reach into the times asked for', () => {
    expect(narrowedSql('from narrowed.conntrack_deltas as d', { ...span, client })).toBe(
      'from (select * from conntrack_deltas where to_time > $since::timestamp_ns and from_time < $until::timestamp_ns) as d',
    );
  });

  it('is one of those that have a place for it', () => {
    expect(() => narrowedSql('from narrowed.sources', NO_FILTERS)).toThrow(
      'narrowed.sources is no table that can be',
    );
  });

  it.each(NARROWED_TABLES)('%s has the columns that it is narrowed by', async (table) => {
    const sql = narrowedSql(`select * from narrowed.${table}`, { ...span, client }).replaceAll(
      /\$(since|until)/g,
      `'${span.since}'`,
    );
    expect(await database.rows(sql)).toEqual([]);
  });
});

describe('the filters that a query heeds', () => {
  it('are those that the tables it reads narrowed have a place for', () => {
    expect([...filtersOf('from narrowed.lookups')]).toEqual(['since', 'until', 'client']);
    expect([...filtersOf('from narrowed.log_events')]).toEqual(['since', 'until']);
    expect([...filtersOf('from narrowed.clients join lookups')]).toEqual(['client']);
    expect([...filtersOf('from lookups')]).toEqual([]);
  });

  it('are those that it has parameters of, of which one client is one address', () => {
    expect([...filtersOf('where client = $client::varchar')]).toEqual(['client']);
    expect([...filtersOf('where client = $client::varchar', true)]).toEqual([]);
  });
});
