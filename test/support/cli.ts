import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The built program. */
export const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Surroundings {
  env?: Record<string, string>;
  input?: string;
  cwd?: string;
}

/** Runs the built program, without a terminal, and gives what it printed and its exit code. */
export function dnslens(args: readonly string[], { env = {}, input = '', cwd }: Surroundings = {}): Ran {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    encoding: 'utf8',
    env: { PATH, HOME, LANG: 'C.UTF-8', ...env },
    input,
    ...(cwd ? { cwd } : {}),
  });
  return { code: status, stdout, stderr };
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
