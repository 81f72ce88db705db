// Builds the project and runs its tests under other versions of Node than the one that is here:
//   node bench/check-node.js [--versions 20.19.0,22,24] [TEST...]      TEST: files or folders of test/; all where none is given
// Each version is the npm package `node`, downloaded once. What is built lies in a copy; the dependencies are those here.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CACHE } from './support/cache.js';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));
/** The oldest that package.json allows, and those that are maintained. */
const VERSIONS = '20.19.0,22,24';
/** How fast a machine is says nothing of Node. */
const PATIENCE = ['--testTimeout', '600000', '--hookTimeout', '600000'];

const { values, positionals: tests } = parseArgs({
  allowPositionals: true,
  options: { versions: { type: 'string', default: VERSIONS } },
});
const copy = mkdtempSync(join(tmpdir(), 'dnslens-node-'));
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
for (const file of filesOfProject()) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  cpSync(join(PROJECT, file), join(copy, file), { verbatimSymlinks: true });
}
symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
const failed = values.versions.split(',').filter((version) => !passesUnder(version));
console.log(failed.length === 0 ? `passed under ${values.versions}` : `failed under ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** All that git knows, as it stands in the working tree. */
function filesOfProject() {
  const listed = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return listed.stdout.split('\0').filter((file) => file !== '' && existsSync(join(PROJECT, file)));
}

function passesUnder(version) {
  const bin = findNode(version);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const under = (...args) => run(join(bin, 'node'), args, { cwd: copy, env, stdio: 'inherit' }).status === 0;

  console.log(`\n== Node ${run(join(bin, 'node'), ['--version'], { encoding: 'utf8' }).stdout.trim()}`);
  rmSync(join(copy, 'dist'), { recursive: true, force: true });
  const built = run('npm', ['run', '--silent', 'build'], { cwd: copy, env, stdio: 'inherit' }).status === 0;
  return built && under(join(copy, 'node_modules/vitest/vitest.mjs'), 'run', ...PATIENCE, ...tests);
}

/** The folder of a version's program. */
function findNode(version) {
  const folder = join(CACHE, `node-${version}`);
  if (!existsSync(folder)) {
    const fresh = `${folder}.${process.pid}`;
    mkdirSync(fresh, { recursive: true });
    // a package beside it brings the program of this platform by its script
    const quietly = ['--no-audit', '--no-fund', '--silent'];
    const done = run('npm', ['install', '--prefix', fresh, ...quietly, `node@${version}`], {
      stdio: 'inherit',
    });
    if (done.status !== 0) throw new Error(`npm has no node@${version} here`);
    renameSync(fresh, folder);
  }
  return join(folder, 'node_modules/node/bin');
}

function run(command, args, options) {
  const done = spawnSync(command, args, options);
  if (done.error) throw done.error;
  return done;
}
