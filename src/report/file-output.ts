import { once } from 'node:events';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { UserError } from '../store/user-error.js';
import type { Output } from './format.js';

/** Characters gathered before they are handed to the stream. */
const BUFFER = 32_768;

/** Text gathered into larger writes, waiting where the reader is slower. */
export class StreamOutput implements Output {
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

/** Runs `use` with an output to the file `path`. Throws UserError where that cannot be written. */
export async function withFile(path: string, use: (output: Output) => Promise<void>): Promise<void> {
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
    throw explainWriting(path, error);
  }
}

/** Makes a file's folder where it is missing. Throws UserError where that cannot be done. */
export async function makeFolderOf(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw explainWriting(path, error);
  });
}

function explainWriting(path: string, error: unknown): unknown {
  const fromSystem = error instanceof Error && 'syscall' in error;
  return fromSystem ? new UserError(`${path} cannot be written: ${error.message}`) : error;
}
