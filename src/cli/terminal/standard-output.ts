import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { faultCode, systemErrorOf, whyRefused } from '../../base/system-fault.js';
import { UserError } from '../../base/user-error.js';

/**
 * What becomes of standard output. A fault of it does not end the process wherever it is: who writes a lot sees it, and
 * the rest, such as reading inputs, is done. That its reader has left (`| head`) is no fault.
 */
export class OutputWatch {
  private first: NodeJS.ErrnoException | null = null;

  constructor() {
    if (isFile(process.stdout.fd)) writeWhole(process.stdout, process.stdout.fd);
    process.stdout.on('error', (error) => (this.first ??= error));
    // nobody can be told that nobody can be told
    process.stderr.on('error', () => undefined);
  }

  /** Whether an error is standard output's own. */
  async ended(error: unknown): Promise<boolean> {
    await setImmediate(); // a stream tells of its faults later than who writes to it may see them
    return this.first !== null && error === this.first;
  }

  /** Why not all of it was written; null where it was. */
  async fault(): Promise<UserError | null> {
    await setImmediate();
    if (this.first === null || this.first.code === 'EPIPE') return null;
    const name = systemErrorOf(this.first);
    return new UserError(
      name === null ? 'machine-fault' : faultCode(name),
      `standard output cannot be written: ${name === null ? this.first.message : whyRefused(name)}`,
    );
  }
}

/** Node's own stream for a file takes a part that was written, as on a disk that fills up, for all of it. */
function writeWhole(stream: Writable, fd: number): void {
  Object.assign(stream, {
    _write(chunk: Uint8Array | string, encoding: BufferEncoding, done: (error?: unknown) => void) {
      try {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
        for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
      } catch (error) {
        return done(error);
      }
      done();
    },
  });
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}
