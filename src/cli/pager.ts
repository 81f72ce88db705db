import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Output } from '../report/format.js';

/** Characters after which a pager starts though the text may have few lines. */
const BUFFER = 65_536;

/** The command to page with: DNSLENS_PAGER, PAGER or less; null where that is empty or `cat`. */
export function pagerCommand(env: Readonly<Record<string, string | undefined>>): string | null {
  const command = (env['DNSLENS_PAGER'] ?? env['PAGER'] ?? 'less').trim();
  return command === '' || command === 'cat' ? null : command;
}

/** Ends the writing of a text that nobody reads any more. */
export class ReaderLeft extends Error {}

/** Text for a terminal: written as it is where it fits on the screen, else shown by a pager. */
export class PagedOutput implements Output {
  private buffer = '';
  private pager: ChildProcess | null = null;
  private left = false;

  constructor(
    private readonly command: string,
    private readonly rows: number,
  ) {}

  /** Throws ReaderLeft once the pager was closed. */
  async write(text: string): Promise<void> {
    if (this.left) throw new ReaderLeft();
    this.buffer += text;
    if (this.pager || this.buffer.length > BUFFER) await this.page();
  }

  /** Writes the rest and waits until the reader leaves the pager. */
  async close(): Promise<void> {
    const lines = this.buffer.split('\n').length;
    if (!this.pager && lines < this.rows) {
      process.stdout.write(this.buffer);
      return;
    }
    await this.page();
    if (!this.pager || this.left) return;
    this.pager.stdin!.end();
    await once(this.pager, 'close');
  }

  private async page(): Promise<void> {
    this.pager ??= this.start();
    const text = this.buffer;
    this.buffer = '';
    const { stdin } = this.pager;
    if (!this.left && !stdin!.write(text)) {
      await Promise.race([once(stdin!, 'drain'), once(this.pager, 'close')]).catch(() => undefined);
    }
  }

  private start(): ChildProcess {
    // less: quit if it is one screen, show colours, leave the text on the screen
    const env = { LESS: 'FRX', LV: '-c', ...process.env };
    const pager = spawn(this.command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env });
    pager.stdin.on('error', () => (this.left = true));
    pager.on('close', () => (this.left = true));
    // an interrupt is the pager's to handle
    process.removeAllListeners('SIGINT');
    process.on('SIGINT', () => undefined);
    return pager;
  }
}
