import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** Modules in WebAssembly: the room that each is of, its sources and what is made of them. */
const MODULES = [
  { room: 'capture', sources: 'assembly', made: 'decoder.wasm' },
  { room: 'logs', sources: join('assembly', 'log'), made: 'lines.wasm' },
];

/** Vitest's global setup: builds dist/ where a source file is newer than it, so that tests run what is written. */
export default function setup(): void {
  if (newest('src') > changed(join('dist', 'cli.js'))) {
    run(join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json', '--noCheck');
    for (const { room, sources } of MODULES)
      run(join('dist', room, 'wasm', 'write-layout.js'), join(sources, 'generated', 'layout.ts'));
  }
  for (const { room, sources, made } of MODULES) {
    if (newest('assembly') <= changed(join('dist', room, 'wasm', made))) continue;
    const compiler = join('node_modules', 'assemblyscript', 'bin', 'asc.js');
    run(compiler, '--config', join(sources, 'asconfig.json'));
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
