import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { TemporaryFolder } from '../../src/base/temporary-folder.js';
import { temporaryFolder } from '../support/cli.js';

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

  it('of a process that was killed is gone with the next one, and that of a live one stays', async () => {
    const place = temporaryFolder();
    vi.stubEnv('TMPDIR', place);
    const child = spawn(process.execPath, [CHILD, 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [path] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    new TemporaryFolder().remove();
    expect(existsSync(path.trim())).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readdirSync(place)).toHaveLength(1);
    new TemporaryFolder().remove();
    vi.unstubAllEnvs();
    expect(readdirSync(place)).toEqual([]);
  });

  it('is a sentence where there is no place for it', () => {
    vi.stubEnv('TMPDIR', join(temporaryFolder(), 'none'));
    expect(() => new TemporaryFolder()).toThrow(
      /the folder .*none for temporary files cannot be used: .*name another with TMPDIR/,
    );
    vi.unstubAllEnvs();
  });
});
