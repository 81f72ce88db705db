import { StreamOutput, withFile } from '../report/file-output.js';
import type { Output } from '../report/format.js';
import { PagedOutput, pagerCommand, ReaderLeft } from './pager.js';

/**
 * Runs `use` with an output to a file, or to standard output where `path` is undefined or `-`; on a terminal
 * that is a pager where `paged` is true.
 */
export async function withOutput(
  path: string | undefined,
  use: (output: Output) => Promise<void>,
  paged = false,
): Promise<void> {
  if (path !== undefined && path !== '-') return withFile(path, use);
  const command = paged && process.stdout.isTTY ? pagerCommand(process.env) : null;
  const output = command ? new PagedOutput(command, process.stdout.rows) : new StreamOutput(process.stdout);
  try {
    await use(output);
    await output.close();
  } catch (error) {
    if (!(error instanceof ReaderLeft)) throw error;
  }
}
