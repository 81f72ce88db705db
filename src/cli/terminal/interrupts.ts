const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type Interrupt = (typeof SIGNALS)[number];

/** Time that ending cleanly may take; a database that is left in the middle of something is whole all the same. */
const PATIENCE_MS = 5000;

/**
 * Interrupts (Ctrl-C, a manager's SIGTERM, a connection that is lost): each is told until `onInterrupt` says that it
 * was the last to be; the next ends the process as it does by itself.
 */
export class Interrupts {
  private signal: Interrupt | null = null;

  constructor(private readonly onInterrupt: (signal: Interrupt) => 'last' | 'more') {
    for (const name of SIGNALS) process.on(name, this.take);
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
    this.signal = signal as Interrupt;
    if (this.onInterrupt(this.signal) === 'last') this.release();
  };
}
