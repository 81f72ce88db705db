// Makes a lake as a cluster's nodes do, and says what reading and exporting each node's day costs:
//   node bench/lake.js [--messages 1600000] [--nodes 1] [--days 1] [--out bench/data/lake]
// Every node and day has a capture of its own with --messages, which is read into a database of its own and exported
// from there; both are deleted before the next. 8 times 12,800,000 messages take half an hour and 8 GB of disk.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1600000' },
    nodes: { type: 'string', default: '1' },
    days: { type: 'string', default: '1' },
    out: { type: 'string', default: join(import.meta.dirname, 'data', 'lake') },
  },
});
const [nodes, days] = [values.nodes, values.days].map(Number);
const lake = values.out;
const [capture, database] = [`${lake}.pcap`, `${lake}.duckdb`];

rmSync(lake, { recursive: true, force: true });
mkdirSync(dirname(lake), { recursive: true });
console.log(
  '| node | day | messages | read and judged, s | of processors, s | at most, MB | database, MB | exported, s | of processors, s | at most, MB | lake, MB |',
);
console.log(`|${' ---: |'.repeat(11)}`);
const sum = { messages: 0, read: 0, readCpu: 0, exported: 0, exportedCpu: 0 };
for (let day = 0; day < days; day++) {
  for (let node = 0; node < nodes; node++) {
    const { read, exported } = nodesDay(node, day);
    row(node, day, read.messages.toLocaleString('en'), ...costs(read), ...costs(exported));
    sum.messages += read.messages;
    sum.read += read.seconds;
    sum.readCpu += read.cpu;
    sum.exported += exported.seconds;
    sum.exportedCpu += exported.cpu;
  }
}
const millions = sum.messages / 1e6;
console.log(`
${sum.messages.toLocaleString('en')} messages, ${(sizeOf(lake) / 1e6).toFixed(0)} MB. A million of them:
  read and judged  ${perMillion(sum.read)} s, ${perMillion(sum.readCpu)} s of processors
  exported         ${perMillion(sum.exported)} s, ${perMillion(sum.exportedCpu)} s of processors
  lake             ${perMillion(sizeOf(lake) / 1e6)} MB, of which ${readdirSync(lake)
    .filter((name) => !name.startsWith('_'))
    .map((name) => [name, perMillion(sizeOf(join(lake, name)) / 1e6)])
    .filter(([, size]) => size >= 0.1)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, size]) => `${name} ${size}`)
    .join(', ')}`);

function nodesDay(node, day) {
  run('make-capture.js', '--messages', values.messages, '--node', node, '--day', day, '--out', capture);
  const read = JSON.parse(run('measure-lake.js', 'read', database, capture, `node-${node}`));
  rmSync(capture);
  const exported = JSON.parse(run('measure-lake.js', 'export', database, lake));
  rmSync(database);
  return { read, exported };
}

function run(script, ...args) {
  return execFileSync(process.execPath, [join(import.meta.dirname, script), ...args.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function costs({ seconds, cpu, peak, bytes }) {
  return [seconds.toFixed(1), cpu.toFixed(1), peak, (bytes / 1e6).toFixed(0)];
}

function row(...cells) {
  console.log(`| ${cells.join(' | ')} |`);
}

function perMillion(value) {
  return (value / millions).toFixed(1);
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => statSync(join(folder, file)))
    .reduce((sizes, file) => sizes + (file.isFile() ? file.size : 0), 0);
}
