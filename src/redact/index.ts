import { join } from 'node:path';
import { buildAroundFaults } from '../build/faults.js';
import { Database, type OpenOptions } from '../store/database.js';
import { identifier } from '../base/sql-text.js';
import { SOURCED_TABLES } from '../raw/tables/index.js';
import { TemporaryFolder } from '../base/temporary-folder.js';
import { copyRedacted } from './copy.js';
import { redactKey } from './key.js';
import { Pseudonyms } from './pseudonyms.js';
import { findTyped } from './typed.js';

export interface RedactOptions extends Omit<OpenOptions, 'readOnly'> {
  /** The database whose key the pseudonyms are made with, so that two copies have the same; its own where not given. */
  keyOf?: string;
  /** Told what is done now. */
  onStep?: (step: string) => void;
  /** Told what is left out of the copy. */
  onNotice?: (sentence: string) => void;
}

/** A redacted copy of a database, open read-only, external access off. */
export interface RedactedCopy {
  database: Database;
  /** A text of the evidence that a user gives, as the copy has it; a text that it does not know as it is. */
  find(text: string): Promise<string>;
  /** The pseudonym of what the user calls a node. */
  label(text: string): string;
  /** Closes the copy and deletes it. */
  close(): void;
}

/**
 * Copies a database with pseudonyms in the place of names, addresses, ports and all other texts of the evidence, and
 * builds the models anew from that, so that nothing derived from the originals is in it. Throws UserError as
 * `Database.open` does, or for want of a key.
 */
export async function openRedacted(
  path: string,
  { onStep, onNotice, keyOf = path, ...options }: RedactOptions = {},
): Promise<RedactedCopy> {
  (await Database.open(path, { readOnly: true })).close();
  const limits = options.memoryLimit === undefined ? {} : { memoryLimit: options.memoryLimit };
  const pseudonyms = new Pseudonyms(await redactKey(keyOf));
  const folder = new TemporaryFolder();
  const file = join(folder.path, 'redacted.duckdb');
  try {
    // clear names are in memory only: what does not fit there must not get into a file
    const empty = await Database.open(file, { ...limits, origin: path, spills: false });
    try {
      onStep?.('copying with pseudonyms');
      await copyRedacted(empty, pseudonyms);
    } finally {
      empty.close();
    }
    const copy = await Database.open(file, limits);
    try {
      await buildAroundFaults(copy, path, (sources) => takeOut(copy, sources), {
        ...limits,
        ...(onNotice && { onNotice }),
        onModel: (name) => onStep?.(`models: ${name} is built`),
      });
    } finally {
      copy.close();
    }
    const onClose = () => folder.remove();
    const database = await Database.open(file, { ...options, readOnly: true, onClose });
    const close = () => database.close();
    return {
      database,
      find: (text) => findTyped(database, pseudonyms, text),
      label: (text) => pseudonyms.redact('name', text),
      close,
    };
  } catch (error) {
    folder.remove();
    throw error;
  }
}

async function takeOut(copy: Database, sources: readonly number[]): Promise<void> {
  for (const { name } of SOURCED_TABLES) {
    await copy.run(`delete from raw.${identifier(name)} where source_id in (${sources.join(', ')})`);
  }
}
