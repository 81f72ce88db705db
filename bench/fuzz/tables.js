// Fills the raw tables with rows that no reader would write in one evening, builds the models, runs every query and writes
// every format.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger } from '../../dist/store/ledger.js';
import { RAW_TABLES } from '../../dist/raw/tables/index.js';
import { Random } from '../traffic/random.js';
import { tryExports } from './exports.js';
import { tryModels } from './models.js';

/** Tables that say what codes and versions mean: as they are made. */
const OWN = new Set(['codes', 'meta']);
const MOST_ROWS = 40;
/** The column that numbers a table's rows, if it has one: `addresses` are numbered by `address_id`. */
const ownNumber = (table) => `${table.replace(/(?<=ss)es$|s$/, '')}_id`;

/** What a fuzzer does: `until` a moment, from a seed. */
export async function runTables({ until, seed, say }) {
  const finds = new Map();
  let cases = 0;
  for (; performance.now() < until || cases === 0; cases++) {
    const folder = mkdtempSync(join(tmpdir(), 'dnslens-tables-'));
    try {
      for (const fault of await tryTables(folder, seed + cases)) {
        if (!finds.has(fault)) say(`  seed ${seed + cases}: ${fault}`);
        finds.set(fault, { count: (finds.get(fault)?.count ?? 0) + 1 });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return { cases, finds };
}

/** Fills a database by a seed, builds the models, runs every query and writes every format; what failed, in words. */
async function tryTables(folder, seed) {
  const path = join(folder, 'fuzz.duckdb');
  const faults = await tryRows(path, seed);
  return faults.length > 0 ? faults : tryExports(path, join(folder, 'out'), seed);
}

async function tryRows(path, seed) {
  const random = new Random(seed);
  const ledger = await Ledger.open(path);
  try {
    const { database } = ledger;
    const pools = poolsOf(random);
    for (const table of RAW_TABLES.filter(({ name }) => !OWN.has(name))) {
      const rows = Array.from({ length: 1 + random.below(MOST_ROWS) }, (_, i) =>
        rowOf(table, i, pools, random),
      );
      await database.run(
        `insert into raw.${table.name} (${Object.keys(table.columns)
          .map((name) => `"${name}"`)
          .join(', ')}) values ${rows.join(', ')}`,
      );
    }
    return await tryModels(database);
  } finally {
    ledger.close();
  }
}

/** What one database draws its values from: few of each, so that rows meet. */
function poolsOf(random) {
  const seconds = [
    '1969-12-31 00:00:00',
    '1970-01-01 00:00:00',
    '2024-01-02 03:04:05',
    '2026-02-03 04:05:06',
    '2038-01-19 03:14:08',
    '2106-02-07 06:28:16',
    '2199-12-31 23:59:59',
  ];
  const start = random.pick(seconds);
  const near = [0, 1, 999, 1_000_000, 50_000_000, 900_000_000, 5_000_000_000];
  const times = [
    ...near
      .map((nanos) => `make_timestamp_ns(epoch_ns(timestamp_ns '${start}') + ${nanos})`)
      .slice(0, 1 + random.below(near.length)),
    ...seconds.slice(0, random.below(seconds.length)).map((text) => `timestamp_ns '${text}.999999999'`),
  ].filter((time) => !(start.startsWith('2199') && time.startsWith('make')));
  return {
    times: times.length > 0 ? times : [`timestamp_ns '${start}'`],
    names: [
      '.',
      'a',
      'a.b',
      'db.shop.svc.cluster.local',
      'db.svc.cluster.local',
      'svc.cluster.local',
      `${'x.'.repeat(100)}y`,
      `${'l'.repeat(63)}.z`,
      '\\000.\\255',
      "it''s",
      '*.a.b',
      '',
    ],
    addresses: ['10.0.0.1', '10.0.0.2', '10.96.0.10', '::1', '169.254.20.10', '255.255.255.255', 'n1'],
    texts: [
      '',
      'eth0',
      'udp',
      '10.0.0.1:53',
      "''; drop",
      'x'.repeat(3000),
      'NOERROR',
      'drop',
      'ünï',
      'n1',
      'shop',
      'web',
      'web-1',
    ],
    json: [
      '[]',
      '["a.b"]',
      '["ndots:5"]',
      '["svc.cluster.local","cluster.local"]',
      '{}',
      '{"k8s-app":"kube-dns"}',
    ],
    numbers: [0, 1, 2, 3, 53, 255, 4096, 65535],
  };
}

/** Values of columns whose meaning holds them to some: what the readers write. */
const KNOWN = {
  path: () => "'/var/a.pcap'",
  kind: (random, table) =>
    random.pick(
      table === 'sources'
        ? ["'pcap'", "'coredns-log'", "'conntrack-stats'"]
        : table === 'cluster_objects'
          ? ["'Pod'", "'Service'", "'Node'", "'Endpoints'", "'EndpointSlice'", "'ReplicaSet'"]
          : ["'dns'", "'cut'"],
    ),
  origin: (random, table) =>
    random.pick(table === 'dns_records' ? ["'route53'", "'external-dns'"] : ["'resolv.conf'", "'dnsConfig'"]),
  event: (random) => random.pick(["'error'", "'listening'", "'nodelocal-rule'", "'reload'"]),
  direction: (random) => random.below(6),
  tunnel: (random) => random.below(8),
  protocol: (random) => random.below(2),
  qtype: (random) => random.pick([1, 28, 5, 65535]),
  flags: (random) => random.pick([0x0100, 0x8180, 0x8183, 0x8382, 0]),
  hop_limit: (random) => random.pick([0, 1, 62, 63, 64, 255]),
  key: (random) => random.pick(['0', '7', '18446744073709551615', String(1000 + random.below(8))]),
};

function rowOf(table, index, pools, random) {
  const values = Object.entries(table.columns).map(([name, column]) => {
    // A dictionary's, the ledger's or a row's own number.
    if (name === ownNumber(table.name)) return index + 1;
    if (column.nullable && random.below(4) === 0) return 'null';
    return KNOWN[name]?.(random, table.name) ?? valueOf(table.name, name, column, pools, random);
  });
  return `(${values.join(', ')})`;
}

function valueOf(table, name, { type, holds }, pools, random) {
  if (name === 'source_id' || name === 'frame' || name === 'line' || name.endsWith('_id'))
    return 1 + random.below(12);
  switch (type) {
    case 'BOOLEAN':
      return random.below(2) === 0;
    case 'TIMESTAMP_NS':
      return random.pick(pools.times);
    case 'VARCHAR':
      if (holds === 'json') return `'${random.pick(pools.json)}'`;
      if (table === 'addresses' || holds === 'address') return `'${random.pick(pools.addresses)}'`;
      return `'${random.pick(holds === 'name' || table === 'names' ? pools.names : pools.texts)}'`;
    case 'DOUBLE':
      return random.pick([0, 1e-9, 0.5, 5, 1e9]);
    case 'UTINYINT':
      return random.below(256);
    case 'USMALLINT':
      return random.pick(pools.numbers);
    case 'INTEGER':
      return random.pick([0, 1, 5, 2 ** 31 - 1]);
    case 'UINTEGER':
      return random.pick([0, 1, 30, 2 ** 32 - 1]);
    default:
      return random.pick([0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 53 - 1]);
  }
}
