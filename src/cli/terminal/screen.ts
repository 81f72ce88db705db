import { openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** The other screen, no cursor, lines that are cut rather than broken; and back. */
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l';
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l';
const CTRL_C = '\u0003';
const CTRL_Z = '\u001a';

/** What a screen tells. */
export interface ScreenEvents {
  onKey: (key: string) => void;
  /** Ctrl-C. */
  onQuit: () => void;
  /** It has another size, or is there again. */
  onChange: () => void;
}

/** The terminal as one screen that is drawn over: its own state is back whenever dnslens ends, is stopped or fails. */
export class FullScreen {
  private readonly keys: ReadStream | null;
  private readonly opened: number | null;
  private isOn = false;

  constructor(private readonly events: ScreenEvents) {
    // standard input may be the evidence: keys come from the terminal itself then
    this.opened = process.stdin.isTTY ? null : terminal();
    this.keys = process.stdin.isTTY
      ? process.stdin
      : this.opened === null
        ? null
        : new ReadStream(this.opened);
    this.keys?.setEncoding('utf8').on('data', this.take);
    process.on('exit', this.leave);
    process.on('SIGCONT', this.enter);
    process.on('SIGTSTP', this.suspend);
    process.stdout.on('resize', this.events.onChange);
    this.enter();
  }

  draw(lines: readonly string[]): void {
    if (!this.isOn) return;
    // erased before it is written: after it the cursor may stand on the last character
    process.stdout.write(`\u001b[H${lines.map((line) => `\u001b[2K${line}`).join('\r\n')}`);
  }

  close(): void {
    this.leave();
    this.keys?.off('data', this.take);
    if (this.opened === null) process.stdin.pause();
    else this.keys?.destroy();
    process.off('exit', this.leave);
    process.off('SIGCONT', this.enter);
    process.off('SIGTSTP', this.suspend);
    process.stdout.off('resize', this.events.onChange);
  }

  private readonly enter = () => {
    this.isOn = true;
    this.keys?.setRawMode(true);
    process.stdout.write(ENTER);
    this.events.onChange();
  };

  /** At once, as the process may be about to end. */
  private readonly leave = () => {
    if (!this.isOn) return;
    this.isOn = false;
    try {
      this.keys?.setRawMode(false);
      writeSync(process.stdout.fd, LEAVE);
    } catch {
      // the terminal is gone
    }
  };

  private readonly suspend = () => {
    this.leave();
    process.kill(process.pid, 'SIGSTOP');
  };

  private readonly take = (typed: string | Buffer) => {
    const text = String(typed);
    if (text === CTRL_C) this.events.onQuit();
    else if (text === CTRL_Z) this.suspend();
    // an arrow is one key of several characters
    else if (/^\u001b[[O]/.test(text)) this.events.onKey(text);
    else for (const key of text) this.events.onKey(key);
  };
}

function terminal(): number | null {
  try {
    return openSync('/dev/tty', 'r');
  } catch {
    return null;
  }
}
