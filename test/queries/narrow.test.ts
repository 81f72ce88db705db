import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/packs/load.js';
import { runQuery } from '../../src/packs/run.js';
import type { Value, ValueType } from '../../src/packs/value.js';
import { tableForm } from '../../src/report/narrow-table.js';
import { evidence, Incident } from '../support/incident.js';

const TYPICAL: Partial<Record<ValueType, Value>> = { time: '2026-01-02T03:04:05.678901234Z', number: 12.345 };

let incident: Incident;
beforeAll(async () => {
  incident = await Incident.read(...evidence('race-loss-1'));
});
afterAll(() => incident.close());

describe('on a terminal of 80 columns', () => {
  const tables = loadCatalog().queries.filter(({ kind }) => kind !== 'headline');
  it.each(tables.map((query) => [query.id, query] as const))(
    '%s fits whole, or in all the columns that it names',
    async (_, query) => {
      const result = await runQuery(incident.database, query);
      const rows: Value[][] = [];
      for await (const some of result.rows) rows.push(...some);
      // a row of values as wide as they come, for what this incident has none of
      rows.push(result.columns.map(({ type }) => TYPICAL[type] ?? null));
      const form = tableForm(result, rows, 80);
      expect(form?.columns.map(({ name }) => name)).toEqual(
        form?.without.length === 0 ? result.columns.map(({ name }) => name) : (query.narrow ?? 'a list of its few columns'),
      );
    },
  );
});
