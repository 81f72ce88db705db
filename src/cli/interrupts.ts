const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Time that ending cleanly may take; a database that is left in the middle of something is whole all the same. */
const PATIENCE_MS = 5000;

/** Interrupts (Ctrl-C, a manager's SIGTERM): the first is told, the next ends the process as it does by itself. */
export class Interrupts {
  private signal: NodeJS.Signals | null = null;

  constructor(private readonly onFirst: () => void) {
    for (const name of SIGNALS) process.once(name, this.take);
  }

  /** Leaves signals to the process again. */
  release(): void {
    for (const name of SIGNALS) process.removeListener(name, this.take);
  }

  /** Ends the process by the signal that came, as shells expect; at the latest a while after `soon`. */
  end({ soon = false } = {}): void {
    const kill = () => process.kill(process.pid, this.signal ?? 'SIGINT');
    if (soon) setTimeout(kill, PATIENCE_MS).unref();
    else kill();
  }

  private readonly take = (signal: NodeJS.Signals) => {
    this.signal = signal;
    this.release();
    this.onFirst();
  };
}
