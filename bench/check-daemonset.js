// Runs deploy/daemonset.yaml on a real cluster with a real object store as its lake:
//   npm run build && node bench/check-daemonset.js CLUSTER [--cni ptp|bridge] [--keep]
// CLUSTER is a folder with cluster.sh, kubectl and names.py. It needs a server (bench/support/object-store.js) and DuckDB's
// extension httpfs, which it downloads once; where one of them is not here, nothing is done and that is said.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { NotHere } from './support/cache.js';
import { IMAGE, liveCluster, whyNoCluster } from './support/live-cluster.js';
import { findServer, KEY_ID, SECRET, startStore } from './support/object-store.js';
import { programWithHttpfs } from './support/program-with-httpfs.js';

const NAMESPACE = 'dnslens-lake';
const LAKE = 's3://lakes/lake';
/** In the namespace of the cluster's upstream, which nodes and their pods reach. */
const STORE = { within: ['nsenter', '--net=/run/netns/k-up'], address: '192.168.0.2:7070' };
const EVERY_SECONDS = 15;
const PATIENCE_SECONDS = 120;
const DAY_MS = 86_400_000;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { cni: { type: 'string', default: 'ptp' }, keep: { type: 'boolean', default: false } },
});
const cluster = resolve(positionals[0] ?? '.');
const root = mkdtempSync(join(tmpdir(), 'dnslens-daemonset-'));
const failed = [];
let live;
let program;
let server;
let store;
try {
  const why = whyNoCluster(cluster);
  if (why !== null) throw new NotHere(why);
  server = findServer();
  program = programWithHttpfs(root);
  live = liveCluster(cluster, flags.cni);
  await live.up();
  await checkAll();
} catch (error) {
  if (!(error instanceof NotHere)) throw error;
  console.log(`skipped: ${error.message}`);
} finally {
  await store?.stop();
  if (!flags.keep) {
    live?.sh('down');
    for (const folder of [root, live?.work]) if (folder) rmSync(folder, { recursive: true, force: true });
  } else console.log(root);
}
process.exitCode = failed.length > 0 ? 1 : 0;

async function checkAll() {
  await startIt();
  live.kubectl('create', 'namespace', NAMESPACE);
  const keys = [`AWS_ACCESS_KEY_ID=${KEY_ID}`, `AWS_SECRET_ACCESS_KEY=${SECRET}`];
  kubectl('create', 'secret', 'generic', 'lake', ...keys.map((key) => `--from-literal=${key}`));
  live.kubectl('apply', '-f', live.write('daemonset.yaml', { apiVersion: 'v1', kind: 'List', items: set() }));
  kubectl('rollout', 'status', 'daemonset/dnslens', '--timeout=60s');

  await live.traffic(20);
  await until('the DNS of both nodes comes into the lake', () => nodesIn().join() === 'n1,n2');
  expect('a report of the lake', /Looked at \d+ captures/.test(dnslens('report', '--db', LAKE)));
  noneTwice('no query is there twice');

  const before = await settled();
  const busy = live.traffic(30);
  await wait(5000);
  kubectl('delete', 'pod', podOn('n1'));
  await busy;
  kubectl('rollout', 'status', 'daemonset/dnslens', '--timeout=60s');
  await until(
    'what is asked after a pod ended comes beside what was asked before',
    () => batches('n1') === 2 && queries('n1') > before.n1 + 100,
  );
  noneTwice('no query is there twice after a pod ended');

  await refusal();
  await dayEnd();
}

async function startIt(secret = SECRET) {
  await store?.stop();
  store = await startStore(server, join(root, 'objects'), 'lakes', { ...STORE, secret });
}

/** A store that refuses the pods' credentials for a while. */
async function refusal() {
  const before = await settled();
  await startIt('another-secret');
  await live.traffic(10);
  const said = 'the store refuses these credentials';
  await until('refused credentials are told in the log', () =>
    kubectl('logs', podOn('n2'), '-c', 'ship').includes(said),
  );
  await startIt();
  await until('what was refused comes once it is taken', () => queries('n2') > before.n2 + 50);
  noneTwice('no query is there twice after a refusal');
}

/** Captures whose packets go on over midnight, the second of them the next day's: two days, each packet once. */
async function dayEnd() {
  await settled();
  const pod = podOn('n2');
  const captures = kubectl('exec', pod, '-c', 'ship', '--', 'sh', '-c', 'ls -S /captures').trim().split('\n');
  const path = `/captures/${captures[0]}`;
  const pcap = execFileSync('kubectl', ['exec', '-n', NAMESPACE, pod, '-c', 'ship', '--', 'cat', path], {
    env: live.env,
    maxBuffer: 1 << 28,
  });
  const times = timesOf(pcap);
  const middle = times[Math.floor(times.length / 2)];
  // two days before it was taken, as the day before may have captures of its own
  const midnight = Math.floor(middle / DAY_MS) * DAY_MS - 2 * DAY_MS;
  const day = (ms) => new Date(ms).toISOString().slice(0, 10);
  put(pod, `${day(midnight - 1)}_235950.pcap`, shifted(pcap, midnight - middle));
  put(pod, `${day(midnight)}_001000.pcap`, shifted(pcap, midnight - middle + 600_000));
  const early = times.filter((ms) => ms < middle).length;
  const wanted = { [day(midnight - 1)]: early, [day(midnight)]: 2 * times.length - early };
  const frames = () =>
    Object.fromEntries(
      rows(`select day, count(distinct (source_id, frame)) as n from messages
            where day <= '${day(midnight)}' group by day order by day`).map(({ day: of, n }) => [of, n]),
    );
  await until(`a day's end makes two days: ${JSON.stringify(wanted)}`, () => {
    const got = frames();
    return Object.entries(wanted).every(([of, n]) => got[of] === n);
  });
  noneTwice("no query is there twice after a day's end");
}

/** The chart with this machine's program in the place of an image, an object store for a lake, and little patience. */
function set() {
  const text = readFileSync(join(import.meta.dirname, '../deploy/daemonset.yaml'), 'utf8');
  const objects = parseAllDocuments(text).map((document) => document.toJS());
  const { spec } = objects.find(({ kind }) => kind === 'DaemonSet').spec.template;
  const [capture, ship] = spec.containers;
  for (const container of spec.containers)
    Object.assign(container, { image: IMAGE, imagePullPolicy: 'Never' });
  capture.args[0] = capture.args[0].replace('-G 300', '-G 20');
  ship.args[0] = `dnslens() { ${process.execPath} ${program.cli} "$@"; }\n${ship.args[0]}`;
  const given = {
    LAKE,
    EVERY: `${EVERY_SECONDS}`,
    HOME: program.home,
    AWS_ENDPOINT_URL_S3: store.url,
    AWS_REGION: 'us-east-1',
  };
  ship.env = [
    ...ship.env.filter(({ name }) => !(name in given)),
    ...Object.entries(given).map(([name, value]) => ({ name, value })),
  ];
  ship.envFrom = [{ secretRef: { name: 'lake' } }];
  const isLake = ({ name }) => name === 'lake';
  ship.volumeMounts = ship.volumeMounts.filter((mount) => !isLake(mount));
  spec.volumes = spec.volumes.filter((volume) => !isLake(volume));
  const modules = readdirSync(join(root, 'program/node_modules'), { withFileTypes: true }).map((entry) =>
    resolve(realpathSync(join(entry.parentPath, entry.name)), '..'),
  );
  for (const [i, path] of [...new Set([root, process.execPath, ...modules])].entries()) {
    spec.volumes.push({ name: `here-${i}`, hostPath: { path } });
    ship.volumeMounts.push({ name: `here-${i}`, mountPath: path, readOnly: true });
  }
  return objects;
}

function kubectl(...args) {
  return live.kubectl('-n', NAMESPACE, ...args);
}

function podOn(node) {
  const path = `jsonpath={.items[?(@.spec.nodeName=="${node}")].metadata.name}`;
  return kubectl('get', 'pods', '-o', path).split(' ').at(-1);
}

function put(pod, name, bytes) {
  const args = ['exec', '-i', '-n', NAMESPACE, pod, '-c', 'ship', '--', 'sh', '-c', `cat >/captures/${name}`];
  execFileSync('kubectl', args, { env: live.env, input: bytes });
}

/** The program where it reaches the store. */
function dnslens(...args) {
  const [command, ...before] = [...STORE.within, process.execPath, program.cli];
  const env = {
    ...process.env,
    HOME: program.home,
    AWS_ACCESS_KEY_ID: KEY_ID,
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_S3: store.url,
  };
  return spawnSync(command, [...before, ...args], { env, encoding: 'utf8' }).stdout;
}

function rows(sql) {
  const text = dnslens('sql', sql, '--json', '--db', LAKE);
  return text === '' ? [] : JSON.parse(text);
}

function nodesIn() {
  return rows('select distinct node_label as n from transactions order by n').map(({ n }) => n);
}

function queries(node) {
  return rows(`select count(*) as n from transactions where node_label = '${node}'`)[0]?.n ?? 0;
}

function batches(node) {
  return rows(`select count(distinct source_id >> 28) as n from sources where node_label = '${node}'`)[0]?.n;
}

/** What the lake has of each node once all that was asked is there. */
async function settled() {
  await wait(2 * EVERY_SECONDS * 1000);
  return { n1: queries('n1'), n2: queries('n2') };
}

function noneTwice(what) {
  const [row] =
    rows(`select count(*) - count(distinct (node_label, client, client_port, txid, qname, qtype, day, asked_at)) as twice,
      count(*) as n from transactions`);
  expect(`${what}: ${JSON.stringify(row)}`, row?.n > 0 && row.twice === 0);
}

async function until(what, holds) {
  const end = Date.now() + PATIENCE_SECONDS * 1000;
  while (!holds() && Date.now() < end) await wait(1000);
  expect(what, holds());
}

function expect(what, holds) {
  console.log(`${holds ? 'ok    ' : 'FAILED'}  ${what}`);
  if (!holds) failed.push(what);
}

/** When each frame of a capture of microseconds was seen; milliseconds since 1970. */
function timesOf(pcap) {
  const times = [];
  for (let at = 24; at + 16 <= pcap.length; at += 16 + pcap.readUInt32LE(at + 8)) {
    if (at + 16 + pcap.readUInt32LE(at + 8) > pcap.length) break;
    times.push(pcap.readUInt32LE(at) * 1000 + pcap.readUInt32LE(at + 4) / 1000);
  }
  return times;
}

/** The whole frames of a capture, seen this much later; milliseconds. */
function shifted(pcap, ms) {
  const moved = Buffer.from(pcap);
  let at = 24;
  for (const time of timesOf(pcap)) {
    const micros = Math.round((time + ms) * 1000);
    moved.writeUInt32LE(Math.floor(micros / 1e6), at);
    moved.writeUInt32LE(micros % 1e6, at + 4);
    at += 16 + pcap.readUInt32LE(at + 8);
  }
  return moved.subarray(0, at);
}
