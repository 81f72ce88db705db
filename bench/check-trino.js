// Runs every bundled query on DuckDB and on a real Trino over one lake and compares the rows:
//   npm run check:trino [-- INCIDENT INCIDENT] [--only TEXT]     folders of evidence, a node and a day each
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openLake } from '../dist/lake/index.js';
import { FUNCTIONS } from '../dist/packs/dialect/functions.js';
import { DuckDbEngine } from '../dist/packs/engine.js';
import { loadCatalog } from '../dist/packs/load.js';
import { NO_FILTERS } from '../dist/packs/filters.js';
import { Database } from '../dist/store/database.js';
import { parseTrinoAddress, TrinoConnection, TrinoEngine } from '../dist/trino/index.js';
import { differences, EPSILON, readAll } from './support/compare-results.js';
import { makeLake, makeTables } from './support/lake-tables.js';
import { NotHere } from './support/cache.js';
import { startTrino } from './support/trino-server.js';

const INCIDENTS = ['race-loss-1', 'nodelocal-101'].map((name) =>
  join(import.meta.dirname, '../fixtures/incidents', name),
);

/** Differences of one query that are shown. */
const SHOWN = 5;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' } },
});
const incidents = positionals.length > 0 ? positionals : INCIDENTS;
const root = mkdtempSync(join(tmpdir(), 'dnslens-lake-'));
const lake = join(root, 'lake');
const work = join(root, 'work');
mkdirSync(work);
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
let server;
try {
  server = await startTrino(root);
  await makeLake(lake, incidents, work);
  await makeTables(server, lake, 'local:///lake');
  process.exitCode = (await compareAll()) ? 0 : 1;
} catch (error) {
  if (!(error instanceof NotHere)) throw error;
  console.log(`skipped: ${error.message}`);
} finally {
  await server?.stop();
}

async function compareAll() {
  const database = await openLake(lake);
  const scratch = await Database.plain(':memory:');
  const trino = new TrinoConnection(parseTrinoAddress(server.url), { password: null, token: null });
  const engines = [new DuckDbEngine(database), new TrinoEngine(trino, scratch)];
  let rows = 0;
  let filled = 0;
  const failed = [];
  const asked = [...functionQueries(), ...(await packQueries(database))].filter(({ query }) =>
    query.id.includes(flags.only ?? ''),
  );
  for (const { query, options } of asked) {
    const results = [];
    let found;
    try {
      for (const engine of engines) results.push(await readAll(engine, query, options));
      found = differences(...results);
      rows += results[0].rows.length;
      if (results[0].rows.length > 0) filled++;
    } catch (error) {
      found = [error.message];
    }
    if (found.length === 0) continue;
    failed.push(query.id);
    console.log(`\n${query.id} ${JSON.stringify(options.params)}`);
    for (const line of found.slice(0, SHOWN)) console.log(`  ${line}`);
    if (found.length > SHOWN) console.log(`  and ${found.length - SHOWN} more`);
  }
  database.close();
  scratch.close();
  console.log(
    `${asked.length} queries, ${filled} of them with rows (${rows} in all), on DuckDB and Trino: ${failed.length} differ (numbers may by ${EPSILON})`,
  );
  return failed.length === 0;
}

/** The example of each function, as a query of its own table. */
function functionQueries() {
  const values = "(values (1, 'b', 0.5e0), (3, 'a', 1.5e0), (3, 'c', 2.5e0)) as v(n, s, x)";
  const given = (id, sql) => ({
    id: `functions/${id}`,
    path: id,
    sql,
    text: sql,
    params: {},
    columns: {},
    requires: [],
  });
  const examples = Object.entries(FUNCTIONS).map(([name, { example }]) => {
    const grouped = /^(count|sum|min|max|avg|count_if|array_agg|approx_percentile|min_by|max_by|row)$/.test(
      name,
    );
    return [name, `select ${example} as c${grouped ? ` from ${values}` : ''}`];
  });
  const more = [
    [
      'division',
      'select 7 / 2 as a, 1 / 0 as b, -1e0 / 0 as e, 7 / 2 * 2 as c, 6e0 / count(*) as d from (values (1), (2)) as v(n)',
    ],
    [
      'decimals',
      'select cast(cast(x as decimal(12, 2)) as varchar) as c from (values (1.005e0), (2.675e0), (-0.125e0), (3e0)) as v(x)',
    ],
    ['nulls', 'select n from (values (2), (null), (1)) as v(n) order by n desc'],
    [
      'borders',
      ['microsecond', 'millisecond', 'second', 'minute', 'hour', 'day']
        .map((unit) => `date_diff('${unit}', a, b) as ${unit}s, date_diff('${unit}', b, a) as minus_${unit}s`)
        .join(', ')
        .replace(/^/, 'select ')
        .concat(
          " from (select plus_seconds(timestamp '2025-12-31 23:59:59.999999', 0.0000009) as a, timestamp '2026-01-01 00:00:01.000001' as b) as t",
        ),
    ],
    [
      'nanoseconds',
      "select plus_seconds(timestamp '2026-01-02 03:04:05', n * 0.000000001) as later, plus_seconds(timestamp '2026-01-02 03:04:05', -n) as before from (values (1), (999999999)) as v(n)",
    ],
  ];
  return [...examples, ...more].map(([name, sql]) => ({
    query: given(name, sql),
    options: { params: {}, filters: NO_FILTERS },
  }));
}

/** Every query with its defaults; those about one thing with a thing; those with filters narrowed too. */
async function packQueries(database) {
  const [subject] = await database.rows(
    `select lookup_id::varchar as lookup, client, name, (select first_transaction_id::varchar from questions where lookup_id is null limit 1) as transaction,
       started_at::varchar as time from lookups order by seconds desc, lookup_id limit 1`,
  );
  const values = {
    lookup: subject.lookup,
    name: subject.name,
    ndots: '2',
    fqdn: 'www.google.com',
    transaction: subject.transaction,
  };
  return loadCatalog().queries.flatMap((query) => {
    const open = Object.keys(query.params).filter(
      (name) => query.params[name].default === null && name in values,
    );
    const params = Object.fromEntries(open.map((name) => [name, values[name]]));
    const runs = [{ query, options: { params: query.kind === 'detail' ? params : {}, filters: NO_FILTERS } }];
    if (query.id === 'search/clients' || query.id === 'timeouts/gaps') {
      const filters = {
        since: subject.time,
        until: null,
        client: { name: subject.client, addresses: [subject.client] },
      };
      runs.push({ query, options: { params: {}, filters } });
    }
    return runs;
  });
}
