import type { Batch } from './lake-batch.js';
import type { Manifest } from './manifest.js';

/** Where a lake lies: a folder, or a prefix in an object store. */
export interface LakeTarget {
  /** What this batch gave before; null where it gave nothing. */
  previous(batch: Batch): Promise<Manifest | null>;
  /** Whether everything that a manifest lists is there. */
  holds(manifest: Manifest): Promise<boolean>;
  /** Makes room for a batch's files, and removes what an interrupted run of it left. */
  begin(batch: Batch): Promise<void>;
  /** Told what will be written, and what the batch gave before, before the first file is. */
  announce(planned: Manifest, previous: Manifest | null): Promise<void>;
  /** Where COPY is to write a file of the lake; its folder is there. */
  prepare(file: string): Promise<string>;
  /** Hash of a file that was just written; null where it cannot be had. */
  hash(file: string): Promise<string | null>;
  /** Puts the written files in the place of those that the batch had before. Gives what to say of it. */
  publish(manifest: Manifest, previous: Manifest | null): Promise<string[]>;
  /** Removes what was written and not published. */
  abandon(): Promise<void>;
}
