// What earlier runs found, by the changed text and the tests that were run.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export class Remembered {
  constructor(path) {
    this.path = path;
    this.found = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  }

  /** The test that failed, null where none did, undefined where it is not known. */
  get(of, change) {
    return this.found[key(of, change)];
  }

  set(of, change, test) {
    this.found[key(of, change)] = test;
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, JSON.stringify(this.found));
  }
}

function key({ file, tests }, change) {
  const hash = createHash('sha256').update(change(readFileSync(file, 'utf8')));
  for (const test of tests) hash.update(readFileSync(test));
  return hash.digest('hex');
}
