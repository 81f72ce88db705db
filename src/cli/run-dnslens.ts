import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Printed, RunOptions } from '../mcp/server.js';
import { UserError } from '../base/user-error.js';

/** Characters that one run may print. */
const MOST_PRINTED = 16 << 20;

const PROGRAM = fileURLToPath(new URL('../cli.js', import.meta.url));

/**
 * Runs dnslens itself, in a process of its own: what one run does is nothing to the next. Throws UserError with the sentence
 * that it ended with, where it did not end well, took too long or printed too much.
 */
export function runDnslens(words: readonly string[], { signal, seconds }: RunOptions = {}): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    const parts = { stdout: '', stderr: '' };
    const end = (sentence: string) => {
      reject(new UserError(sentence));
      child.kill();
    };
    const late = () => end(`it took longer than ${seconds} s; narrow it by time or client`);
    const timer = seconds === undefined ? undefined : setTimeout(late, seconds * 1000);
    const onAbort = () => end('it was cancelled');
    signal?.addEventListener('abort', onAbort, { once: true });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        parts[name] += text;
        if (parts[name].length > MOST_PRINTED) end('the answer is too long; narrow it by time or client');
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      const said = parts.stderr.split('\n').filter((line) => line !== '');
      if (code === 0) resolve({ stdout: parts.stdout, notices: said });
      else reject(new UserError(said.join('\n').replace(/^dnslens: /, '') || `dnslens ended with ${code}`));
    });
  });
}
