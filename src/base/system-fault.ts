import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import type { ErrorCode } from './error-codes.js';
import { UserError } from './user-error.js';

interface SystemError {
  code: ErrorCode;
  /** What strerror(3) calls it, which is all that DuckDB's messages hold of it. */
  said: string;
  /** Why something could not be done, and what to do about it. */
  why: string;
}

/** What the operating system refuses by, by the names of errno(3): faults of the machine or of its user, none of dnslens. */
const SYSTEM_ERRORS = {
  EACCES: {
    code: 'not-permitted',
    said: 'Permission denied',
    why: 'this user may not; change its permissions or those of its folder',
  },
  EPERM: {
    code: 'not-permitted',
    said: 'Operation not permitted',
    why: 'this user may not; change its permissions or those of its folder',
  },
  ENOENT: { code: 'no-such-file', said: 'No such file or directory', why: 'it does not exist' },
  ENOTDIR: {
    code: 'wrong-kind-of-file',
    said: 'Not a directory',
    why: 'a part of its path is a file and no folder',
  },
  EISDIR: { code: 'wrong-kind-of-file', said: 'Is a directory', why: 'it is a folder; name a file' },
  EEXIST: {
    code: 'file-exists',
    said: 'File exists',
    why: 'something else of this name is there already; name another',
  },
  ENAMETOOLONG: {
    code: 'machine-fault',
    said: 'File name too long',
    why: 'its name is longer than the file system takes',
  },
  ELOOP: {
    code: 'wrong-kind-of-file',
    said: 'Too many levels of symbolic links',
    why: 'links in its path lead in a circle',
  },
  EMFILE: {
    code: 'machine-fault',
    said: 'Too many open files',
    why: 'this process may open no more files; raise its limit (ulimit -n)',
  },
  ENFILE: {
    code: 'machine-fault',
    said: 'Too many open files in system',
    why: 'no more files can be opened on this machine; end other programs, or raise fs.file-max',
  },
  ENOSPC: { code: 'disk-full', said: 'No space left on device', why: 'there is no room left; make room' },
  EDQUOT: {
    code: 'disk-full',
    said: 'Disk quota exceeded',
    why: "this user's quota is used up; delete files, or have it raised",
  },
  EFBIG: {
    code: 'disk-full',
    said: 'File too large',
    why: 'it would be larger than a file may be; see ulimit -f and its file system',
  },
  EIO: {
    code: 'machine-fault',
    said: 'Input/output error',
    why: 'its disk, or the network that it is on, failed (EIO); look into the log of the kernel (dmesg)',
  },
  EROFS: {
    code: 'not-permitted',
    said: 'Read-only file system',
    why: 'its file system is read-only; name a place on another',
  },
  ENOMEM: {
    code: 'too-little-memory',
    said: 'Cannot allocate memory',
    why: 'the machine has no memory left; end other programs',
  },
  EBUSY: { code: 'in-use', said: 'Device or resource busy', why: 'it is in use by something else' },
  ETXTBSY: { code: 'in-use', said: 'Text file busy', why: 'it is a program that runs' },
  ENXIO: {
    code: 'wrong-kind-of-file',
    said: 'No such device or address',
    why: 'it is a socket, or a device that is not there',
  },
  ENODEV: { code: 'wrong-kind-of-file', said: 'No such device', why: 'it is a device that is not there' },
  EBADF: { code: 'machine-fault', said: 'Bad file descriptor', why: 'it is not open for that' },
  EINVAL: {
    code: 'machine-fault',
    said: 'Invalid argument',
    why: 'its device or file system refuses that (EINVAL)',
  },
  ENOTSUP: { code: 'machine-fault', said: 'Operation not supported', why: 'its file system cannot do that' },
  EXDEV: { code: 'machine-fault', said: 'Invalid cross-device link', why: 'it is on another file system' },
  ESTALE: {
    code: 'machine-fault',
    said: 'Stale file handle',
    why: 'its network file system has lost it; mount it again',
  },
  ENOTCONN: {
    code: 'machine-fault',
    said: 'Transport endpoint is not connected',
    why: 'its file system has gone; mount it again',
  },
} as const satisfies Record<string, SystemError>;

export type SystemErrorName = keyof typeof SYSTEM_ERRORS;

/** The names that this system has a number for; Node itself does not know all of them. */
const NAMES = Object.keys(SYSTEM_ERRORS).filter(
  (name): name is SystemErrorName & keyof typeof constants.errno => name in constants.errno,
);

/** Texts of one that begin another's (`Too many open files in system`) are looked for after it. */
const BY_TEXT = (Object.entries(SYSTEM_ERRORS) as [SystemErrorName, SystemError][]).sort(
  ([, a], [, b]) => b.said.length - a.said.length,
);

/** Which error of the operating system is behind one of Node's, or of DuckDB's; null where it is none of them. */
export function systemErrorOf(error: unknown): SystemErrorName | null {
  if (!(error instanceof Error)) return null;
  const { code = '', errno = 0 } = error as NodeJS.ErrnoException;
  if (Object.hasOwn(SYSTEM_ERRORS, code)) return code as SystemErrorName;
  if (errno < 0) return NAMES.find((name) => constants.errno[name] === -errno) ?? null;
  if (code !== 'ERR_DLOPEN_FAILED' && !/^\w[\w ]* Error: /.test(error.message)) return null;
  // a file's name in the message could hold any of the words
  const text = error.message.replace(/"[^"\n]*"/g, '').toLowerCase();
  if (/could not write all bytes/.test(text)) return 'ENOSPC';
  if (/\bfsync failed/.test(text)) return 'EIO'; // DuckDB says no more of it
  if (!/\b(io|fatal) error\b|could not (read|write)|cannot open (shared object )?file/.test(text))
    return null;
  return BY_TEXT.find(([, { said }]) => text.includes(said.toLowerCase()))?.[0] ?? null;
}

/** Why the operating system refused something and what to do, as the end of a sentence. */
export function whyRefused(name: SystemErrorName): string {
  return SYSTEM_ERRORS[name].why;
}

/** What kind of error that is for whoever sees it. */
export function faultCode(name: SystemErrorName): ErrorCode {
  return SYSTEM_ERRORS[name].code;
}

/** What could not be done with a file or folder, as a sentence; any other error than the system's as it is. */
export function explainSystem(path: string, done: 'read' | 'written', error: unknown): unknown {
  const name = systemErrorOf(error);
  if (name === null) return error;
  if (name === 'ENOENT' && done === 'read') return new UserError('no-such-file', `${path} does not exist`);
  const folder = dirname(path);
  const noFolder = name === 'ENOENT' && !existsSync(folder);
  const why = noFolder ? `the folder ${folder} does not exist; make it first` : whyRefused(name);
  return new UserError(faultCode(name), `${path} cannot be ${done}: ${why}`);
}

/** Calls of the operating system that change what is there. */
const WRITING =
  /^(write|writev|mkdir|rename|unlink|rmdir|rm|ftruncate|fsync|copyfile|link|symlink|chmod|cp)$/;

/**
 * The same where nobody knows any more what it was about but the error itself, or by `subject` where it does not know
 * either; null where it is none of the system's.
 */
export function explainMachine(error: unknown, subject = 'a file'): UserError | null {
  const name = systemErrorOf(error);
  if (name === null) return null;
  const { path = null, syscall = null, message } = error as NodeJS.ErrnoException;
  if (syscall === 'mkdtemp') {
    const folder = dirname(path ?? '');
    return new UserError(
      faultCode(name),
      `the folder ${folder} for temporary files cannot be used: ${whyRefused(name)}; or name another with TMPDIR`,
    );
  }
  const file = path ?? /"([^"\n]+)"/.exec(message)?.[1] ?? subject;
  const written = WRITING.test(syscall ?? '') || /could not write/i.test(message);
  return explainSystem(file, written ? 'written' : 'read', error) as UserError;
}
