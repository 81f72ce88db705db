import { join } from 'node:path';
import type { CopiedFrame } from '../capture/files/copy-frames.js';
import { buildAroundFaults } from '../build/faults.js';
import { Database, type OpenOptions } from '../store/database.js';
import { identifier } from '../base/sql-text.js';
import { SOURCED_TABLES } from '../raw/tables/index.js';
import { TemporaryFolder } from '../base/temporary-folder.js';
import { copyRedacted } from './copy.js';
import { FramePseudonyms } from './packets/frame.js';
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
  /** The path of the input that a source was made from, and the hash of its bytes. */
  original(sourceId: number): { path: string; sha256: string } | undefined;
  /** A frame of such an input with the copy's pseudonyms, or in a few words why it has none that is sure. */
  frame(frame: CopiedFrame): CopiedFrame | string;
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
  const originals = await originalInputs(path);
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
    const frames = new FramePseudonyms(pseudonyms);
    return {
      database,
      find: (text) => findTyped(database, pseudonyms, text),
      label: (text) => pseudonyms.redact('name', text),
      original: (sourceId) => originals.get(sourceId),
      frame: (frame) => frames.redact(frame),
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

async function originalInputs(path: string): Promise<Map<number, { path: string; sha256: string }>> {
  const database = await Database.open(path, { readOnly: true });
  try {
    const rows = await database.rows<{ source_id: number; path: string; sha256: string }>(
      'select source_id::DOUBLE as source_id, path, content_sha256 as sha256 from raw.sources',
    );
    return new Map(rows.map(({ source_id: id, ...input }) => [id, input]));
  } finally {
    database.close();
  }
}
