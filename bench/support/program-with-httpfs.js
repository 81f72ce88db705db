// The built program in a folder of its own with a DuckDB whose extension httpfs can be had: an extension belongs to one
// version, and its file comes from a Python package that is not made for every one.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE, NotHere } from './cache.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** The newest DuckDB that the package `duckdb-extension-httpfs` is made for, and its bindings for Node. */
const DUCKDB = '1.5.5';
const BINDINGS = '1.5.5-r.5';

/**
 * Puts the program into `folder`; gives its `cli.js`, and `home`, a home folder whose DuckDB extensions have httpfs.
 * Throws NotHere where a part can neither be found nor downloaded.
 */
export function programWithHttpfs(folder) {
  const extension = findExtension();
  const bindings = findBindings();
  const program = join(folder, 'program');
  for (const part of ['dist', 'queries', 'package.json', 'src/report/page/assets']) {
    cpSync(join(PROJECT, part), join(program, part), { recursive: true });
  }
  mkdirSync(join(program, 'node_modules'));
  for (const name of readdirSync(join(PROJECT, 'node_modules'))) {
    const from = name === '@duckdb' ? bindings : join(PROJECT, 'node_modules', name);
    symlinkSync(from, join(program, 'node_modules', name));
  }
  const home = join(folder, 'home');
  const place = join(home, '.duckdb/extensions', `v${DUCKDB}`, platform());
  mkdirSync(place, { recursive: true });
  cpSync(extension, join(place, 'httpfs.duckdb_extension'));
  return { cli: join(program, 'dist/cli.js'), home };
}

/** As DuckDB names it. */
function platform() {
  const systems = { linux: 'linux', darwin: 'osx' };
  const processors = { x64: 'amd64', arm64: 'arm64' };
  return `${systems[process.platform]}_${processors[process.arch]}`;
}

/** The project's own bindings where they are of that version, else others that are installed once. */
function findBindings() {
  const { dependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  if (dependencies['@duckdb/node-api'] === BINDINGS) return join(PROJECT, 'node_modules/@duckdb');
  return once(`duckdb-${BINDINGS}`, 'node_modules/@duckdb', (into) => {
    mkdirSync(into, { recursive: true });
    run('npm', ['install', '--prefix', into, '--no-audit', '--no-fund', `@duckdb/node-api@${BINDINGS}`]);
  });
}

function findExtension() {
  const file = `duckdb_extension_httpfs/extensions/v${DUCKDB}/httpfs.duckdb_extension`;
  return once(`httpfs-${DUCKDB}-${platform()}`, file, (into) => {
    const packages = [`duckdb-extension-httpfs==${DUCKDB}`];
    run('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', into, ...packages]);
  });
}

/** A file below a folder of the cache, which is made once and whole. */
function once(name, file, make) {
  const folder = join(CACHE, name);
  if (!existsSync(join(folder, file))) {
    const fresh = `${folder}.${process.pid}`;
    make(fresh);
    renameSync(fresh, folder);
  }
  return join(folder, file);
}

function run(command, args) {
  const { status, error, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === 0) return;
  const why = error?.message ?? stderr.trim().split('\n').at(-1);
  throw new NotHere(`${[command, ...args.slice(-1)].join(' ... ')} does not work here: ${why}`);
}
