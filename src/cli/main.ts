import { explainMachine } from '../base/system-fault.js';
import { UserError } from '../base/user-error.js';
import { asksJson, parseArgs } from './grammar/args.js';
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
    if (!(await output.ended(error))) code = await explain(error, asksJson(argv));
  }
  const fault = await output.fault();
  return fault === null ? code : explain(fault, asksJson(argv));
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

/** One sentence for the person, or an object where JSON was asked for; a stack only for who asks with DNSLENS_DEBUG. */
async function explain(error: unknown, asJson: boolean): Promise<number> {
  const { tellError } = await import('./tell-error.js');
  const debug = Boolean(process.env['DNSLENS_DEBUG']);
  const message = error instanceof Error ? error.message : String(error);
  if (debug) process.stderr.write(`${error instanceof Error ? error.stack : message}\n`);
  const mistake = error instanceof UserError ? error : explainMachine(error);
  if (mistake !== null) {
    // a stack begins with the sentence
    if (asJson || !debug || mistake !== error) tellError(mistake, asJson);
    return EXIT.userError;
  }
  const bug =
    `this is a bug in dnslens ${version()}: ${message.split('\n')[0]!}\n` +
    `Please report it at ${ISSUES} with what you ran; DNSLENS_DEBUG=1 shows where it happened.`;
  tellError({ code: 'bug', message: bug }, asJson);
  return EXIT.bug;
}
