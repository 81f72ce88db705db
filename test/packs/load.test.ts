import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/packs/load.js';
import { temporaryFolder } from '../support/cli.js';

const SQL =
  '-- ---\n-- title: T\n-- description: D\n-- kind: table\n-- columns: {n: a number}\n-- ---\nselect 1 as n\n';

function folderWith(...files: string[]): string {
  const folder = join(temporaryFolder(), 'mine');
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), SQL);
  }
  return folder;
}

describe('a catalog of queries', () => {
  it("gives files of a user's folder its name as their pack, and files of its folders theirs", () => {
    const catalog = loadCatalog([folderWith('one.sql', 'deep/two.sql', 'notes.txt')]);
    expect(catalog.has('mine/one')).toBe(true);
    expect(catalog.get('deep/two').pack).toBe('deep');
    expect(catalog.packs).toContain('mine');
  });

  it('leaves the models out', () => {
    expect(loadCatalog().queries.filter((query) => query.id.startsWith('models'))).toEqual([]);
  });

  it('selects queries and packs in the order named, none twice', () => {
    const catalog = loadCatalog([folderWith('a.sql', 'b.sql')]);
    expect(catalog.select(['mine/b', 'mine/']).map((query) => query.id)).toEqual(['mine/b', 'mine/a']);
  });

  it('suggests the nearest id or pack for one that is not there', () => {
    const catalog = loadCatalog([folderWith('storms.sql')]);
    expect(() => catalog.get('mine/storm')).toThrow(
      'There is no query "mine/storm"; did you mean "mine/storms"?',
    );
    expect(() => catalog.select(['mien'])).toThrow('There is no query or pack "mien"; did you mean "mine"?');
    expect(() => catalog.select(['qqqqqqqq'])).toThrow(
      'There is no query or pack "qqqqqqqq"; see: dnslens queries',
    );
  });

  it('refuses two files of one id and names both', () => {
    const [first, second] = [folderWith('a.sql'), folderWith('a.sql')];
    expect(() => loadCatalog([first, second])).toThrow(
      `${join(second, 'a.sql')} has the id of ${join(first, 'a.sql')}, mine/a; rename one`,
    );
  });

  it('refuses what is no folder', () => {
    expect(() => loadCatalog(['/nowhere/at/all'])).toThrow('/nowhere/at/all is not a folder of queries');
  });
});
