import { existsSync, readFileSync } from 'node:fs';

/** The folder of the build, for sources that are run as they are too. */
const DIST = new URL('../../../dist/', import.meta.url);

const modules = new Map<string, WebAssembly.Module | null>();

/** A module of the build by its path in dist/, or null where none can be had: an engine without SIMD, or `DNSLENS_WASM=0`. */
export function compiled(path: string): WebAssembly.Module | null {
  if (process.env['DNSLENS_WASM'] === '0') return null;
  let module = modules.get(path);
  if (module === undefined) modules.set(path, (module = compile(new URL(path, DIST))));
  return module;
}

function compile(file: URL): WebAssembly.Module | null {
  const code = existsSync(file) ? readFileSync(file) : new Uint8Array(0);
  return WebAssembly.validate(code) ? new WebAssembly.Module(code) : null;
}
