import { setTimeout as pause } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type DatabaseFile, removeBegun } from './database-file.js';
import { identifier, textLiteral } from '../base/sql-text.js';
import { isLocked } from './storage-fault.js';

/** Another process that holds a file may be about to end: tried again so often, after so many milliseconds each. */
const LOCK_TRIES = 20;
const LOCK_PAUSE_MS = 250;

/**
 * Octets of a block of a file that is made. Each table takes blocks of its own, and most are small: with DuckDB's 262,144 a small
 * incident takes 35 MB in the place of 13, and 1.6 million messages 71 in the place of 54 (docs/performance.md).
 */
const BLOCK = 65536;

/** Attaches a file, once nobody else holds it. Throws DuckDB's own errors. */
export async function attach(
  connection: DuckDBConnection,
  { path, state }: DatabaseFile,
  name: string,
  readOnly: boolean,
): Promise<void> {
  const options = ['type duckdb'];
  if (readOnly) options.push('read_only');
  // a file that is there keeps its own
  if (state !== 'there') options.push(`block_size ${BLOCK}`);
  const statement = `attach ${textLiteral(path)} as ${identifier(name)} (${options.join(', ')})`;
  for (let tries = 1; ; tries++) {
    try {
      await connection.run(statement);
      return;
    } catch (error) {
      if (!isLocked(error) || tries === LOCK_TRIES) throw error;
    }
    await pause(LOCK_PAUSE_MS);
  }
}

/** The same; DuckDB takes what a run left that was killed at its very beginning, or an empty file, for a broken database. */
export async function attachOrMake(
  connection: DuckDBConnection,
  file: DatabaseFile,
  name: string,
  readOnly: boolean,
): Promise<void> {
  try {
    await attach(connection, file, name, readOnly);
  } catch (error) {
    if (file.state !== 'begun' || isLocked(error)) throw error;
    removeBegun(file);
    await attach(connection, file, name, readOnly);
  }
}
