import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ErrorCode } from '../base/error-codes.js';
import type { Printed, RunOptions } from '../mcp/server.js';
import { UserError } from '../base/user-error.js';
import { readErrors, type ToldError } from './tell-error.js';

/** Characters that one run may print. */
const MOST_PRINTED = 16 << 20;

const PROGRAM = fileURLToPath(new URL('../cli.js', import.meta.url));

/**
 * Runs dnslens itself, in a process of its own: what one run does is nothing to the next. Throws UserError with what it
 * ended with, where it did not end well, took too long or printed too much.
 */
export function runDnslens(words: readonly string[], { signal, seconds }: RunOptions = {}): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DNSLENS_ERRORS: 'json' },
    });
    const parts = { stdout: '', stderr: '' };
    const end = (code: ErrorCode, sentence: string) => {
      reject(new UserError(code, sentence));
      child.kill();
    };
    const late = () => end('too-much', `it took longer than ${seconds} s; narrow it by time or client`);
    const timer = seconds === undefined ? undefined : setTimeout(late, seconds * 1000);
    const onAbort = () => end('interrupted', 'it was cancelled');
    signal?.addEventListener('abort', onAbort, { once: true });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        parts[name] += text;
        if (parts[name].length > MOST_PRINTED)
          end('too-much', 'the answer is too long; narrow it by time or client');
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      const { errors, others } = readErrors(parts.stderr.split('\n').filter((line) => line !== ''));
      if (code === 0) resolve({ stdout: parts.stdout, notices: others });
      else reject(errorOf(errors, others, code));
    });
  });
}

/** One error for all that a run told; a run that told none ended by no will of its own. */
function errorOf(errors: readonly ToldError[], others: readonly string[], code: number | null): UserError {
  const said = [...others, ...errors.map(({ message }) => message)].join('\n');
  return new UserError(errors[0]?.code ?? 'machine-fault', said || `dnslens ended with ${code}`);
}
