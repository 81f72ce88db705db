import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AllowedFolders } from '../../src/mcp/folders.js';
import { temporaryFolder } from '../support/cli.js';

/** `allowed/` with a file and two links, beside `secret/` with a file. */
function made() {
  const root = temporaryFolder();
  const allowed = join(root, 'allowed');
  for (const name of ['allowed', 'secret', 'allowed-too']) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'a.log'), '');
  }
  symlinkSync(join(root, 'allowed'), join(root, 'link-to-allowed'));
  return { root, allowed };
}

describe('allowed folders', () => {
  it('hold what lies in them, by absolute and by relative paths', async () => {
    const { allowed } = made();
    const folders = await AllowedFolders.of([allowed]);
    expect(await folders.within(['a.log', join(allowed, 'a.log'), '.'])).toEqual([
      join(allowed, 'a.log'),
      join(allowed, 'a.log'),
      allowed,
    ]);
  });

  it('may be named by a link', async () => {
    const { root, allowed } = made();
    const folders = await AllowedFolders.of([join(root, 'link-to-allowed')]);
    expect(await folders.within([join(allowed, 'a.log')])).toEqual([join(allowed, 'a.log')]);
  });

  it.each(['../secret/a.log', '../secret', '..', '../allowed-too/a.log', '/etc/passwd', '/', '../secr*/*'])(
    'do not lead to %s',
    async (path) => {
      const folders = await AllowedFolders.of([made().allowed]);
      await expect(folders.within([path])).rejects.toThrow(
        /may not be read: evidence is read from .* alone$/,
      );
    },
  );

  it.each(['inner', '.', 'inn*', 'inner/a.log'])('do not lead out by a link, asked for %s', async (path) => {
    const { root, allowed } = made();
    mkdirSync(join(allowed, 'inner'));
    symlinkSync(join(root, 'secret', 'a.log'), join(allowed, 'inner', 'a.log'));
    const folders = await AllowedFolders.of([allowed]);
    await expect(folders.within([path])).rejects.toThrow('may not be read');
  });

  it('are none where none is named', async () => {
    const folders = await AllowedFolders.of([]);
    await expect(folders.within(['a.log'])).rejects.toThrow(
      'no folder was named when dnslens mcp was started',
    );
  });

  it('that are not there are a mistake', async () => {
    await expect(AllowedFolders.of(['/no/such/folder'])).rejects.toThrow('/no/such/folder cannot be found');
  });
});
