// Writes lakes into a real S3 server on this machine and reads them, with what goes wrong on the way:
//   npm run check:s3
// It needs a server (bench/support/object-store.js says which) and DuckDB's extension httpfs, which it downloads once.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NotHere } from './support/cache.js';
import { freePort } from './support/free-port.js';
import { findServer, KEY_ID, SECRET, startStore } from './support/object-store.js';
import { programWithHttpfs } from './support/program-with-httpfs.js';

const INCIDENT = join(import.meta.dirname, '../fixtures/incidents/seed-walkthrough-1');
const BUCKET = 'lakes';
const COUNT = 'select count(*) as lookups from lookups';
/** A command that takes longer hangs. */
const PATIENCE_MS = 120_000;

const root = mkdtempSync(join(tmpdir(), 'dnslens-s3-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
const objects = join(root, 'objects');
let program;
let store;
let done = 0;
const failed = [];
try {
  const server = findServer();
  program = programWithHttpfs(root);
  store = await startStore(server, objects, BUCKET);
  await checkAll();
  console.log(`${done} commands on a real object store: ${failed.length} went otherwise than they should`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof NotHere)) throw error;
  console.log(`skipped: ${error.message}`);
} finally {
  await store?.stop();
}

async function checkAll() {
  const evidence = readdirSync(INCIDENT).filter((name) => name !== 'truth' && name !== 'pod.pcap');
  const first = join(root, 'first');
  mkdirSync(first);
  for (const name of evidence) cpSync(join(INCIDENT, name), join(first, name), { recursive: true });
  const db = join(root, 'node.duckdb');
  const lake = `s3://${BUCKET}/lake`;
  await expect('evidence is read', ['ingest', first, '--label', 'node-1', '--db', db], 0);
  const known = await expect('its lookups are counted', ['sql', COUNT, '--csv', '--db', db], 0);
  const counts = new RegExp(`^${/\d+/.exec(known)[0]}$`, 'm');
  const exports = ['export', '--parquet', lake, '--db', db];
  const reports = ['report', '--db', lake];

  await expect('a lake that is not there', reports, 2, /holds no lake that dnslens export --parquet made/);
  await expect('an export', exports, 0, /\d+ files with .* rows .*: node-1/);
  await expect('a report of the lake', reports, 0, /Looked at \d+ capture/);
  await expect('its rows', ['sql', COUNT, '--csv', '--db', lake], 0, counts);
  for (const scheme of ['gs', 'r2']) {
    const other = `${scheme}://${BUCKET}/lake`;
    await expect(`by ${scheme}://`, ['sql', COUNT, '--csv', '--db', other], 0, counts);
  }
  await expect('the same export again', exports, 0, /has all of this already/);
  await expect('more evidence', ['ingest', join(INCIDENT, 'pod.pcap'), '--label', 'node-1', '--db', db], 0);
  await expect('its export', exports, 0, /\d+ files with .* rows/);
  await expect('a report of it', reports, 0, /Looked at \d+ capture/);

  await refusals(db, lake);
  await cutOff(db, counts);
  await strayFiles(db, lake, counts);

  await store.stop();
  await expect('a server that is gone, reading', reports, 2, /no way to http:\/\/127\.0\.0\.1:\d+ \(/);
  await expect('a server that is gone, writing', exports, 2, /no way to http:\/\/127\.0\.0\.1:\d+ \(/);
}

async function refusals(db, lake) {
  const fresh = ['export', '--parquet', `s3://${BUCKET}/refused`, '--db', db];
  const reports = ['report', '--db', lake];
  const wrong = { AWS_SECRET_ACCESS_KEY: 'wrong' };
  await expect('a wrong secret, reading', reports, 2, /refuses these credentials/, wrong);
  await expect('a wrong secret, writing', fresh, 2, /refuses these credentials/, wrong);
  const nobody = { AWS_ACCESS_KEY_ID: 'nobody' };
  const unknown = /credentials/;
  await expect('an unknown key, writing', fresh, 2, unknown, nobody);
  await expect('no key, writing', fresh, 2, unknown, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
  const elsewhere = `s3://no-such-bucket/lake`;
  await expect('a wrong bucket, reading', ['report', '--db', elsewhere], 2, /holds no lake/);
  await expect(
    'a wrong bucket, writing',
    ['export', '--parquet', elsewhere, '--db', db],
    2,
    /no such bucket/,
  );
  await expect('a wrong region', reports, 2, /AWS_REGION/, { AWS_REGION: 'eu-west-1' });
  const nowhere = { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${await freePort()}` };
  await expect('nobody listens', reports, 2, /no way to http:\/\/127\.0\.0\.1/, nowhere);
  const tls = { AWS_ENDPOINT_URL_S3: store.url.replace('http:', 'https:') };
  await expect('TLS to a store without', reports, 2, /no way to https:\/\/127\.0\.0\.1/, tls);
  await expect('no extension', reports, 2, /needs DuckDB's extension httpfs/, { HOME: root });
}

/** Kills an export between two files: what is there is no lake's, and the next export finishes it. */
async function cutOff(db, counts) {
  const lake = `s3://${BUCKET}/cut`;
  const exports = ['export', '--parquet', lake, '--db', db];
  const run = start(exports);
  while (filesOf('cut').length < 8 && run.child.exitCode === null) await wait(5);
  run.child.kill('SIGKILL');
  await run.ended;
  const left = filesOf('cut').length;
  const said = /1 batch \([\da-f]{9}\) is left out, as its export is not done or was cut off/;
  await expect(`a lake whose export was killed after ${left} files`, ['report', '--db', lake], 0, said);
  await expect('its rows', ['sql', COUNT, '--csv', '--db', lake], 0, /^0$/m);
  await expect('its export again', exports, 0, /\d+ files with/);
  await expect('its report', ['report', '--db', lake], 0, /Looked at \d+ capture/);
  await expect('its rows', ['sql', COUNT, '--csv', '--db', lake], 0, counts);
}

/** Files that are out of date, damaged or gone. */
async function strayFiles(db, lake, counts) {
  const count = ['sql', COUNT, '--csv', '--db', lake];
  const moved = ['export', '--parquet', lake, '--db', db, '--node', 'node-2'];
  const old = filesOf('lake').find((name) => /lookups\/.*node_label=node-1/.test(name));
  const held = statSync(join(objects, BUCKET, old)).size;
  await expect('rows filed under another node', moved, 0, /^(?![^]*out of date)[^]*: node-2/);
  if (statSync(join(objects, BUCKET, old)).size >= held)
    failed.push('rows stay where they were filed before');
  await expect('are not counted twice', count, 0, counts);
  const path = filesOf('lake').find((name) => /lookups\/.*node_label=node-2/.test(name));
  const whole = join(objects, BUCKET, path);
  cpSync(whole, join(root, 'kept'));
  rmSync(whole);
  await expect(
    'a file that is gone',
    count,
    0,
    /1 file that an export wrote \(lookups\) is not there any more/,
  );
  cpSync(join(import.meta.dirname, 'check-s3.js'), whole);
  await expect(
    'a file that is damaged',
    count,
    2,
    /lake s3:\/\/lakes\/lake cannot be read: .*No magic bytes/,
  );
  cpSync(join(root, 'kept'), whole);
  await expect('the file again', count, 0, counts);
}

function filesOf(folder) {
  const place = join(objects, BUCKET, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true })
    .filter((name) => name.endsWith('.parquet'))
    .map((name) => join(folder, name));
}

/** Runs a command and says where its exit code or its words are not those expected; gives all that it wrote. */
async function expect(what, args, code, words = /(?:)/, env = {}) {
  done++;
  const run = start(args, env);
  const given = await run.ended;
  const text = run.text.join('');
  if (given !== code || !words.test(text) || /is a bug in dnslens|^ +at /m.test(text)) {
    failed.push(what);
    console.log(
      `\n${what}: exit code ${given} for ${code}, ${words}\n  ${args.join(' ')}\n${text.slice(-2000)}`,
    );
  }
  return text;
}

function start(args, env = {}) {
  const child = spawn(process.execPath, [program.cli, ...args], {
    env: {
      ...process.env,
      HOME: program.home,
      AWS_ACCESS_KEY_ID: KEY_ID,
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_S3: store.url,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  const text = [];
  child.stdout.on('data', (piece) => text.push(piece));
  child.stderr.on('data', (piece) => text.push(piece));
  return { child, text, ended: new Promise((resolve) => child.once('close', resolve)) };
}
