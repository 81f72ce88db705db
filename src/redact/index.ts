import { join } from 'node:path';
import { buildModels } from '../models/build.js';
import { Database, type OpenOptions } from '../store/database.js';
import { copyRedacted } from './copy.js';
import { redactKey } from './key.js';
import { Pseudonyms } from './pseudonyms.js';
import { findTyped } from './typed.js';
import { TemporaryFolder } from './temporary-folder.js';

export interface RedactOptions extends Omit<OpenOptions, 'readOnly'> {
  /** Told what is done now. */
  onStep?: (step: string) => void;
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
  { onStep, ...options }: RedactOptions = {},
): Promise<RedactedCopy> {
  (await Database.open(path, { readOnly: true })).close();
  const pseudonyms = new Pseudonyms(await redactKey(path));
  const folder = new TemporaryFolder();
  const file = join(folder.path, 'redacted.duckdb');
  try {
    const copy = await Database.open(file);
    try {
      onStep?.('copying with pseudonyms');
      await copyRedacted(path, copy, pseudonyms);
      await buildModels(copy, { onModel: (name) => onStep?.(`models: ${name} is built`) });
    } finally {
      copy.close();
    }
    const database = await Database.open(file, { ...options, readOnly: true });
    const close = () => {
      database.close();
      folder.remove();
    };
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
