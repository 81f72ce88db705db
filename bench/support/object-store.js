// A real S3 server on this machine, for checks: Versity's gateway over a folder, with a user and a secret.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CACHE, NotHere } from './cache.js';
import { freePort } from './free-port.js';

const START_SECONDS = 30;
const PROGRAM = 'versitygw';
const MODULE = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0';

export const KEY_ID = 'check-key';
export const SECRET = 'check-secret';

/** The server's program: DNSLENS_S3_SERVER, else from PATH, else from the cache. Throws NotHere. */
export function findServer() {
  const given = process.env.DNSLENS_S3_SERVER;
  const paths = [given, PROGRAM, join(CACHE, 'bin', PROGRAM)].filter(Boolean);
  for (const path of paths) if (spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0) return path;
  throw new NotHere(
    `no S3 server is here; once (some minutes): GOBIN=${join(CACHE, 'bin')} go install ${MODULE}`,
  );
}

/**
 * Starts it over `folder` with an empty bucket; `folder/BUCKET/KEY` are its objects. `within` is a command that runs others
 * where the store is to be, such as in a network namespace, and `address` one of there.
 */
export async function startStore(program, folder, bucket, { within = [], address, secret = SECRET } = {}) {
  mkdirSync(join(folder, bucket), { recursive: true });
  const place = address ?? `127.0.0.1:${await freePort()}`;
  const env = { ...process.env, ROOT_ACCESS_KEY: KEY_ID, ROOT_SECRET_KEY: secret };
  const [command, ...args] = [...within, program, '--quiet', '--port', place, 'posix', folder];
  const child = spawn(command, args, { env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = `http://${place}`;
  await untilUp(url, child, within);
  return {
    url,
    async stop() {
      process.removeListener('exit', kill);
      kill();
      await ended;
    },
  };
}

/** Any answer will do: without credentials it is a refusal. */
async function untilUp(url, child, within) {
  const until = Date.now() + START_SECONDS * 1000;
  const [command, ...args] = [...within, process.execPath, '-e', `fetch(${JSON.stringify(url)})`];
  while (spawnSync(command, args, { stdio: 'ignore' }).status !== 0) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${url} does not come up`);
    await wait(50);
  }
}
