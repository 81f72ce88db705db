import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../src/store/temporary-folder.js';

const CHILD = join(import.meta.dirname, 'temporary-folder-child.mjs');

describe('the folder of a redacted copy', () => {
  it('is gone once it is removed', () => {
    const folder = new TemporaryFolder();
    expect(existsSync(folder.path)).toBe(true);
    folder.remove();
    expect(existsSync(folder.path)).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM', 'exit'] as const)('is gone when the process ends by %s', async (end) => {
    const child = spawn(process.execPath, [CHILD, end], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [path] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    if (end !== 'exit') child.kill(end);
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect([code, signal]).toEqual(end === 'exit' ? [0, null] : [null, end]);
    expect(existsSync(path.trim())).toBe(false);
  });
});
