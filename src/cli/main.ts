import { explainMachine } from '../base/system-fault.js';
import { UserError } from '../base/user-error.js';
import { parseArgs } from './grammar/args.js';
import { EXIT } from './exit.js';
import { RUNS } from './runs.js';
import { Session } from './session.js';
import { OutputWatch } from './terminal/standard-output.js';
import { version } from './version.js';

const ISSUES = 'https://github.com/dnslens/dnslens/issues';

/** Runs one command line and gives its exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  const output = new OutputWatch();
  let code: number = EXIT.done;
  try {
    code = await runCommand(argv);
  } catch (error) {
    if (!(await output.ended(error))) code = await explain(error);
  }
  const fault = await output.fault();
  return fault === null ? code : explain(fault);
}

async function runCommand(argv: readonly string[]): Promise<number> {
  const args = parseArgs(argv);
  if (args.on('version')) {
    process.stdout.write(`${version()}\n`);
    return EXIT.done;
  }
  if (args.on('help') || args.command === null) {
    const { helpText } = await import('./help.js');
    process.stdout.write(helpText(args.command, process.stdout.columns || 100));
    return EXIT.done;
  }
  const run = await RUNS[args.command]();
  return run(new Session(args));
}

/** One sentence for the person; a stack only for who asks with DNSLENS_DEBUG. */
async function explain(error: unknown): Promise<number> {
  const debug = Boolean(process.env['DNSLENS_DEBUG']);
  const message = error instanceof Error ? error.message : String(error);
  if (debug) process.stderr.write(`${error instanceof Error ? error.stack : message}\n`);
  const mistake = error instanceof UserError ? error : explainMachine(error);
  if (mistake !== null) {
    if (!debug || mistake !== error) process.stderr.write(`dnslens: ${await safe(mistake.message)}\n`);
    return EXIT.userError;
  }
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
