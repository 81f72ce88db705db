import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainMachine, explainSystem, systemErrorOf } from '../../src/base/system-fault.js';
import { explainFault } from '../../src/store/storage-fault.js';
import { temporaryFolder } from '../support/cli.js';

/** As Node tells it; `code` is what it calls an error that it does not know where that is given. */
function told(errno: number, code: string, call = 'write', path?: string): Error {
  return Object.assign(new Error(`${code}: said, ${call}`), { errno: -errno, code, syscall: call, path });
}

describe('an error of the operating system', () => {
  it.each([
    ['IO Error: Could not write file "/var/io error.duckdb": No space left on device', 'ENOSPC'],
    ['IO Error: Could not write all bytes to file "a.duckdb": wanted 262144, wrote 4096', 'ENOSPC'],
    ['IO Error: Could not write file "a.duckdb": Disk quota exceeded', 'EDQUOT'],
    ['IO Error: Could not read from file "a.duckdb": Input/output error', 'EIO'],
    ['FATAL Error: fsync failed!', 'EIO'],
    ['IO Error: Cannot open file "/a: Is a directory": Too many open files', 'EMFILE'],
    ['IO Error: Cannot open file "a": Too many open files in system', 'ENFILE'],
    ['IO Error: Cannot open file "a": Read-only file system', 'EROFS'],
    ['IO Error: Cannot open file "a": No such device or address', 'ENXIO'],
    ['IO Error: Cannot open file "a": No such device', 'ENODEV'],
    ['TransactionContext Error: Failed to commit: Could not write file "a.wal": File too large', 'EFBIG'],
    ['Conversion Error: Could not convert string "No space left on device" to INT32', null],
    ['Invalid Input Error: said by a user: Input/output error', null],
    ['Binder Error: Referenced column "x" not found', null],
  ])("is told from DuckDB's message %s", (message, name) => {
    expect(systemErrorOf(new Error(message))).toBe(name);
  });

  it.each([
    [28, 'ENOSPC', 'ENOSPC'],
    [24, 'EMFILE', 'EMFILE'],
    // Node has no name for a quota, and two ways to say so
    [122, 'UNKNOWN', 'EDQUOT'],
    [122, 'Unknown system error -122', 'EDQUOT'],
    [111, 'ECONNREFUSED', null],
  ])('%i, which Node calls %s, has its own name', (errno, code, name) => {
    expect(systemErrorOf(told(errno, code))).toBe(name);
  });

  it('has a sentence of its own, what it is about first', () => {
    const sentences = [
      'EIO',
      'EROFS',
      'EMFILE',
      'ENFILE',
      'ENOSPC',
      'EDQUOT',
      'ENOMEM',
      'ENAMETOOLONG',
      'EACCES',
    ].map((code) => (explainSystem('a.html', 'written', told(1, code)) as Error).message);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^a\.html cannot be written: [a-z][^\n]+$/);
  });

  it('says that a folder is missing only where it is', () => {
    const folder = temporaryFolder();
    const missing = told(2, 'ENOENT', 'open');
    expect(explainSystem(join(folder, 'none', 'a'), 'written', missing)).toMatchObject({
      message: `${folder}/none/a cannot be written: the folder ${folder}/none does not exist; make it first`,
    });
    expect(explainSystem(join(folder, 'a'), 'written', missing)).toMatchObject({
      message: `${folder}/a cannot be written: it does not exist`,
    });
  });

  it('names the folder for temporary files where there is none to be had', () => {
    expect(explainMachine(told(2, 'ENOENT', 'mkdtemp', '/none/dnslens-XXXXXX'))?.message).toBe(
      'the folder /none for temporary files cannot be used: it does not exist; or name another with TMPDIR',
    );
  });

  it('is no fault of dnslens, and what is one stays one', () => {
    expect(explainMachine(told(5, 'EIO', 'read', 'a.pcap'))?.message).toMatch(
      /^a\.pcap cannot be read: its disk/,
    );
    expect(explainMachine(new TypeError('x is not a function'))).toBeNull();
  });
});

describe('a fault while the database is written', () => {
  it.each([
    [
      'IO Error: Could not write file "DB.duckdb.wal": Input/output error',
      'DB.duckdb cannot be written: its disk',
    ],
    [
      'IO Error: Could not write file "DB.duckdb": Disk quota exceeded',
      "DB.duckdb cannot be written: this user's quota",
    ],
    [
      'IO Error: Could not write file "DB.duckdb": No space left on device',
      'there is no room left for DB.duckdb in .;',
    ],
    [
      'IO Error: Could not write file "/lake/a.parquet": No space left on device',
      '/lake/a.parquet cannot be written:',
    ],
  ])('is told by its own name, of the file that it is about: %s', (message, sentence) => {
    expect((explainFault('DB.duckdb', new Error(message)) as Error).message).toContain(sentence);
  });
});
