import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { explainSystem } from '../base/system-fault.js';
import { GENTLE_MS, MOST_ANSWER_BYTES, MOST_FILE_BYTES, PATIENCE_SECONDS } from './limits.js';
import { reasonIn } from './reason.js';
import type { Tool } from './task.js';

/** What became of one run of a program. */
export interface Ran {
  /** Null where it went well; else why not, as the end of a sentence. */
  fault: string | null;
  bytes: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  seconds?: number;
  /** What it reads; `held` keeps its standard input open until it is to end. */
  stdin?: string | 'held';
  /** The file that its output goes to; without one it is held in memory. */
  file?: string;
  /** Closes its standard input, and ends it where it does not end by itself then. */
  finish?: AbortSignal;
  /** Ends it at once. What it gave by then is kept. */
  signal?: AbortSignal;
  /** Says something to it at once. */
  onStart?: (stdin: Writable) => void;
  /** Hears what it prints, and may answer. */
  onText?: (text: string, stdin: Writable) => void;
}

/** How long it may take to end when it is told to. */
const KILL_MS = 2000;

/** Bytes of what it says on standard error that are kept, from the end. */
const MOST_SAID = 16384;

/** A program of the user's with the user's own configuration. Each run is an argument array; no shell sees it. */
export class Program {
  constructor(
    private readonly name: Tool,
    private readonly leading: readonly string[] = [],
  ) {}

  /** The words of a command line, for showing. */
  words(args: readonly string[]): string[] {
    return [this.name, ...this.leading, ...args];
  }

  /** Runs it to its end, its time-out or the bound of its output. Never throws. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const { seconds = PATIENCE_SECONDS, signal, finish, file, stdin, onStart, onText } = options;
    return new Promise((resolve) => {
      // a group of its own: a terminal's Ctrl-C is for dnslens, which still has to see that all is undone
      const child = spawn(this.name, [...this.leading, ...args], {
        detached: true,
        stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      });
      let bytes = 0;
      let said = '';
      let ended: string | null = null;
      const parts: Buffer[] = [];
      const out = file === undefined ? null : createWriteStream(file, { mode: 0o600 });
      const most = out ? MOST_FILE_BYTES : MOST_ANSWER_BYTES;
      const end = (why: string) => {
        ended ??= why;
        killGroup(child.pid, 'SIGTERM');
        setTimeout(() => killGroup(child.pid, 'SIGKILL'), KILL_MS).unref();
      };
      const onAbort = () => end('it was interrupted');
      const onFinish = () => {
        if (stdin !== 'held') return onAbort();
        child.stdin!.end();
        timers.push(setTimeout(onAbort, GENTLE_MS));
      };
      const timers = [setTimeout(() => end(`it took longer than ${seconds} s`), seconds * 1000)];
      if (signal?.aborted) onAbort();
      else if (finish?.aborted) onFinish();
      signal?.addEventListener('abort', onAbort, { once: true });
      finish?.addEventListener('abort', onFinish, { once: true });
      child.stdin?.on('error', () => undefined);
      if (stdin !== 'held') child.stdin?.end(stdin);
      else onStart?.(child.stdin!);
      child.stdout!.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > most) return end(`it gave more than ${most} bytes`);
        onText?.(chunk.toString(), child.stdin!);
        if (!out) parts.push(chunk);
        else if (!out.write(chunk)) {
          child.stdout!.pause();
          out.once('drain', () => child.stdout!.resume());
        }
      });
      child.stderr!.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-MOST_SAID)));
      let settled = false;
      const settle = (fault: string | null) => {
        if (settled) return;
        settled = true;
        for (const timer of timers) clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        finish?.removeEventListener('abort', onFinish);
        const done = () =>
          resolve({ fault: ended ?? fault, bytes, stdout: Buffer.concat(parts).toString(), stderr: said });
        if (!out || out.closed) done();
        else out.once('close', done).end();
      };
      out?.on('error', (error) => {
        end((explainSystem(file!, 'written', error) as Error).message);
        settle(null);
      });
      child.on('error', (error: NodeJS.ErrnoException) =>
        settle(error.code === 'ENOENT' ? `there is no ${this.name} on the PATH` : error.message),
      );
      child.on('close', (code, killer) => {
        if (code === 0) settle(null);
        else if (killer) settle(`${this.name} was ended by ${killer}`);
        else settle(reasonIn(said) ?? `${this.name} exited with ${code}`);
      });
    });
  }
}

/** The programs that a collection runs. */
export type Tools = Readonly<Record<Tool, Program>>;

/** Ends a program and what it started: it may be a script around the program, and may have plugins. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // all of it has ended
  }
}
