import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Output } from '../report/format.js';
import { UserError } from '../store/user-error.js';

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

  async flush(): Promise<void> {
    const text = this.buffer;
    this.buffer = '';
    if (text !== '' && !this.stream.write(text)) await once(this.stream, 'drain');
  }
}

/** Runs `use` with an output to a file, or to standard output where `path` is undefined or `-`. */
export async function withOutput(
  path: string | undefined,
  use: (output: Output) => Promise<void>,
): Promise<void> {
  if (path === undefined || path === '-') {
    const output = new StreamOutput(process.stdout);
    await use(output);
    return output.flush();
  }
  const stream = createWriteStream(path);
  const failed = new Promise<never>((_, reject) => {
    stream.on('error', (error) => reject(new UserError(`${path} cannot be written: ${error.message}`)));
  });
  const output = new StreamOutput(stream);
  const written = async (): Promise<void> => {
    await use(output);
    await output.flush();
    stream.end();
    await finished(stream);
  };
  await Promise.race([written(), failed]);
}
