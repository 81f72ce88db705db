import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const LAYOUT = join('assembly', 'generated', 'layout.ts');
const WASM = join('dist', 'capture', 'wasm', 'decoder.wasm');

/** Vitest's global setup: builds dist/ where a source file is newer than it, so that tests run what is written. */
export default function setup(): void {
  if (newest('src') > changed(join('dist', 'cli.js'))) {
    run(join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json', '--noCheck');
    run(join('dist', 'capture', 'wasm', 'write-layout.js'), LAYOUT);
  }
  if (newest('assembly') > changed(WASM)) {
    run(
      join('node_modules', 'assemblyscript', 'bin', 'asc.js'),
      '--config',
      join('assembly', 'asconfig.json'),
    );
  }
}

function run(...words: string[]): void {
  execFileSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' });
}

/** When a file was last written; 0 where there is none. */
function changed(file: string): number {
  return statSync(join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When a TypeScript file of a folder was last written. */
function newest(folder: string): number {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return Math.max(...files.filter((file) => file.endsWith('.ts')).map((file) => changed(join(folder, file))));
}
