import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Lines of the prompt from earlier, newest first; none where they cannot be read. */
export async function loadHistory(): Promise<string[]> {
  const text = await readFile(path(), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

/** Keeps the prompt's lines, readable by their owner only. A home that cannot be written is no error. */
export async function saveHistory(lines: readonly string[]): Promise<void> {
  try {
    await mkdir(dirname(path()), { recursive: true, mode: 0o700 });
    await writeFile(path(), `${lines.join('\n')}\n`, { mode: 0o600 });
  } catch {
    // the next prompt starts without history
  }
}

/** The place for state of the XDG base directory specification. */
function path(): string {
  const state = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(state, 'dnslens', 'sql-history');
}
