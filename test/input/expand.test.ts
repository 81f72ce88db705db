import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expand } from '../../src/input/expand.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-expand-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function make(...files: string[]): string[] {
  return files.map((name) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name);
    return path;
  });
}

async function names(args: string[], except: string[] = []): Promise<string[]> {
  const { locations } = await expand(args, except);
  return locations.map(({ path }) => path.replace(`${folder}/`, ''));
}

describe('expand', () => {
  it('keeps the order of files that were named', async () => {
    expect(await names(make('b.pcap', 'a.pcap'))).toEqual(['b.pcap', 'a.pcap']);
  });

  it('gives the files of a folder and its folders in natural order', async () => {
    make('node10/a', 'node2/b', 'node2/a');
    expect(await names([folder])).toEqual(['node2/a', 'node2/b', 'node10/a']);
  });

  it('leaves out hidden files, databases and what it is told to', async () => {
    make('.hidden', '.git/x', 'a.duckdb', 'a.duckdb.wal', 'own.db', 'a');
    expect(await names([folder], [join(folder, 'own.db')])).toEqual(['a']);
  });

  it('expands a quoted glob', async () => {
    make('a.pcap', 'b.log', 'deep/er/c.pcap');
    expect(await names([`${folder}/**/*.pcap`])).toEqual(['a.pcap', 'deep/er/c.pcap']);
  });

  it('takes a name with glob characters for what it is', async () => {
    const [path] = make('a[1].log');
    expect(await names([path!])).toEqual(['a[1].log']);
  });

  it('gives each file once, whatever ways lead to it', async () => {
    const [a] = make('a');
    symlinkSync(a!, join(folder, 'link'));
    expect(await names([a!, join(folder, '.', 'link'), folder, `${folder}/*`, '-', '-'])).toEqual(['a', '-']);
  });

  it('keeps hard links apart, since two names may be two nodes', async () => {
    const [a] = make('a');
    linkSync(a!, join(folder, 'b'));
    expect(await names([folder])).toEqual(['a', 'b']);
  });

  it('does not walk in circles through links to folders', async () => {
    make('deep/a');
    symlinkSync(folder, join(folder, 'deep', 'up'));
    expect(await names([folder])).toEqual(['deep/a']);
  });

  it('takes a FIFO that is named and passes over one in a folder', async () => {
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    make('a');
    expect(await names([join(folder, 'fifo')])).toEqual(['fifo']);
    expect(await names([folder])).toEqual(['a']);
  });

  it('says in one sentence why an argument leads to nothing', async () => {
    mkdirSync(join(folder, 'none'));
    const { deadEnds } = await expand([`${folder}/x`, `${folder}/*.pcap`, `${folder}/none`]);
    expect(deadEnds.map(({ sentence }) => sentence.replace(`${folder}/`, ''))).toEqual([
      'x does not exist',
      '*.pcap matches no file',
      'none holds no files to read',
    ]);
  });

  it('tells what the user named from what lay in a folder', async () => {
    const [a] = make('a', 'b');
    const { locations } = await expand([folder, a!]);
    expect(locations.map(({ named }) => named)).toEqual([true, false]);
  });
});
