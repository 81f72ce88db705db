import { spawn } from 'node:child_process';
import { shellWord } from '../base/shell-word.js';
import type { Undo } from './post.js';
import type { Program } from './program.js';

/**
 * Waits until its standard input closes, then runs the commands that it read: each prints a line with its number, its
 * exit code and what it said. Signals that end others do not end it. The word `orderly` says that nothing is under way
 * any more; without it, what dnslens had begun when it was killed gets a moment to end.
 */
const GUARD =
  'trap "" HUP INT TERM PIPE; all=$(cat); case $all in *"# orderly") ;; *) sleep 3;; esac; eval "$all"';

/** What became of one undoing. */
export interface Undone extends Undo {
  /** Null where it went well. */
  fault: string | null;
}

/**
 * Undoes what was done in the cluster when dnslens is done, or is gone however it went: a process of its own that the end
 * of dnslens wakes.
 */
export class Guard {
  private readonly undos: Undo[] = [];
  private readonly child = spawn('/bin/sh', ['-c', GUARD], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  private readonly ended: Promise<string>;

  constructor(private readonly kubectl: Program) {
    let said = '';
    this.child.stdin.on('error', () => undefined);
    this.child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.child.on('error', () => resolve(''));
      this.child.on('close', () => resolve(said));
    });
  }

  /** Tells it of something that is about to be done. */
  add(undo: Undo): void {
    const command = this.kubectl.words(undo.args).map(shellWord).join(' ');
    const number = this.undos.push(undo) - 1;
    this.child.stdin.write(
      `s=$(${command} 2>&1 </dev/null); printf '%s %s %s\\n' ${number} $? "$(printf %s "$s" | tr '\\n' ' ')"\n`,
    );
  }

  /** Undoes all of it, in the order in which it was told. */
  async undo(): Promise<Undone[]> {
    this.child.stdin.end('# orderly');
    const lines = (await this.ended).split('\n');
    return this.undos.map((undo, number) => {
      const [, code, said] =
        lines
          .map((line) => /^(\d+) (\d+) (.*)$/.exec(line)?.slice(1) ?? [])
          .find(([n]) => n === String(number)) ?? [];
      if (code === '0') return { ...undo, fault: null };
      return { ...undo, fault: said?.trim().slice(0, 300) || 'it was not run to its end' };
    });
  }
}
