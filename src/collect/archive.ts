import { init, compress } from '@bokuweb/zstd-wasm';
import { createWriteStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes that are compressed together: a zstd frame each, of which a file may have any number (RFC 8878). */
const FRAME = 4 << 20;
const LEVEL = 3;

/** Bytes of tar's records. */
const BLOCK = 512;

/** Writes a folder as a .tar.zst, with the folder's own name as the first part of each path. */
export async function writeArchive(folder: string, archive: string): Promise<void> {
  await init();
  const out = createWriteStream(archive, { mode: 0o600, flags: 'wx' });
  await pipeline(Readable.from(frames(tar(folder))), out);
}

async function* frames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const frame = () => compress(Buffer.concat(waiting), LEVEL);
  for await (const chunk of chunks) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < FRAME) continue;
    yield frame();
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield frame();
}

/** A folder's files in POSIX's pax format, which knows names of any length and size. */
async function* tar(folder: string): AsyncGenerator<Uint8Array> {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.sort()) {
    const path = join(folder, name);
    const { size, mtimeMs } = await stat(path);
    const file = await open(path);
    try {
      if (!(await file.stat()).isFile()) continue;
      const seconds = Math.floor(mtimeMs / 1000);
      const record = paxRecord('path', `${basename(folder)}/${name}`) + paxRecord('size', `${size}`);
      const about = Buffer.from(record);
      yield header('x', about.length, seconds);
      yield padded(about);
      yield header('0', size, seconds);
      let left = size;
      // a file that grows meanwhile is taken as long as it was
      for await (const chunk of file.createReadStream({ end: Math.max(size - 1, 0), autoClose: false })) {
        const bytes = (chunk as Buffer).subarray(0, left);
        left -= bytes.length;
        yield bytes;
      }
      yield new Uint8Array(left + ((BLOCK - (size % BLOCK)) % BLOCK));
    } finally {
      await file.close();
    }
  }
  yield new Uint8Array(2 * BLOCK);
}

/** `LENGTH KEY=VALUE\n`, where the length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length = String(length).length + rest;
  return `${length} ${key}=${value}\n`;
}

function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
  out.set(bytes);
  return out;
}

/** A ustar header; names and large sizes stand in the pax record before it. */
function header(type: 'x' | '0', size: number, seconds: number): Uint8Array {
  const out = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, width: number) =>
    out.write(
      value
        .toString(8)
        .padStart(width - 1, '0')
        .slice(1 - width),
      at,
    );
  out.write(type === 'x' ? 'pax' : 'file', 0);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(seconds, 136, 12);
  out.fill(' ', 148, 156);
  out.write(type, 156);
  out.write('ustar\x0000', 257);
  const sum = out.reduce((total, byte) => total + byte, 0);
  out.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return out;
}
