import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What ends a process that its user or the system interrupts. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A folder of the user's own that is gone when it is removed, and when the process ends before, by a signal too. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'dnslens-redact-'));
  private readonly onExit = () => this.delete();
  private readonly onSignal = (signal: NodeJS.Signals) => {
    this.remove();
    process.kill(process.pid, signal);
  };

  constructor() {
    process.once('exit', this.onExit);
    for (const signal of SIGNALS) process.once(signal, this.onSignal);
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
