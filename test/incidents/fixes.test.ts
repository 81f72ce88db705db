import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const INCIDENTS = join(ROOT, 'fixtures', 'incidents');

it('prints no fix of an incident that breaks a lookup, saves nothing, or saves other than it says', () => {
  const folders = readdirSync(INCIDENTS).map((name) => join(INCIDENTS, name));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'bench', 'check-fixes.js'), ...folders],
    {
      encoding: 'utf8',
    },
  );
  expect(stderr).toBe('');
  expect(stdout).toMatch(/: [1-9]\d* fixes held against what-if, 0 faults\n$/);
  expect(status).toBe(0);
});
