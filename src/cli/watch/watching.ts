import { expand } from '../../input/expand.js';
import { followCollection } from '../../watch/followed-collection.js';
import type { Session } from '../session.js';
import { Showing } from './showing.js';
import { formatsIn, spansOf } from './watch.js';

/** How long what is said of the gathering stands on a screen. */
const TOLD_SECONDS = 8;

/** What dnslens collect gathers into a folder, shown while it comes. Notices wait until a screen is gone. */
export class Watching {
  /** Ends when the user leaves the screen. */
  readonly left: Promise<void>;
  private readonly isOver: Promise<boolean>;
  private readonly waiting: string[] = [];
  private ended = false;

  private constructor(
    private readonly session: Session,
    private readonly showing: Showing,
    folder: string,
  ) {
    this.isOver = showing.until(followCollection(showing.watch, folder)).finally(() => this.close());
    this.left = new Promise((leave) => void this.isOver.then((isOver) => !isOver && leave()));
  }

  static async begin(session: Session, folder: string): Promise<Watching> {
    const { locations } = await expand([folder]);
    const showing = new Showing(session, {
      ...spansOf(session.args),
      reading: { ports: [53], logFormats: await formatsIn([], locations) },
      label: null,
      database: null,
      title: 'collect',
      counts: null,
      stays: false,
    });
    return new Watching(session, showing, folder);
  }

  /** Says something: beside lines at once, on a screen as its last line for now. */
  notice(sentence: string): void {
    if (this.ended || !Showing.hasScreen(this.session)) return this.session.notice(sentence);
    this.waiting.push(sentence);
    if (!sentence.startsWith('+ ')) this.showing.tell(sentence, TOLD_SECONDS);
  }

  /** Waits until what came is judged and shown. */
  async finish(): Promise<void> {
    await this.isOver.catch(() => undefined);
  }

  /** Ends it as it stands. */
  async end(): Promise<void> {
    this.showing.end();
    await this.finish();
  }

  private close(): void {
    this.ended = true;
    this.showing.close();
    for (const sentence of this.waiting.splice(0)) this.session.notice(sentence);
  }
}
