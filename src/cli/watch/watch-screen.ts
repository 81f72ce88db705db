import type { Layout } from '../../report/format.js';
import { printable } from '../../report/escape.js';
import { shorten } from '../../report/text-layout.js';
import { frame } from '../../watch/screen-frame.js';
import { press, type Prompt, type ScreenState, UNTOUCHED } from '../../watch/keys.js';
import type { CaptureCounts } from '../../watch/tcpdump.js';
import { type View, viewOf } from '../../watch/view.js';
import type { Watch } from '../../watch/watch.js';
import { FullScreen } from '../terminal/screen.js';

export interface WatchScreenOptions {
  title: string;
  counts: CaptureCounts | null;
  layout: Layout;
  onQuit: () => void;
  /** Writes what is kept and says where. */
  write: () => Promise<string>;
}

/** What is asked where something is to be typed. */
const ASKS: Record<Prompt['asks'], string> = {
  narrow: 'narrow to a client or a name: ',
  story: 'story of a name, or worst: ',
};

/** The screen of `dnslens watch`, and what its keys do. */
export class WatchScreen {
  private readonly screen: FullScreen;
  private state = UNTOUCHED;
  private hasEnded = false;
  private isWriting = false;
  /** Seconds until the sentence at hand goes by itself; 0 where it stays. */
  private fades = 0;
  /** The view that a pause holds. */
  private held: View | null = null;

  constructor(
    private readonly watch: Watch,
    private readonly options: WatchScreenOptions,
  ) {
    this.screen = new FullScreen({
      onKey: (key) => this.press(key),
      onQuit: options.onQuit,
      // it may be told so while it is being made
      onChange: () => setImmediate(() => this.refresh()),
    });
  }

  /** Draws what is so after another second. */
  tick(): void {
    if (this.fades > 0 && --this.fades === 0) this.state = { ...this.state, message: null };
    this.refresh();
  }

  /** Draws what is so now. */
  refresh(): void {
    const { color, unicode } = this.options.layout;
    const width = process.stdout.columns || 80;
    const height = process.stdout.rows || 24;
    const { story, prompt, isPaused } = this.state;
    if (story !== null) return this.screen.draw(this.storyLines(story, width, height));
    const message = prompt ? `${ASKS[prompt.asks]}${prompt.text}_` : this.state.message;
    const view = { ...(this.held ?? this.current()), isPaused, message };
    this.screen.draw(frame(view, { width, height, color, unicode }));
  }

  /** Shows a sentence until a key is pressed, or for some seconds only. */
  tell(sentence: string, seconds = 0): void {
    this.fades = seconds;
    this.state = { ...this.state, message: sentence };
    this.refresh();
  }

  /** Says that nothing more comes. */
  end(): void {
    this.hasEnded = true;
    this.refresh();
  }

  close(): void {
    this.screen.close();
  }

  private press(key: string): void {
    const { state, action } = press(this.state, key);
    this.state = state;
    if (!state.isPaused) this.held = null;
    else this.held ??= this.current();
    if (action?.do === 'quit') this.options.onQuit();
    else if (action?.do === 'open') void this.open(action.word);
    else if (action?.do === 'write') void this.write();
    this.refresh();
  }

  private current(): View {
    const { title, counts } = this.options;
    const { hasEnded } = this;
    const { filter } = this.state;
    return viewOf(this.watch, { title, counts, isPaused: false, hasEnded, filter, message: null });
  }

  private storyLines(
    { lines, at }: NonNullable<ScreenState['story']>,
    width: number,
    height: number,
  ): string[] {
    const page = lines.slice(at, at + height - 1);
    while (page.length < height - 1) page.push('');
    const fit = (line: string) => shorten(line, width, this.options.layout.unicode ? '…' : '...');
    return [...page, 'up and down (k, j) to read, any other key to go back'].map(fit);
  }

  private async open(word: string): Promise<void> {
    this.tell('looking for it ...');
    const { unicode } = this.options.layout;
    try {
      const lines = await this.watch.story(word, (process.stdout.columns || 80) - 1, unicode);
      this.state = { ...this.state, story: { lines, at: 0 }, prompt: null, message: null };
      this.refresh();
    } catch (error) {
      this.tell((error as Error).message);
    }
  }

  private async write(): Promise<void> {
    if (this.isWriting) return;
    this.isWriting = true;
    this.tell('writing what is kept ...');
    this.tell(await this.options.write().catch((error: unknown) => printable((error as Error).message)));
    this.isWriting = false;
  }
}
