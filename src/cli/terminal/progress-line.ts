import type { Progress } from '../../ingest/index.js';
import { grouped } from '../../base/counted.js';
import { bytesText } from '../../report/cell.js';
import { printable } from '../../report/escape.js';
import { shorten } from '../../report/text-layout.js';

/** No line before this; most work is done by then. */
const QUIET_MS = 1000;
const BETWEEN_MS = 100;

/** What the line is drawn on: a terminal, or nothing is drawn. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** One line that says how far reading is, drawn over itself. Only on a terminal and for work over a second. */
export class ProgressLine {
  private readonly started: number;
  private drawn = false;
  private last = 0;
  /** When the input now read began. */
  private input = { number: 0, since: 0 };

  constructor(
    private readonly screen: Screen,
    private readonly off: boolean,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.started = now();
  }

  /** Says how far an input is. */
  show(progress: Progress): void {
    const now = this.now();
    if (progress.input !== this.input.number) this.input = { number: progress.input, since: now };
    if (this.isDue(now)) this.draw(progressText(progress, (now - this.input.since) / 1000));
  }

  /** Says what is done now. */
  note(text: string): void {
    if (this.isDue(this.now())) this.draw(text);
  }

  private isDue(now: number): boolean {
    if (this.off || this.screen.isTTY !== true) return false;
    if (now - this.started < QUIET_MS || now - this.last < BETWEEN_MS) return false;
    this.last = now;
    return true;
  }

  private draw(text: string): void {
    this.screen.write(`\r\u001b[K${shorten(text, (this.screen.columns ?? 80) - 1)}`);
    this.drawn = true;
  }

  clear(): void {
    if (this.drawn) this.screen.write('\r\u001b[K');
    this.drawn = false;
  }
}

/** `[2/5] a.pcap: 12.3 MB of 27.0 MB (45 %), 120,000 rows, 450,000 a second, 12 s left`. */
export function progressText(progress: Progress, seconds: number): string {
  const { path, input, inputs, bytes, totalBytes, rows } = progress;
  const parts = [totalBytes ? `${bytesText(bytes)} of ${bytesText(totalBytes)}` : bytesText(bytes)];
  if (totalBytes) parts[0] += ` (${Math.floor((100 * bytes) / totalBytes)} %)`;
  parts.push(`${grouped(rows)} rows`);
  if (seconds > 0) parts.push(`${grouped(rows / seconds)} a second`);
  if (totalBytes && bytes > 0)
    parts.push(`${grouped(Math.ceil((seconds * (totalBytes - bytes)) / bytes))} s left`);
  return `[${input}/${inputs}] ${printable(path)}: ${parts.join(', ')}`;
}
