// A lake for checks, and its tables in a Trino.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ingest } from '../../dist/ingest/index.js';
import { exportLake, FolderTarget, LAKE_ENGINES } from '../../dist/lake/index.js';
import { buildModels } from '../../dist/build/build.js';
import { Database } from '../../dist/store/database.js';
import { Ledger } from '../../dist/store/ledger.js';

const DAY_NS = 86_400_000_000_000n;

/** Ingests each folder of evidence as another node, a day later than the one before, and exports it to the lake. */
export async function makeLake(folder, incidents, work) {
  for (const [i, incident] of incidents.entries()) {
    const path = join(work, `node-${i + 1}.duckdb`);
    const ledger = await Ledger.open(path);
    await ingest(ledger, [incident]);
    await shiftTimes(ledger.database, BigInt(i) * DAY_NS);
    await buildModels(ledger.database);
    ledger.close();
    const database = await Database.open(path, { readOnly: true, writesTo: folder });
    await exportLake(database, new FolderTarget(folder), { node: `node-${i + 1}`, version: 'check' });
    database.close();
  }
}

/** The incidents that there are were recorded on one day. */
async function shiftTimes(database, nanos) {
  if (nanos === 0n) return;
  const columns = await database.rows(
    "select table_name, column_name from information_schema.columns where table_schema = 'raw' and data_type = 'TIMESTAMP_NS'",
  );
  for (const { table_name: table, column_name: column } of columns) {
    await database.run(
      `update raw."${table}" set "${column}" = make_timestamp_ns(epoch_ns("${column}") + ${nanos}) where "${column}" is not null`,
    );
  }
}

/** Makes the lake's tables; `location` is the lake as the server names it, `folder` as this machine does. */
export async function makeTables(trino, folder, location) {
  for (const statement of LAKE_ENGINES.trino({ location, schema: 'dnslens' })) {
    // a session of its own for each statement, with the schema in its header
    if (statement.startsWith('use ')) continue;
    const table = new RegExp(`'${location}/(\\w+)'`).exec(statement)?.[1];
    // a table without rows has no folder, which a file system needs and an object store does not
    if (table) mkdirSync(join(folder, table), { recursive: true });
    await trino.run(statement);
  }
}
