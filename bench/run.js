// Times dnslens and its peers over one made capture, in turn, and prints one table:
//   npm run bench -- [--messages 1600000] [--runs 3] [--no-tshark] [--json]
// PACKETQ names PacketQ's binary where it is not on the PATH.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isInstalled, PEERS, runPeer } from './support/peers.js';
import { startUp } from './support/start-up.js';
import { table } from './support/table.js';
import { median } from './support/timed.js';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1600000' },
    runs: { type: 'string', default: '3' },
    'no-tshark': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const data = join(import.meta.dirname, 'data');
const rounds = Number(values.runs);
const wanted = PEERS.filter(({ program }) => program !== 'tshark' || !values['no-tshark']);
const installed = wanted.filter(isInstalled);

const ours = [];
const theirs = new Map(installed.map((peer) => [peer, []]));
for (let round = 0; round < rounds; round++) {
  ours.push(measure());
  for (const peer of installed) {
    if (round < peer.runs) theirs.get(peer).push(runPeer(peer, capture(peer.link)));
  }
}

const result = {
  machine: `${cpus()[0].model.trim()}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GB, node ${process.version}`,
  messages: ours[0].messages,
  runs: rounds,
  ingest: median(ours.map((run) => run.ingest)),
  models: median(ours.map((run) => run.models)),
  peers: installed.map((peer) => ({ name: peer.name, ...median(theirs.get(peer)) })),
  skipped: wanted.filter((peer) => !installed.includes(peer)).map((peer) => peer.name),
  ingestPeakMegabytes: Math.max(...ours.map((run) => run.ingestPeak)),
  peakMegabytes: Math.max(...ours.map((run) => run.peak)),
  captureMegabytes: Math.round(statSync(capture('sll2')).size / 1e6),
  rawMegabytes: Math.round(ours.at(-1).rawMegabytes),
  databaseMegabytes: Math.round(ours.at(-1).megabytes),
  startUp: startUp(Math.max(rounds, 5), data),
  queries: slowestQueries(),
};
console.log(values.json ? JSON.stringify(result, null, 2) : table(result));

function measure() {
  const script = join(import.meta.dirname, 'measure.js');
  const args = [script, join(data, 'bench.duckdb'), capture('sll2')];
  return JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

/** The capture, made where it is missing. */
function capture(link) {
  const path = join(data, `${values.messages}-0.${link}.pcap`);
  if (!existsSync(path)) {
    const script = join(import.meta.dirname, 'make-capture.js');
    execFileSync(process.execPath, [script, '--messages', values.messages, '--link', link, '--out', path]);
  }
  return path;
}

/** Each query's slowest time of the runs, the slowest query first. */
function slowestQueries() {
  const slowest = Object.keys(ours[0].queries).map((id) => ({
    id,
    seconds: Math.max(...ours.map((run) => run.queries[id].seconds)),
  }));
  return slowest.toSorted((a, b) => b.seconds - a.seconds);
}
