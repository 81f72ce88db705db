import { StreamOutput, withFile } from '../../report/file-output.js';
import type { Output } from '../../report/format.js';
import { PagedOutput, pagerCommand, ReaderLeft } from './pager.js';

export interface OutputOptions {
  /** Whether a terminal shows it in a pager. */
  paged?: boolean;
  /** Whether `use` runs to its end though nobody reads any more, for what it finds beside its text. */
  finishes?: boolean;
}

/** Runs `use` with an output to a file, or to standard output where `path` is undefined. */
export async function withOutput(
  path: string | undefined,
  use: (output: Output) => Promise<void>,
  { paged = false, finishes = false }: OutputOptions = {},
): Promise<void> {
  if (path !== undefined) {
    return withFile(path, use).catch((error: unknown) => {
      if (!hasNoReader(error)) throw error; // as a FIFO whose reader has left
    });
  }
  const command = paged && process.stdout.isTTY ? pagerCommand(process.env) : null;
  const pager = command ? new PagedOutput(command, process.stdout.rows) : null;
  const output = pager ?? new StreamOutput(process.stdout);
  try {
    await use(finishes ? new UnreadOutput(output) : output);
    await output.close();
  } catch (error) {
    if (hasNoReader(error)) return;
    // an error's sentence would be lost below a pager that is still open
    await pager?.stop();
    throw error;
  }
}

/** Text that may go unread: what cannot be written is let go. */
class UnreadOutput implements Output {
  private unread = false;

  constructor(private readonly output: Output) {}

  async write(text: string): Promise<void> {
    if (this.unread) return;
    await this.output.write(text).catch((error: unknown) => {
      if (!hasNoReader(error)) throw error;
      this.unread = true;
    });
  }
}

/** Whether an error says that the pager or the pipe was closed. */
function hasNoReader(error: unknown): boolean {
  return error instanceof ReaderLeft || (error as NodeJS.ErrnoException).code === 'EPIPE';
}
