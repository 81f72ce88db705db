import { dirname, resolve } from 'node:path';
import { faultCode, systemErrorOf, whyRefused } from '../base/system-fault.js';
import { UserError } from '../base/user-error.js';

/** The database cannot be written any more: no other input will fare better. */
export class StorageFault extends UserError {}

/** DuckDB was not allowed as much memory as a statement takes. */
export class TooLittleMemory extends StorageFault {}

/** DuckDB's reasons not to open a file, as one sentence each. */
export function explainOpen(path: string, error: unknown): UserError {
  const said = messageOf(error);
  // The file's name in the message could hold any of the words.
  const text = withoutNames(said);
  const holder = /PID (\d+)/.exec(text);
  if (isLocked(error)) {
    return new UserError(
      'in-use',
      `${path} is in use by another process${holder ? ` (${holder[1]})` : ''}; wait until it ends, or name another --db`,
    );
  }
  if (
    /version/i.test(text) &&
    /newer|older|storage|database file/i.test(text) &&
    !/not a valid/i.test(text)
  ) {
    return new UserError(
      'other-version',
      `${path} was written by another version of DuckDB and cannot be opened by this one: ${firstLine(said)}`,
    );
  }
  if (/WAL file/i.test(text)) {
    return new UserError(
      'damaged-database',
      `${path}.wal, which holds what was written last, is damaged; move it away, and ingest the evidence again into what is left`,
    );
  }
  if (/not a valid DuckDB|checksum|corrupt|serializ|not read enough bytes/i.test(text)) {
    return new UserError(
      'damaged-database',
      `${path} is not a DuckDB database or is damaged; move it away and ingest the evidence again`,
    );
  }
  const name = systemErrorOf(error);
  if (name === null) return new UserError('damaged-database', `${path} cannot be opened: ${firstLine(said)}`);
  const folder = dirname(path);
  switch (name) {
    case 'ENOENT':
      return new UserError(
        'no-such-file',
        `the folder ${folder} of ${path} does not exist; make it, or name another --db`,
      );
    case 'EISDIR':
      return new UserError('wrong-kind-of-file', `${path} is a folder; name a file with --db`);
    case 'EACCES':
    case 'EPERM':
      return new UserError(
        'not-permitted',
        `${path} may not be written by this user; change the permissions of it and of ${folder}, or name another --db`,
      );
    case 'ENOSPC':
      return noRoom(path);
    default:
      return new UserError(faultCode(name), `${path} cannot be opened: ${whyRefused(name)}`);
  }
}

/** Whether another process holds the file. */
export function isLocked(error: unknown): boolean {
  return /\block\b/i.test(withoutNames(messageOf(error)));
}

function withoutNames(text: string): string {
  return text.replace(/"[^"\n]*"/g, '');
}

/** What the machine refused, or too little memory, as a sentence; any other error as it is. */
export function explainFault(path: string, error: unknown): unknown {
  if (error instanceof UserError) return error;
  const text = messageOf(error);
  if (/^out of memory error/i.test(text)) {
    return new TooLittleMemory(
      'too-little-memory',
      `the memory limit is too small for ${path}; run the same command again with a larger --memory-limit, such as 2GB`,
    );
  }
  const name = systemErrorOf(error);
  if (name === null) return error;
  const done = /could not read|cannot open/i.test(text) ? 'read' : 'written';
  const other = otherFile(path, text);
  if (other !== null)
    return new StorageFault(faultCode(name), `${other} cannot be ${done}: ${whyRefused(name)}`);
  if (name === 'ENOSPC' || name === 'EFBIG') return noRoom(path);
  return new StorageFault(
    faultCode(name),
    `${path} cannot be ${done}: ${whyRefused(name)}; then run the same command again: inputs that are read are kept`,
  );
}

function noRoom(path: string): StorageFault {
  return new StorageFault(
    'disk-full',
    `there is no room left for ${path} in ${dirname(path)}; make room and run the same command again: inputs that are read are kept`,
  );
}

/** The file that DuckDB's message is about where it is none of the database's own. */
function otherFile(path: string, text: string): string | null {
  const file = /"([^"\n]+)"/.exec(text)?.[1];
  return file === undefined || resolve(file).startsWith(resolve(path)) ? null : file;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.slice(0, 300);
}
