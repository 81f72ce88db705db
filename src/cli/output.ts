import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Output } from '../report/format.js';
import { PagedOutput, pagerCommand, ReaderLeft } from './pager.js';
import { UserError } from '../store/user-error.js';

/** Characters gathered before they are handed to the stream. */
const BUFFER = 32_768;

/** Text gathered into larger writes, waiting where the reader is slower. */
class StreamOutput implements Output {
  private buffer = '';

  constructor(private readonly stream: Writable) {}

  async write(text: string): Promise<void> {
    this.buffer += text;
    if (this.buffer.length >= BUFFER) await this.flush();
  }

  async close(): Promise<void> {
    await this.flush();
  }

  private async flush(): Promise<void> {
    const text = this.buffer;
    this.buffer = '';
    if (text === '') return;
    if (this.stream.errored) throw this.stream.errored;
    if (!this.stream.write(text)) await once(this.stream, 'drain');
  }
}

/**
 * Runs `use` with an output to a file, or to standard output where `path` is undefined or `-`; on a terminal
 * that is a pager where `paged` is true.
 */
export async function withOutput(
  path: string | undefined,
  use: (output: Output) => Promise<void>,
  paged = false,
): Promise<void> {
  if (path === undefined || path === '-') {
    const command = paged && process.stdout.isTTY ? pagerCommand(process.env) : null;
    const output = command ? new PagedOutput(command, process.stdout.rows) : new StreamOutput(process.stdout);
    try {
      await use(output);
      return await output.close();
    } catch (error) {
      if (error instanceof ReaderLeft) return;
      throw error;
    }
  }
  try {
    const file = await open(path, 'w');
    const stream = file.createWriteStream();
    // finished() and write() tell of errors; without a listener they would end the process
    stream.on('error', () => undefined);
    const output = new StreamOutput(stream);
    await use(output);
    await output.close();
    stream.end();
    await finished(stream);
  } catch (error) {
    if (isSystemError(error)) throw new UserError(`${path} cannot be written: ${error.message}`);
    throw error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
