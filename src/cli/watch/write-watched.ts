import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assemble } from '../../watch/assemble.js';
import type { Stream } from '../../watch/judge-process.js';
import type { Watch } from '../../watch/watch.js';
import type { Args } from '../grammar/args.js';
import { runDnslens } from '../run-dnslens.js';

/** Writes what is kept into a new folder: the evidence itself, a database of it and a page. Says where. */
export async function writeWatched(watched: Watch, args: Args): Promise<string> {
  const folder = `dnslens-watch-${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}`;
  const evidence = join(folder, 'evidence');
  const database = join(folder, 'dnslens.duckdb');
  await watched.withKept(async (streams) => {
    mkdirSync(evidence, { recursive: true, mode: 0o700 });
    for (const [index, stream] of streams.entries())
      assemble(stream.parts, join(evidence, nameOf(stream, index)));
  });
  const given = (['label', 'port', 'log-format'] as const).flatMap((name) =>
    args.list(name).map((value) => `--${name}=${value}`),
  );
  await runDnslens(['ingest', evidence, '--db', database, ...given]);
  await runDnslens(['export', '--html', '--out', folder, '--db', database]);
  return `written: ${folder}/index.html, dnslens.duckdb, evidence/`;
}

function nameOf({ path }: Stream, index: number): string {
  return `${index + 1}-${path === '-' ? 'standard-input' : basename(path)}`;
}
