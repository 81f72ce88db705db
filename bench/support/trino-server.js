// Starts a Trino over a folder, for checks: one node, little memory, the Hive connector.
import { spawn } from 'node:child_process';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseTrinoAddress, TrinoConnection } from '../../dist/trino/index.js';
import { freePort } from './free-port.js';
import { findJava, findServer } from './trino-install.js';

const START_SECONDS = 180;
/** Trino takes no fewer. */
const PBKDF2_ROUNDS = 1000;

/** Compiled quickly rather than well, since each query runs once; one stage of work at a time, since more only costs. */
const SMALL = {
  jvm: ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
  config: ['task.concurrency=1'],
};
/** For queries over much data: nearly all of the heap may be one query's, and what windows hold may go to disk. */
const LARGE = {
  jvm: ['-XX:+UseParallelGC'],
  config: ['task.concurrency=2'],
};

function largeMemory(heap, work) {
  const megabytes = (share) => `${Math.floor(Number.parseFloat(heap) * 1024 * share)}MB`;
  return [
    `query.max-memory=${megabytes(0.65)}`,
    `query.max-memory-per-node=${megabytes(0.65)}`,
    `memory.heap-headroom-per-node=${megabytes(0.15)}`,
    'spill-enabled=true',
    `spiller-spill-path=${join(work, 'spill')}`,
  ];
}

/**
 * A Trino whose catalog `hive` has the schema `dnslens` and sees the folder as `local:///`. Throws NotHere where
 * there is none to start. `heap` is for the JVM, in gigabytes: checks of small lakes need `1G`. `large` sets it up for queries over much
 * data rather than for many small ones; `limitSeconds` is what a query may take. `secured` has a user, a
 * password and a PEM file with the server's key and certificate: it is then asked over TLS, and nothing else is answered.
 */
export async function startTrino(
  root,
  { heap = '1G', large = false, limitSeconds = 600, secured = null } = {},
) {
  const java = findJava();
  const server = await findServer();
  const work = mkdtempSync(join(tmpdir(), 'dnslens-trino-'));
  const port = await freePort();
  configure(work, root, port, { heap, large, limitSeconds });
  const securePort = secured && (await secure(work, secured));
  const log = openSync(join(work, 'log'), 'w');
  const child = spawn(join(server, 'bin/launcher'), ['run', '--etc-dir', join(work, 'etc')], {
    env: { ...process.env, JAVA_HOME: java, PATH: `${join(java, 'bin')}:${process.env.PATH}` },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    process.removeListener('exit', kill);
    kill();
    await ended;
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  };
  const kill = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
    rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', kill);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  const plainUrl = `trino://dnslens@127.0.0.1:${port}/hive/dnslens`;
  const url = secured ? `trinos://${secured.user}@127.0.0.1:${securePort}/hive/dnslens` : plainUrl;
  const password = secured?.password ?? null;
  try {
    await untilReady(url, password, child);
  } catch (error) {
    const tail = readFileSync(join(work, 'log'), 'utf8').split('\n').slice(-15).join('\n');
    await stop();
    throw new Error(`${error.message}\n${tail}`, { cause: error });
  }
  const run = (sql) => runStatement(url, password, sql);
  return { url, plainUrl, stop, run, cpuSeconds: () => cpuSecondsOf(child.pid) };
}

/** Of all threads of a process, planning and compiling too; 0 where the system does not say. */
function cpuSecondsOf(pid) {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return 0;
  // after the name in brackets: fields 14 and 15, in hundredths of a second
  const fields = readFileSync(stat, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Runs a statement to its end; its rows are left alone. */
async function runStatement(url, password, sql) {
  const trino = new TrinoConnection(parseTrinoAddress(url), { password, token: null });
  let page = await trino.begin(sql);
  while (page.nextUri !== null && page.error === null) page = await trino.next(page.nextUri);
  if (page.error !== null) throw new Error(`${page.error.message}\n${sql}`);
}

/** That it says it has started is not enough: a node must have joined. */
async function untilReady(url, password, child) {
  const until = Date.now() + START_SECONDS * 1000;
  for (;;) {
    try {
      return await runStatement(url, password, 'select count(*) from system.runtime.nodes group by state');
    } catch (error) {
      if (child.exitCode !== null) throw new Error('Trino ended at its start', { cause: error });
      if (Date.now() > until) throw error;
      await wait(500);
    }
  }
}

function configure(work, root, port, { heap, large, limitSeconds }) {
  const etc = join(work, 'etc');
  mkdirSync(join(etc, 'catalog'), { recursive: true });
  const put = (name, lines) => writeFileSync(join(etc, name), `${lines.join('\n')}\n`);
  put('node.properties', ['node.environment=dnslens', 'node.id=1', `node.data-dir=${join(work, 'data')}`]);
  put('jvm.config', [
    '-server',
    `-Xmx${heap}`,
    ...(large ? LARGE : SMALL).jvm,
    '-XX:+ExitOnOutOfMemoryError',
    '-XX:ReservedCodeCacheSize=256M',
    '-Djdk.attach.allowAttachSelf=true',
    '-Dfile.encoding=UTF-8',
    '-Duser.timezone=UTC',
    '-XX:+EnableDynamicAgentLoading',
    '--sun-misc-unsafe-memory-access=allow',
  ]);
  put('config.properties', [
    'coordinator=true',
    'node-scheduler.include-coordinator=true',
    `http-server.http.port=${port}`,
    `discovery.uri=http://127.0.0.1:${port}`,
    `query.max-execution-time=${limitSeconds}s`,
    'query.min-hash-partition-count=1',
    'query.max-hash-partition-count=1',
    ...(large ? [...LARGE.config, ...largeMemory(heap, work)] : SMALL.config),
  ]);
  put('catalog/hive.properties', [
    'connector.name=hive',
    'hive.metastore=file',
    'hive.metastore.catalog.dir=local:///_metastore',
    'fs.native-local.enabled=true',
    `local.location=${root}`,
    'hive.timestamp-precision=NANOSECONDS',
  ]);
}

/** TLS on a port of its own, and one user's password; what is asked without TLS is refused but for the server's own nodes. */
async function secure(work, { user, password, keystore }) {
  const etc = join(work, 'etc');
  const port = await freePort();
  const config = [
    'http-server.https.enabled=true',
    `http-server.https.port=${port}`,
    `http-server.https.keystore.path=${keystore}`,
    'http-server.authentication.type=PASSWORD',
    `internal-communication.shared-secret=${randomBytes(32).toString('hex')}`,
  ];
  appendFileSync(join(etc, 'config.properties'), `${config.join('\n')}\n`);
  const passwords = join(etc, 'passwords');
  const authenticator = ['password-authenticator.name=file', `file.password-file=${passwords}`];
  writeFileSync(join(etc, 'password-authenticator.properties'), `${authenticator.join('\n')}\n`);
  const salt = randomBytes(16);
  const hash = pbkdf2Sync(password, salt, PBKDF2_ROUNDS, 32, 'sha1');
  writeFileSync(passwords, `${user}:${PBKDF2_ROUNDS}:${salt.toString('hex')}:${hash.toString('hex')}\n`);
  return port;
}
