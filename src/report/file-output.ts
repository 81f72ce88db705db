import { once } from 'node:events';
import { constants, createWriteStream } from 'node:fs';
import { access, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { explainSystem, systemErrorOf } from '../base/system-fault.js';
import { UserError } from '../base/user-error.js';
import { followTarget } from './file-target.js';
import type { Output } from './format.js';
import { HalfFile } from './half-file.js';

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

/**
 * Runs `use` with an output to the file `path`, which is whole or as it was before: it is written beside and renamed.
 * Throws UserError where it cannot be written.
 */
export async function withFile(path: string, use: (output: Output) => Promise<void>): Promise<void> {
  try {
    const target = await followTarget(path);
    if (target.kind === 'open')
      return await writeTo(createWriteStream('', { fd: target.fd, autoClose: false }), use);
    const half = target.kind === 'file' ? await besides(target) : null;
    try {
      await writeTo((half?.handle ?? (await open(path, 'w'))).createWriteStream(), use);
      await half?.finish();
    } finally {
      half?.drop();
    }
  } catch (error) {
    throw explainWriting(path, error);
  }
}

/** Null where the folder takes no new file and the one that is there can only be written over. */
async function besides({ path, mode }: { path: string; mode: number | null }): Promise<HalfFile | null> {
  // who may not write a file may not replace it either
  if (mode !== null) await access(path, constants.W_OK);
  return HalfFile.beside(path, mode).catch((error: unknown) => {
    const name = systemErrorOf(error);
    if (mode !== null && (name === 'EACCES' || name === 'EPERM' || name === 'EROFS')) return null;
    throw error;
  });
}

async function writeTo(stream: Writable, use: (output: Output) => Promise<void>): Promise<void> {
  // finished() and write() tell of errors; without a listener they would end the process
  stream.on('error', () => undefined);
  const output = new StreamOutput(stream);
  try {
    await use(output);
    await output.close();
  } catch (error) {
    stream.destroy();
    throw error;
  }
  stream.end();
  await finished(stream);
}

/** Makes a file's folder where it is missing. Throws UserError where that cannot be done. */
export function makeFolderOf(path: string): Promise<void> {
  return makeFolder(dirname(path));
}

/** Makes a folder, and those that it is in, where it is missing. Throws UserError where that cannot be done. */
export async function makeFolder(folder: string): Promise<void> {
  // by itself, as a recursive mkdir calls every reason that it was refused for ENOENT
  const error = await mkdir(folder).catch((reason: unknown) => reason);
  if (error === undefined) return;
  const name = systemErrorOf(error);
  if (name === 'ENOENT' && dirname(folder) !== folder) {
    await makeFolder(dirname(folder));
    return makeFolder(folder);
  }
  const there = await stat(folder).catch(() => null);
  if (there?.isDirectory()) return;
  throw there === null
    ? explainWriting(folder, error)
    : new UserError('wrong-kind-of-file', `${folder} is a file; name a folder to write into`);
}

/** An error of the system; that of a reader who has left is the caller's. */
function explainWriting(path: string, error: unknown): unknown {
  return error instanceof UserError ? error : explainSystem(path, 'written', error);
}
