import { json, printable } from '../../report/escape.js';
import { changeLine, changeObject } from '../../watch/change-line.js';
import type { CaptureCounts } from '../../watch/tcpdump.js';
import type { Change } from '../../watch/verdicts.js';
import { Watch, type WatchOptions } from '../../watch/watch.js';
import type { Session } from '../session.js';
import { WatchScreen } from './watch-screen.js';
import { writeWatched } from './write-watched.js';

const TICK_MS = 1000;

export interface ShowingOptions extends Omit<WatchOptions, 'onChanges' | 'onFault' | 'memoryLimit'> {
  title: string;
  /** What a tcpdump that dnslens started says of itself. */
  counts: CaptureCounts | null;
  /** Whether the screen stays when nothing more comes, until the user leaves it. */
  stays: boolean;
}

/** What is shown of evidence while it grows: a screen on a terminal, elsewhere a line for each change of a verdict, or an object. */
export class Showing {
  readonly watch: Watch;
  private readonly screen: WatchScreen | null;
  private readonly ticking: NodeJS.Timeout;
  private readonly left: Promise<void>;
  private leave = () => {};

  constructor(
    private readonly session: Session,
    private readonly options: ShowingOptions,
  ) {
    const { args } = session;
    const { title, counts } = options;
    this.left = new Promise((resolve) => (this.leave = resolve));
    const watch = new Watch({
      ...options,
      memoryLimit: session.limits.memoryLimit,
      onChanges: (changes) => this.print(changes),
      onFault: (sentence) => this.tell(printable(sentence)),
    });
    this.watch = watch;
    this.screen = Showing.hasScreen(session)
      ? new WatchScreen(watch, {
          title,
          counts,
          layout: session.layout(),
          onQuit: () => this.leave(),
          write: () => writeWatched(watch, args),
        })
      : null;
    this.ticking = setInterval(() => {
      watch.tick();
      this.screen?.tick();
    }, TICK_MS);
  }

  /** Whether it is to be a screen. */
  static hasScreen({ args }: Session): boolean {
    return process.stdout.isTTY === true && !args.on('json');
  }

  /** Shows what `following` brings until that ends, or the user ends it; true where it ended by itself. */
  async until(following: Promise<void>): Promise<boolean> {
    const isOver = await Promise.race([following.then(() => true), this.left.then(() => false)]);
    if (!isOver) {
      following.catch(() => undefined);
      return false;
    }
    await this.watch.finish();
    if (this.screen !== null && this.options.stays) {
      this.screen.end();
      await this.left;
    }
    return true;
  }

  /** Ends it as the user would. */
  end(): void {
    this.leave();
  }

  /** Says something beside it, on a screen for some seconds where it is told so. */
  tell(sentence: string, seconds = 0): void {
    if (this.screen === null) this.session.notice(`dnslens: ${sentence}`);
    else this.screen.tell(sentence, seconds);
  }

  close(): void {
    clearInterval(this.ticking);
    this.screen?.close();
    this.watch.close();
  }

  private print(changes: readonly Change[]): void {
    if (this.screen !== null) return;
    const asJson = this.session.args.on('json');
    for (const change of changes)
      process.stdout.write(`${asJson ? json(changeObject(change)) : changeLine(change)}\n`);
  }
}
