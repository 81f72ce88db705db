import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainMachine } from './system-fault.js';

/** What ends a process that its user or the system interrupts. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Folders' names say whose they are: a process of another machine, or container, cannot be seen from here. */
const HERE = `dnslens-${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}-`;

/** A folder of the user's own that is gone when it is removed, and when the process ends before, by a signal too. */
export class TemporaryFolder {
  readonly path: string;
  private readonly onExit = () => this.delete();
  private readonly onSignal = (signal: NodeJS.Signals) => {
    this.remove();
    process.kill(process.pid, signal);
  };

  /**
   * Throws UserError where there is no place for it. Folders that killed processes left are deleted. `endsOnSignal` is
   * false where whoever takes signals removes it.
   */
  constructor({ endsOnSignal = true } = {}) {
    const place = tmpdir();
    try {
      this.path = mkdtempSync(join(place, `${HERE}${process.pid}-`));
    } catch (error) {
      throw explainMachine(error) ?? error;
    }
    sweep(place);
    process.once('exit', this.onExit);
    if (endsOnSignal) for (const signal of SIGNALS) process.once(signal, this.onSignal);
  }

  remove(): void {
    process.off('exit', this.onExit);
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
    this.delete();
  }

  private delete(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Deletes the folders of processes that are no more. */
function sweep(place: string): void {
  for (const name of readdirSync(place)) {
    const process = name.startsWith(HERE) ? /^(\d+)-/.exec(name.slice(HERE.length)) : null;
    if (process === null || isAlive(Number(process[1]))) continue;
    try {
      rmSync(join(place, name), { recursive: true, force: true });
    } catch {
      // another user's
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
