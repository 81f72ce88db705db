import { UserError } from '../store/user-error.js';
import { Args, parseArgs } from './args.js';
import { commandOf } from './commands.js';
import { EXIT } from './exit.js';
import { Session } from './session.js';
import { version } from './version.js';

const ISSUES = 'https://github.com/dnslens/dnslens/issues';

/** Runs one command line and gives its exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', letGo);
  try {
    return await runCommand(parseArgs(argv));
  } catch (error) {
    return explain(error);
  }
}

/** A pipe whose reader has left (`| head`) is no error: what is written to it is lost, and what is to be done is done. */
function letGo(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function runCommand(args: Args): Promise<number> {
  if (args.on('version')) {
    process.stdout.write(`${version()}\n`);
    return EXIT.done;
  }
  if (args.on('help') || args.command === null) {
    const { helpText } = await import('./help.js');
    process.stdout.write(helpText(args.command, process.stdout.columns || 100));
    return EXIT.done;
  }
  const run = await commandOf(args.command).load();
  return run(new Session(args));
}

/** One sentence for the person; a stack only for who asks with DNSLENS_DEBUG. */
async function explain(error: unknown): Promise<number> {
  const debug = Boolean(process.env['DNSLENS_DEBUG']);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UserError && !debug) {
    process.stderr.write(`dnslens: ${await safe(message)}\n`);
    return EXIT.userError;
  }
  if (debug) process.stderr.write(`${error instanceof Error ? error.stack : message}\n`);
  if (error instanceof UserError) return EXIT.userError;
  process.stderr.write(
    `dnslens: this is a bug in dnslens ${version()}: ${await safe(message.split('\n')[0]!)}\n` +
      `Please report it at ${ISSUES} with what you ran; DNSLENS_DEBUG=1 shows where it happened.\n`,
  );
  return EXIT.bug;
}

/** A message may quote a file's name or bytes; its own line breaks stay. */
async function safe(message: string): Promise<string> {
  const { printable } = await import('../report/escape.js');
  return message.split('\n').map(printable).join('\n');
}
