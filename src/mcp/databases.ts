import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '../base/temporary-folder.js';
import { UserError } from '../base/user-error.js';
import { FIRST_DATABASE } from './tool.js';

/** The databases of one server: the one that the user named, and others that are gone when it ends. */
export class Databases {
  private readonly folder = new TemporaryFolder();

  /** `file` is the database that the user named; null without one. */
  constructor(private readonly file: string | null) {}

  /** The file of a database, whether it is there yet or not. */
  path(name: string): string {
    if (name === FIRST_DATABASE && this.file !== null) return this.file;
    return join(this.folder.path, `${name.toLowerCase()}.duckdb`);
  }

  /** The same for one that evidence was read into. Throws UserError where it is not there. */
  existing(name: string): string {
    const path = this.path(name);
    if (!existsSync(path))
      throw new UserError('no-database', `no evidence was read into "${name}" yet; use ingest first`);
    return path;
  }

  remove(): void {
    this.folder.remove();
  }
}
