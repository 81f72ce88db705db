import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { writeArchive } from '../../src/collect/archive.js';
import { tarEntries } from '../../src/input/archive/tar.js';
import { ByteReader, nextOf } from '../../src/input/byte-reader.js';
import { unzstd } from '../../src/input/compression/zstd.js';
import { temporaryFolder } from '../support/cli.js';
import { readerOf } from '../input/support.js';

it('an archive holds the files of a folder as they are, whatever their size and the length of their names', async () => {
  const work = temporaryFolder();
  const long = `${'n'.repeat(200)}/${'m'.repeat(120)}.txt`;
  const files: Record<string, Buffer> = {
    'a.txt': Buffer.from('a'),
    'empty.txt': Buffer.alloc(0),
    'block.bin': Buffer.alloc(512, 7),
    'large.bin': Buffer.alloc((9 << 20) + 5, 'dnslens '),
    [long]: Buffer.from('long'),
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(work, 'folder', name)), { recursive: true });
    writeFileSync(join(work, 'folder', name), content);
  }
  await writeArchive(join(work, 'folder'), join(work, 'folder.tar.zst'));
  const bytes = unzstd(readerOf(readFileSync(join(work, 'folder.tar.zst'))), ({ detail }) =>
    expect.unreachable(detail),
  );
  const read = new Map<string, Buffer>();
  for await (const { name, content } of tarEntries(new ByteReader(nextOf(bytes)))) {
    const parts = [];
    for await (const part of content) parts.push(Buffer.from(part));
    read.set(name.replace('folder/', ''), Buffer.concat(parts));
  }
  expect([...read.keys()].sort()).toEqual(Object.keys(files).sort());
  for (const [name, content] of Object.entries(files))
    expect([name, read.get(name)!.equals(content)]).toEqual([name, true]);
});
