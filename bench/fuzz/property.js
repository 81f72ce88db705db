import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** Runs every test file that has properties, with one seed after the other, until `until`; a case is one file. */
export function runProperties({ until, seed: start, say }) {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true })
    .map((file) => `test/${file}`)
    .filter((file) => file.endsWith('.test.ts') && /fc\.assert/.test(readFileSync(join(ROOT, file), 'utf8')));
  const finds = new Map();
  let cases = 0;
  for (let seed = start; performance.now() < until; seed++) {
    const { status, stdout } = spawnSync(
      'npx',
      ['vitest', 'run', '--config', 'bench/fuzz/vitest.config.js', '--reporter=json'],
      { cwd: ROOT, encoding: 'utf8', env: { ...process.env, FUZZ_FILES: files.join(','), FUZZ_SEED: String(seed) } },
    );
    cases += files.length;
    if (status === 0) continue;
    for (const { name, assertionResults } of JSON.parse(stdout).testResults) {
      for (const { status: outcome, fullName, failureMessages } of assertionResults) {
        if (outcome !== 'failed') continue;
        const fault = `${name.slice(ROOT.length + 1)}: ${fullName}`;
        const known = finds.get(fault) ?? { count: 0 };
        if (known.count++ === 0) say(`${fault} with seed ${seed}\n${failureMessages.join('\n')}`);
        finds.set(fault, known);
      }
    }
  }
  return { cases, finds };
} // prettier-ignore
