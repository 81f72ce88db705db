import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { explainSystem } from '../store/system-fault.js';
import { MOST_ANSWER_BYTES, MOST_FILE_BYTES, PATIENCE_SECONDS } from './limits.js';

/** What became of one run of kubectl. */
export interface Ran {
  /** Null where it went well; else why not, as the end of a sentence. */
  fault: string | null;
  bytes: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  seconds?: number;
  stdin?: string;
  /** The file that its output goes to; without one it is held in memory. */
  file?: string;
  /** Ends it early; what it gave by then is kept. */
  signal?: AbortSignal;
}

/** How long kubectl may take to end when it is told to. */
const KILL_MS = 2000;

/** Bytes of what kubectl says on standard error that are kept, from the end. */
const MOST_SAID = 16384;

/** The user's own kubectl with the user's own context. Each run is an argument array; no shell sees it. */
export class Kubectl {
  constructor(private readonly context: readonly string[] = []) {}

  /** The words of a command line, for showing. */
  words(args: readonly string[]): string[] {
    return ['kubectl', ...this.context, ...args];
  }

  /** Runs it to its end, its time-out or the bound of its output. Never throws. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const { seconds = PATIENCE_SECONDS, signal, file, stdin } = options;
    return new Promise((resolve) => {
      // a group of its own: a terminal's Ctrl-C is for dnslens, which still has pods to delete
      const child = spawn('kubectl', [...this.context, ...args], {
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
      const timer = setTimeout(() => end(`it took longer than ${seconds} s`), seconds * 1000);
      if (signal?.aborted) onAbort();
      signal?.addEventListener('abort', onAbort, { once: true });
      child.stdin?.on('error', () => undefined).end(stdin);
      child.stdout!.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > most) return end(`it gave more than ${most} bytes`);
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
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
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
        settle(error.code === 'ENOENT' ? 'there is no kubectl on the PATH' : error.message),
      );
      child.on('close', (code, killer) => {
        if (code === 0) settle(null);
        else if (killer) settle(`kubectl was ended by ${killer}`);
        else settle(reasonIn(said) ?? `kubectl exited with ${code}`);
      });
    });
  }
}

/** Ends kubectl and what it started: it may be a script around kubectl, and may have plugins. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // all of it has ended
  }
}

/** What kubectl, or the program that it ran in a pod, said last of why it failed, without kubectl's own prefix. */
function reasonIn(said: string): string | null {
  const lines = said.split('\n').map((line) => line.trim());
  const own = lines.filter(
    (line) => line !== '' && !/^command terminated with exit code|^\d{1,20} packets |^[EWI]\d{4} /.test(line),
  );
  const last = own.at(-1) ?? lines.findLast((line) => line !== '');
  return last?.replace(/^(?:error: |Error from server |Error: )/, '').slice(0, 300) ?? null;
}
