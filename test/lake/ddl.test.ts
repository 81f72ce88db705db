import { expect, test } from 'vitest';
import { lakeTables } from '../../src/lake/columns.js';
import { LAKE_ENGINES } from '../../src/lake/index.js';
import { mergedViews } from '../../src/lake/merged.js';

const OPTIONS = { location: 's3://bucket/lake', schema: 'dns' };

test.each(Object.entries(LAKE_ENGINES))(
  '%s gets every table at its place, and the views that merge',
  (_, ddl) => {
    const statements = ddl(OPTIONS);
    for (const { name } of lakeTables()) {
      const made = statements.filter((statement) => statement.includes(`s3://bucket/lake/${name}`));
      expect(made).toHaveLength(1);
    }
    for (const { name } of mergedViews()) {
      expect(
        statements.some((statement) =>
          new RegExp(`^create or replace view (?:\\w+\\.)?${name} as`).test(statement),
        ),
      ).toBe(true);
    }
  },
);

test('Trino gets times to the nanosecond, partitions as texts and a call that finds them', () => {
  const statements = LAKE_ENGINES.trino(OPTIONS);
  const table = statements.find((statement) => statement.includes('dns.lookups ('))!;
  expect(table).toContain('"started_at" timestamp(9)');
  expect(table).toContain('"lookup_id" bigint');
  expect(table).toMatch(/ {2}day varchar,\n {2}node_label varchar\n\)/);
  expect(table).toContain("partitioned_by = array['day', 'node_label']");
  expect(statements).toContain("call system.sync_partition_metadata('dns', 'lookups', 'FULL')");
});

test('Athena gets types of Hive, and names its schema in views', () => {
  const statements = LAKE_ENGINES.athena(OPTIONS);
  const table = statements.find((statement) => statement.includes('dns.lookups ('))!;
  expect(table).toContain('`started_at` timestamp');
  expect(table).toContain('partitioned by (day string, node_label string)');
  expect(statements.find((statement) => statement.includes('view dns.clients'))).toContain(
    'from dns.clients_by_database',
  );
});
