// Asks a real Trino over TLS with a password, rightly and wrongly:
//   npm run check:trino-tls
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { NotHere } from './support/cache.js';
import { makeAuthority } from './support/certificates.js';
import { makeLake, makeTables } from './support/lake-tables.js';
import { startTrino } from './support/trino-server.js';

const INCIDENT = join(import.meta.dirname, '../fixtures/incidents/seed-walkthrough-1');
const CLI = join(import.meta.dirname, '../dist/cli.js');
const USER = 'ana';
const PASSWORD = 'a password';
const PATIENCE_MS = 120_000;

const failed = [];
let done = 0;
// Node reads the authorities that it trusts when it starts: this program starts itself, with one of its own
if (process.argv[2] === undefined) begin();
else await check(process.argv[2]);

function begin() {
  const root = mkdtempSync(join(tmpdir(), 'dnslens-tls-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  for (const name of ['work', 'foreign']) mkdirSync(join(root, name));
  const authority = makeAuthority(root);
  authority.make('trino');
  authority.make('expired', { days: -1 });
  authority.make('renamed', { names: 'DNS:trino.test' });
  makeAuthority(join(root, 'foreign')).make('other');
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority.certificate };
  process.exitCode = spawnSync(process.execPath, [import.meta.filename, root], {
    env,
    stdio: 'inherit',
  }).status;
}

async function check(root) {
  const lake = join(root, 'lake');
  let server;
  try {
    const keystore = join(root, 'trino.pem');
    server = await startTrino(root, { secured: { user: USER, password: PASSWORD, keystore } });
    await makeLake(lake, [INCIDENT], join(root, 'work'));
    await makeTables(server, lake, 'local:///lake');
    await askAll(server, root);
    console.log(
      `${done} reports of a Trino with TLS and a password: ${failed.length} went otherwise than they should`,
    );
    process.exitCode = failed.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    console.log(`skipped: ${error.message}`);
  } finally {
    await server?.stop();
  }
}

async function askAll({ url, plainUrl }, root) {
  await expect('the right password', url, 0, /CONFIRMED|LIKELY|Looked at/);
  await expect('a wrong password', url, 2, /refused the user ana \(HTTP 401\)/, {
    DNSLENS_TRINO_PASSWORD: 'other',
  });
  await expect('no password', url, 2, /set DNSLENS_TRINO_PASSWORD/, { DNSLENS_TRINO_PASSWORD: '' });
  await expect('another user', url.replace(USER, 'bob'), 2, /refused the user bob \(HTTP 401\)/);
  const token = { DNSLENS_TRINO_PASSWORD: '', DNSLENS_TRINO_TOKEN: 'a.b.c' };
  await expect('a token where it wants a password', url, 2, /refused the user ana \(HTTP 401\)/, token);
  await expect('a password without TLS', plainUrl, 2, /TLS|trinos:/);
  await expect('no TLS', plainUrl, 2, /use trinos:\/\//, { DNSLENS_TRINO_PASSWORD: '' });
  await expect('TLS to the port without', plainUrl.replace('trino:', 'trinos:'), 2, /does not speak TLS/);
  const plainToTls = url.replace('trinos:', 'trino:');
  await expect('no TLS to its port', plainToTls, 2, /./, { DNSLENS_TRINO_PASSWORD: '' });
  await expect('an authority that is not known', url, 2, /not trusted .* NODE_EXTRA_CA_CERTS/, {
    NODE_EXTRA_CA_CERTS: '',
  });
  await withCertificate(join(root, 'expired.pem'), (other) =>
    expect('a certificate that has run out', other, 2, /CERT_HAS_EXPIRED\); it has run out/),
  );
  await withCertificate(join(root, 'renamed.pem'), (other) =>
    expect("another host's certificate", other, 2, /made out to other names/),
  );
  await withCertificate(join(root, 'foreign/other.pem'), (other) =>
    expect("another authority's certificate", other, 2, /name its authority's file in NODE_EXTRA_CA_CERTS/),
  );
}

/** A server that nobody gets as far as to ask anything. */
async function withCertificate(pem, use) {
  const both = readFileSync(pem);
  const server = createServer({ key: both, cert: both });
  server.on('tlsClientError', () => undefined);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`trinos://${USER}@127.0.0.1:${server.address().port}/hive/dnslens`);
  } finally {
    server.close();
  }
}

/** Reports from `url` and says where the exit code or the words are not those expected. */
async function expect(what, url, code, words, env = {}) {
  done++;
  const child = spawn(process.execPath, [CLI, 'report', '--engine', url], {
    env: { ...process.env, DNSLENS_TRINO_PASSWORD: PASSWORD, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  const pieces = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.stderr.on('data', (piece) => pieces.push(piece));
  const given = await new Promise((resolve) => child.once('close', resolve));
  const text = pieces.join('');
  if (given === code && words.test(text) && !/is a bug in dnslens|^ +at /m.test(text)) return;
  failed.push(what);
  console.log(`\n${what}: exit code ${given} for ${code}, ${words}\n${text.slice(-2000)}`);
}
