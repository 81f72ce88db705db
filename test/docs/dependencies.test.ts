import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Locked {
  dev?: boolean;
  hasInstallScript?: boolean;
  resolved?: string;
}
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  string,
  Record<string, string>
>;
const locked = Object.entries(
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }).packages,
).filter(([path]) => path !== '');

describe('dependencies', () => {
  it('are each given a reason, and none that has gone is', () => {
    const rows = [...read('docs/dependencies.md').matchAll(/^\| (`[^|]+`)\s*\|/gm)].map((row) => row[1]!);
    const named = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map((name) => name[1]!));
    const all = { ...dependencies, ...devDependencies };
    expect(named.toSorted()).toEqual(Object.keys(all).toSorted());
  });

  it('run no script when they are installed, nor do theirs', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev)).toEqual([]);
  });

  it('are pinned, and come from a registry', () => {
    for (const version of Object.values(dependencies!)) expect(version).toMatch(/^\d+\.\d+\.\d+[\w.-]*$/);
    expect(locked.filter(([, { resolved }]) => resolved && !resolved.startsWith('https://'))).toEqual([]);
  });
});
