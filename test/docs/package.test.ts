import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

interface Packed {
  size: number;
  files: { path: string }[];
}

test('the npm package has the program and its queries, no source maps, and stays under 1 MB', () => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const said = execFileSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ size, files }] = JSON.parse(said) as [Packed];
  const paths = files.map(({ path }) => path);
  expect(paths).toContain('dist/cli.js');
  expect(paths).toContain('queries/causes/conntrack-race.sql');
  expect(
    paths.filter((path) => /\.map$|^(test|src\/(?!report\/page\/assets)|fixtures|bench)/.test(path)),
  ).toEqual([]);
  expect(size).toBeLessThan(1_000_000);
});
