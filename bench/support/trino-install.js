// Finds what a Trino needs: a Java that runs it, and its files, downloaded once.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CACHE, NotHere } from './cache.js';

const VERSION = '476';
const LEAST_JAVA = 23;
const PLUGINS = ['hive', 'password-authenticators'];
const TARBALL = `trino-server-${VERSION}.tar.gz`;
const URL_OF = `https://repo1.maven.org/maven2/io/trino/trino-server/${VERSION}/${TARBALL}`;

/** The home of a Java that runs this Trino: JAVA_HOME, else the newest below /usr/lib/jvm, else that of the PATH. */
export function findJava() {
  const jvms = existsSync('/usr/lib/jvm')
    ? readdirSync('/usr/lib/jvm').map((name) => join('/usr/lib/jvm', name))
    : [];
  const homes = [process.env.JAVA_HOME, ...jvms, homeOfPath()].filter(
    (home) => home && existsSync(join(home, 'bin/java')),
  );
  const found = homes
    .map((home) => ({ home, version: versionOf(home) }))
    .sort((a, b) => b.version - a.version)[0];
  if (found && found.version >= LEAST_JAVA) return found.home;
  throw new NotHere(
    `Trino ${VERSION} needs Java ${LEAST_JAVA}, and ${found ? `only ${found.version}` : 'none'} is here`,
  );
}

function homeOfPath() {
  const shown = spawnSync('java', ['-XshowSettings:properties', '-version'], { encoding: 'utf8' });
  return /java\.home = (.+)/.exec(shown.stderr ?? '')?.[1];
}

function versionOf(home) {
  const shown = spawnSync(join(home, 'bin/java'), ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(shown.stderr ?? '')?.[1] ?? 0);
}

/** The folder of a Trino with few plugins, unpacked once. */
export async function findServer() {
  const folder = join(CACHE, ['trino-server', VERSION, ...PLUGINS].join('-'));
  if (existsSync(folder)) return folder;
  const tarball = await findTarball();
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  // all of it first: files of the Hive connector are hard links to other connectors'
  execFileSync('tar', ['xzf', tarball, '--strip-components=1', '-C', fresh]);
  for (const plugin of readdirSync(join(fresh, 'plugin'))) {
    if (!PLUGINS.includes(plugin)) rmSync(join(fresh, 'plugin', plugin), { recursive: true });
  }
  renameSync(fresh, folder);
  return folder;
}

async function findTarball() {
  const given = process.env.DNSLENS_TRINO_TARBALL;
  if (given) {
    if (existsSync(given)) return given;
    throw new NotHere(`DNSLENS_TRINO_TARBALL names ${given}, which is not there`);
  }
  const path = join(CACHE, TARBALL);
  if (!existsSync(path)) await download(path);
  return path;
}

async function download(path) {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}`;
  try {
    const sum = (await answer(`${URL_OF}.sha1`).then((response) => response.text())).trim();
    console.error(`downloading ${URL_OF} (820 MB)`);
    await pipeline(Readable.fromWeb((await answer(URL_OF)).body), createWriteStream(part));
    const hash = createHash('sha1');
    await pipeline(createReadStream(part), hash);
    if (hash.digest('hex') !== sum) throw new Error('what came has another checksum');
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw new NotHere(
      `${URL_OF} cannot be had (${error.cause?.code ?? error.message}); DNSLENS_TRINO_TARBALL may name one`,
    );
  }
}

async function answer(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response;
}
