import type { Layout } from '../report/format.js';
import { printable } from '../report/escape.js';
import { shorten } from '../report/text.js';
import { frame } from '../watch/frame.js';
import type { CaptureCounts } from '../watch/tcpdump.js';
import { type View, viewOf } from '../watch/view.js';
import type { Watch } from '../watch/watch.js';
import { FullScreen } from './screen.js';

export interface WatchScreenOptions {
  title: string;
  counts: CaptureCounts | null;
  layout: Layout;
  onQuit: () => void;
  /** Writes what is kept and says where. */
  write: () => Promise<string>;
}

const UP = ['\u001b[A', 'k'];
const DOWN = ['\u001b[B', 'j'];
const ESCAPE = '\u001b';
const ENTER = ['\r', '\n'];
const BACKSPACE = ['\u007f', '\b'];

/** What is being typed, and what it is for. */
interface Prompt {
  asks: string;
  text: string;
  done: (text: string) => void;
}

/** The screen of `dnslens watch`, and what its keys do. */
export class WatchScreen {
  private readonly screen: FullScreen;
  private prompt: Prompt | null = null;
  private filter: string | null = null;
  private message: string | null = null;
  private hasEnded = false;
  private isWriting = false;
  /** The view that a pause holds. */
  private held: View | null = null;
  /** A story in the place of the view, and its first line shown. */
  private story: { lines: readonly string[]; at: number } | null = null;

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

  /** Draws what is so now. */
  refresh(): void {
    const { color, unicode } = this.options.layout;
    const width = process.stdout.columns || 80;
    const height = process.stdout.rows || 24;
    if (this.story !== null) return this.screen.draw(this.storyLines(width, height));
    const message = this.prompt ? `${this.prompt.asks}${this.prompt.text}_` : this.message;
    const view = { ...(this.held ?? this.current()), isPaused: this.held !== null, message };
    this.screen.draw(frame(view, { width, height, color, unicode }));
  }

  /** Shows a sentence until a key is pressed. */
  tell(sentence: string): void {
    this.message = sentence;
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
    if (this.prompt !== null) this.type(this.prompt, key);
    else if (this.story !== null) this.read(this.story, key);
    else this.command(key);
    this.refresh();
  }

  private command(key: string): void {
    this.message = null;
    if (key === 'q') this.options.onQuit();
    else if (key === 'p') this.held = this.held ? null : this.current();
    else if (key === '/') this.ask('narrow to a client or a name: ', (text) => (this.filter = text || null));
    else if (key === ESCAPE) this.filter = null;
    else if (key === 'o') this.ask('story of a name, or worst: ', (text) => void this.open(text || 'worst'));
    else if (key === 'w') void this.write();
  }

  private current(): View {
    const { title, counts } = this.options;
    const { filter, hasEnded } = this;
    return viewOf(this.watch, { title, counts, isPaused: false, hasEnded, filter, message: null });
  }

  private ask(asks: string, done: (text: string) => void): void {
    this.prompt = { asks, text: '', done };
  }

  private type(prompt: Prompt, key: string): void {
    if (ENTER.includes(key) || key === ESCAPE) {
      this.prompt = null;
      if (key !== ESCAPE) prompt.done(prompt.text.trim());
    } else if (BACKSPACE.includes(key)) prompt.text = prompt.text.slice(0, -1);
    else if (key.length === 1 && key >= ' ') prompt.text = (prompt.text + key).slice(0, 255);
  }

  private read(story: { lines: readonly string[]; at: number }, key: string): void {
    const last = Math.max(0, story.lines.length - 1);
    if (UP.includes(key)) story.at = Math.max(0, story.at - 1);
    else if (DOWN.includes(key)) story.at = Math.min(last, story.at + 1);
    else this.story = null;
  }

  private storyLines(width: number, height: number): string[] {
    const { lines, at } = this.story!;
    const page = lines.slice(at, at + height - 1);
    while (page.length < height - 1) page.push('');
    const fit = (line: string) => shorten(line, width, this.options.layout.unicode ? '…' : '...');
    return [...page, 'up and down (k, j) to read, any other key to go back'].map(fit);
  }

  private async open(word: string): Promise<void> {
    this.message = 'looking for it ...';
    const { unicode } = this.options.layout;
    try {
      const lines = await this.watch.story(word, (process.stdout.columns || 80) - 1, unicode);
      this.story = { lines, at: 0 };
      this.message = null;
    } catch (error) {
      this.message = (error as Error).message;
    }
    this.refresh();
  }

  private async write(): Promise<void> {
    if (this.isWriting) return;
    this.isWriting = true;
    this.message = 'writing what is kept ...';
    this.refresh();
    this.message = await this.options.write().catch((error: unknown) => printable((error as Error).message));
    this.isWriting = false;
    this.refresh();
  }
}
