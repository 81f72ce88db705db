// Lines a second that the log reader takes apart, raw and in CRI's wrapper, beside the two ways one would do it
// by hand: split2 with one regular expression, and DuckDB's read_csv with regexp_extract.
//   node bench/logs.js [LINES] [ROUNDS]        (after npm run build)
import { appendFileSync, createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import split2 from 'split2';
import { logReaders } from '../dist/logs/index.js';
import { Batch } from '../dist/raw/batch.js';
import { ByteDictionary } from '../dist/raw/dictionary.js';

const [, , lines = '500000', rounds = '3'] = process.argv;
const QUERY =
  /\[INFO\] (\S+):(\d+) - (\d+) "(\S*) (\S*) (\S+) (\S+) (\d+) (\S+) (\d+)" (\S+) (\S*) (\d+) ([\d.]+)s/;
const SUFFIXES = ['.default.svc.cluster.local', '.svc.cluster.local', '.cluster.local', ''];

/** Writes a log of pods that walk their search lists, from a fixed seed. */
function generate(path, count, isCri) {
  let state = 7;
  const random = (below) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % below;
  let text = '';
  let name = '';
  let client = '';
  for (let i = 0; i < count; i++) {
    // A step of a walk is an A and an AAAA query from one port.
    if (i % 8 === 0) name = `service-${random(500)}.example${random(8)}.com`;
    if (i % 2 === 0) client = `10.${random(2)}.${random(20)}.${random(50)}:${1024 + random(60000)}`;
    const type = `${i % 2 ? 'AAAA' : 'A'} IN ${name}${SUFFIXES[(i >> 1) % 4]}.`;
    const reply = ['NOERROR qr,aa,rd 106', 'NXDOMAIN qr,aa,rd 147', 'NOERROR qr,rd,ra 180'][random(3)];
    const duration = `0.000${String(random(1000000)).padStart(6, '0')}`.replace(/0+$/, '');
    const line = `[INFO] ${client} - ${random(65536)} "${type} udp 54 false 1232" ${reply} ${duration}1s`;
    const time = new Date(1.7e12 + i * 3).toISOString().replace('Z', '');
    text += isCri ? `${time}${String(random(1000000)).padStart(6, '0')}Z stdout F ${line}\n` : `${line}\n`;
    if (text.length < 1 << 20) continue;
    appendFileSync(path, text);
    text = '';
  }
  appendFileSync(path, text);
}

async function readByDnslens(path) {
  const batches = new Map();
  let rows = 0;
  const dictionary = () => new ByteDictionary(42, 1, () => undefined);
  const sink = {
    sourceId: 1,
    label: null,
    seed: 42,
    names: dictionary(),
    addresses: dictionary(),
    texts: dictionary(),
    addressId: () => null,
    problem: ({ detail }) => console.log(detail),
    seen: () => undefined,
    incomplete: () => undefined,
    batch(table) {
      if (!batches.has(table.name)) batches.set(table.name, new Batch(table, (batch) => (rows += batch.row)));
      return batches.get(table.name);
    },
  };
  const chunks = createReadStream(path, { highWaterMark: 1 << 20 });
  await logReaders[0].read({ path, head: new Uint8Array(0), chunks }, sink, { ports: [53] });
  for (const batch of batches.values()) batch.flush();
  return rows;
}

async function readBySplit2(path) {
  let rows = 0;
  for await (const line of createReadStream(path, { highWaterMark: 1 << 20 }).pipe(split2())) {
    if (QUERY.exec(line)) rows++;
  }
  return rows;
}

const names =
  "['client','port','txid','type','class','name','proto','size','do','bufsize','rcode','flags','rsize','duration']";

async function readByDuckDB(path) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const text = `select regexp_extract(line, '${QUERY.source}', ${names}) as q from read_csv('${path}',
    columns = {'line': 'VARCHAR'}, delim = '\\x01', quote = '', escape = '', header = false, auto_detect = false)`;
  await connection.run(`create table queries as select q.* from (${text})`);
  const result = await connection.runAndReadAll("select count(*) from queries where client <> ''");
  connection.closeSync();
  return Number(result.getRows()[0][0]);
}

const ways = { dnslens: readByDnslens, 'split2 + RegExp': readBySplit2, 'DuckDB read_csv': readByDuckDB };
const folder = mkdtempSync(join(tmpdir(), 'dnslens-bench-'));
try {
  for (const form of ['raw', 'CRI']) {
    const path = join(folder, `${form}.log`);
    generate(path, Number(lines), form === 'CRI');
    const best = {};
    for (let round = 0; round < Number(rounds); round++) {
      for (const [way, read] of Object.entries(ways)) {
        const cpu = process.cpuUsage();
        const started = process.hrtime.bigint();
        const rows = await read(path);
        const seconds = Number(process.hrtime.bigint() - started) / 1e9;
        const { user, system } = process.cpuUsage(cpu);
        if (rows !== Number(lines)) throw new Error(`${way} read ${rows} of ${lines} lines`);
        best[way] ??= { seconds: Infinity, cpu: Infinity };
        best[way].seconds = Math.min(best[way].seconds, seconds);
        best[way].cpu = Math.min(best[way].cpu, (user + system) / 1e6);
      }
    }
    for (const [way, { seconds, cpu }] of Object.entries(best)) {
      const factors = `${(seconds / best.dnslens.seconds).toFixed(1)} (CPU: ${(cpu / best.dnslens.cpu).toFixed(1)})`;
      const rate = `${(lines / seconds / 1e6).toFixed(2)} M lines/s, ${((cpu / lines) * 1e6).toFixed(2)} CPU s per M lines`;
      console.log(`${form}: ${way} ${rate}${way === 'dnslens' ? '' : `; dnslens is faster by ${factors}`}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
