import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { StreamOutput } from '../../report/file-output.js';
import type { Output } from '../../report/format.js';

/** Characters after which a pager starts though the text may have few lines. */
const BUFFER = 65_536;

/** More than a pipe holds: where so much was taken, somebody reads. */
const TAKEN = 1_048_576;

/** A shell's exit codes for a command that cannot be run, or that is not there. */
const NOT_STARTED: readonly (number | null)[] = [126, 127];

/** less, or without a word nothing where it is not there, as in slim images. */
const LESS = 'command -v less > /dev/null || exit 127; exec less';

/** The command to page with: DNSLENS_PAGER, PAGER or less; null where that is empty or `cat`. */
export function pagerCommand(env: Readonly<Record<string, string | undefined>>): string | null {
  const command = (env['DNSLENS_PAGER'] ?? env['PAGER'] ?? LESS).trim();
  return command === '' || command === 'cat' ? null : command;
}

/** Ends the writing of a text that nobody reads any more. */
export class ReaderLeft extends Error {}

/**
 * Text for a terminal: written as it is where it fits on the screen, else shown by a pager; written as it is too
 * where there is no such pager.
 */
export class PagedOutput implements Output {
  private buffer = '';
  private pager: Pager | null = null;
  /** What takes the place of a pager that could not be started. */
  private plain: StreamOutput | null = null;

  constructor(
    private readonly command: string,
    private readonly rows: number,
  ) {}

  /** Throws ReaderLeft once the pager was closed. */
  async write(text: string): Promise<void> {
    if (this.plain) return this.plain.write(text);
    this.buffer += text;
    if (this.pager || this.buffer.length > BUFFER) await this.page();
  }

  /** Writes the rest and waits until the reader leaves the pager. */
  async close(): Promise<void> {
    const fits = !this.pager && this.buffer.split('\n').length < this.rows;
    if (fits) await this.writePlain(this.buffer);
    else if (!this.plain) await this.page();
    if (!this.plain) await this.writePlain(await this.pager!.end());
    await this.plain?.close();
  }

  /** Waits until the reader leaves the pager, whatever there was still to write. */
  async stop(): Promise<void> {
    await this.pager?.end();
  }

  private async page(): Promise<void> {
    this.pager ??= new Pager(this.command);
    const text = this.buffer;
    this.buffer = '';
    if (await this.pager.write(text)) return;
    await this.writePlain(await this.pager.end());
    if (!this.plain) throw new ReaderLeft();
  }

  private async writePlain(text: string | null): Promise<void> {
    if (text === null) return;
    this.plain = new StreamOutput(process.stdout);
    await this.plain.write(text);
  }
}

/** A pager that runs. */
class Pager {
  private readonly child: ChildProcess;
  /** Its exit code; null where a signal ended it. */
  private readonly closed: Promise<number | null>;
  /** What nobody may have seen yet; null once the pager is known to read. */
  private unseen: string | null = '';
  private taken = 0;

  constructor(command: string) {
    // less: quit if it is one screen, show colours, leave the text on the screen
    const env = { LESS: 'FRX', LV: '-c', ...process.env };
    this.child = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env });
    this.child.stdin!.on('error', () => undefined);
    // an interrupt is the pager's to handle
    process.on('SIGINT', ignore);
    this.closed = new Promise<number | null>((resolve) => {
      this.child.on('error', () => resolve(NOT_STARTED[0]!));
      this.child.on('close', resolve);
    }).finally(() => process.removeListener('SIGINT', ignore));
  }

  /** Waits until the pager took the text; false where it takes no more. */
  async write(text: string): Promise<boolean> {
    if (this.unseen !== null) this.unseen += text;
    const { stdin } = this.child;
    if (stdin!.writable && !stdin!.write(text)) {
      await Promise.race([once(stdin!, 'drain').catch(() => undefined), this.closed]);
    }
    if (!stdin!.writable) return false;
    this.taken += text.length;
    if (this.taken > TAKEN) this.unseen = null;
    return true;
  }

  /** Waits until it has ended; gives what it was to show where it could not be started, else null. */
  async end(): Promise<string | null> {
    this.child.stdin!.end();
    return NOT_STARTED.includes(await this.closed) ? this.unseen : null;
  }
}

function ignore(): void {}
