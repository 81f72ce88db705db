// The incidents and clusters that were recorded (fixtures/recorded), each an archive of a folder of its name.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { tarEntries } from '../../dist/input/archive/tar.js';
import { openContent } from '../../dist/input/open-input.js';
import { StoredBytes } from '../../dist/input/stored-bytes.js';

export const RECORDED = join(import.meta.dirname, '../../fixtures/recorded');
const ENDING = '.tar.xz';

/** The recordings of a kind (`incidents`, `incidents-hard`, `clusters`) as `KIND/NAME`, in order. */
export function recordingsOf(kind) {
  return readdirSync(join(RECORDED, kind))
    .filter((file) => file.endsWith(ENDING))
    .map((file) => `${kind}/${file.slice(0, -ENDING.length)}`)
    .sort();
}

export function archiveOf(recording) {
  return join(RECORDED, `${recording}${ENDING}`);
}

/** Unpacks the archive of a recording into a folder that holds those of its kind alone; gives back its own folder in it. */
export async function unpack(archive, folder) {
  const fault = ({ incomplete }) => {
    throw new Error(`${archive}: ${incomplete}`);
  };
  const stored = await StoredBytes.open(archive, fault);
  const { reader } = await openContent(stored, fault);
  for await (const { name, content } of tarEntries(reader)) {
    const file = resolve(folder, name);
    if (!file.startsWith(resolve(folder) + sep)) throw new Error(`${archive} has a file ${name}`);
    mkdirSync(dirname(file), { recursive: true });
    const parts = [];
    for await (const part of content) parts.push(Buffer.from(part));
    writeFileSync(file, Buffer.concat(parts));
  }
  await stored.close();
  return join(folder, basename(archive, ENDING));
}

export function isRecording(path) {
  return path.endsWith(ENDING);
}
