// A copy of the project in a temporary folder, in which one file at a time is changed and near tests are run: a run
// that is killed leaves nothing behind in the working tree.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** Folders and files that tests need. */
const NEEDED = [
  'src',
  'assembly',
  'dist',
  'test',
  'queries',
  'fixtures',
  'docs',
  'bench',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vitest.config.ts',
  'README.md',
];
/** Of them what no test reads, and is large. */
const LEFT_OUT = new Set(['bench/data', 'fixtures/recorded']);
/** A test that takes longer than this hangs, which is a failure too. */
const PATIENCE_MS = 300_000;

/** Tests that were seen to pass as the project stands. */
const sound = new Set();
const unsound = new Set();

export class ChangedCopy {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'dnslens-changed-'));
    const filter = (path) => !LEFT_OUT.has(relative(PROJECT, path));
    for (const name of NEEDED)
      cpSync(join(PROJECT, name), join(this.folder, name), { recursive: true, filter });
    symlinkSync(join(PROJECT, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /**
   * The first of the test files that fails once `change` has been made of a file's text, or null where all pass.
   * Throws where the change changes nothing, and where a test fails without it.
   */
  async firstFailing(file, change, tests) {
    const path = join(this.folder, file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    if (after === before)
      throw new Error(`${file}: the change changes nothing; has the text that it looks for moved?`);
    const failing = await this.whileItIs(path, after, before, () => this.firstOf(tests));
    if (failing === null || sound.has(failing)) return failing;
    if (!(await this.passes(failing))) throw new Error(`${failing} fails without any change`);
    sound.add(failing);
    return failing;
  }

  /** Whether a test file passes without any change here; asked once. */
  async isSound(test) {
    if (sound.has(test)) return true;
    if (unsound.has(test)) return false;
    const passes = await this.passes(test);
    (passes ? sound : unsound).add(test);
    return passes;
  }

  async whileItIs(path, text, before, run) {
    writeFileSync(path, text);
    try {
      return await run();
    } finally {
      writeFileSync(path, before);
    }
  }

  async firstOf(tests) {
    for (const test of tests) if (!(await this.passes(test))) return test;
    return null;
  }

  /** Whether a test file passes as the copy stands. */
  passes(test) {
    const vitest = join(this.folder, 'node_modules/vitest/vitest.mjs');
    // those of the built program build it anew, where a file is newer than it
    const project = test.startsWith('test/cli/') ? 'program' : 'rooms';
    const run = spawn(process.execPath, [vitest, 'run', '--project', project, '--bail', '1', test], {
      cwd: this.folder,
      stdio: 'ignore',
      timeout: PATIENCE_MS,
    });
    this.run = run;
    return new Promise((resolve, reject) => {
      run.on('error', reject);
      run.on('close', (code) => resolve(code === 0));
    });
  }

  /** Ends a test that still runs, and removes the copy. */
  remove() {
    this.run?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
