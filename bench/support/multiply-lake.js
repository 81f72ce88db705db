import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lakeTables } from '../../dist/lake/columns.js';
import { ID_COLUMNS } from '../../dist/lake/tables.js';
import { Database } from '../../dist/store/database.js';

/** Bits of an id under those that name its database, as src/lake/batch.ts has them. */
const LOCAL_BITS = 28n;
const DAY = 86_400_000;

/** Copies the one batch of a lake to further nodes and days, as if each had been exported. */
export async function multiply(lake, { nodes, days }) {
  const [name] = readdirSync(join(lake, '_manifests'));
  const manifest = JSON.parse(readFileSync(join(lake, '_manifests', name), 'utf8'));
  const tables = new Map(lakeTables().map((table) => [table.name, table]));
  const database = await Database.plain(':memory:');
  await database.run("set memory_limit = '2GB'");
  for (let node = 0; node < nodes; node++) {
    for (let day = 0; day < days; day++) {
      if (node + day === 0) continue;
      await copy(database, lake, manifest, tables, { node, day, number: BigInt(node * days + day) });
    }
  }
  database.close();
}

async function copy(database, lake, manifest, tables, { node, day, number }) {
  const batch = ((BigInt(`0x${manifest.batch}`) + number) & ((1n << 35n) - 1n)).toString(16).padStart(9, '0');
  const shift = (BigInt(`0x${batch}`) - BigInt(`0x${manifest.batch}`)) << LOCAL_BITS;
  const files = [];
  for (const from of manifest.files) {
    const moved = new Date(Date.parse(from.day) + day * DAY).toISOString().slice(0, 10);
    const label = `node-${node}`;
    const file = `${from.table}/day=${moved}/node_label=${label}/${batch}.parquet`;
    const columns = tables.get(from.table).columns.map(({ name, type }) => {
      if (ID_COLUMNS.includes(name)) return `"${name}" + ${shift} as "${name}"`;
      return type === 'TIMESTAMP_NS' ? `"${name}" + interval ${day} days as "${name}"` : `"${name}"`;
    });
    const path = join(lake, file);
    mkdirSync(dirname(path), { recursive: true });
    await database.run(
      `copy (select ${columns.join(', ')} from read_parquet('${join(lake, from.file)}', hive_partitioning = false))
       to '${path}' (format parquet, compression zstd, row_group_size 122880, preserve_order true)`,
    );
    files.push({ ...from, file, day: moved, nodeLabel: label, bytes: statSync(path).size, sha256: null });
  }
  const copied = { ...manifest, batch, identity: `copy ${number}`, fingerprint: `copy ${number}`, files };
  writeFileSync(join(lake, '_manifests', `${batch}.json`), JSON.stringify(copied));
}
