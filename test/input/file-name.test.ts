import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expand } from '../../src/input/expand.js';
import { entryOf, keyOf, namedLike, shownName } from '../../src/input/file-name.js';
import { dnslens, temporaryFolder } from '../support/cli.js';

const LINE = '[INFO] 10.0.0.1:4242 - 7 "A IN a.example. udp 28 false 512" NOERROR qr,rd,ra 54 0.0012s\n';

/** Makes files of these names, each byte a character, in a folder. */
function make(folder: string, ...names: string[]): void {
  for (const name of names) writeFileSync(Buffer.from(join(folder, name), 'latin1'), LINE);
}

describe('a name that is no UTF-8', () => {
  it.each([
    [[0x61, 0xff], 'a\\xff'],
    [[0xc3, 0xa9, 0xc3], 'é\\xc3'],
    [[0xf0, 0x9f, 0x98, 0x80, 0x80], '😀\\x80'],
    [[0xed, 0xa0, 0x80], '\\xed\\xa0\\x80'],
  ])('of the bytes %j is shown as %s', (bytes, shown) => {
    expect(shownName(Buffer.from(bytes))).toBe(shown);
  });

  it('keeps its bytes in the path of its folder', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), (bytes) => {
        const name = Buffer.from(
          bytes.map((byte) => (byte === 0x2f || byte === 0 || byte === 0x2e ? 1 : byte)),
        );
        expect(keyOf(entryOf('folder', name))).toBe(`folder/${name.toString('latin1')}`);
        expect(keyOf(entryOf(Buffer.from('f\xff', 'latin1'), name))).toBe(`f\xff/${name.toString('latin1')}`);
      }),
    );
  });

  it('is found in a folder, and by an argument or a glob, which lose its bytes', async () => {
    const folder = temporaryFolder();
    mkdirSync(Buffer.from(join(folder, 'd\xfe'), 'latin1'));
    make(folder, 'web\xff.log', 'd\xfe/a\xc3.log', 'plain.log');
    const found = async (arg: string) => {
      const { locations } = await expand([arg]);
      return locations.map(({ file }) => keyOf(file).slice(folder.length + 1));
    };
    expect(await found(folder)).toEqual(['d\xfe/a\xc3.log', 'plain.log', 'web\xff.log']);
    expect(await found(`${folder}/web\ufffd.log`)).toEqual(['web\xff.log']);
    expect(await found(`${folder}/w*.log`)).toEqual(['web\xff.log']);
    expect(await namedLike(`${folder}/d\ufffd/a\ufffd.log`)).toHaveLength(1);
  });

  it('is read beside one that looks like it', () => {
    const cwd = temporaryFolder();
    make(cwd, 'web\xff.log', 'web\\xff.log');
    writeFileSync(join(cwd, 'web\\xff.log'), LINE.replace('a.example', 'b.example'));
    expect(dnslens(['ingest', '.'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    const { stdout } = dnslens(['sql', 'select path, rows from sources', '--json'], { cwd });
    const one = { path: 'web\\xff.log', rows: 1 };
    expect(JSON.parse(stdout)).toEqual([one, one]);
  });
});
