import { ingest as readInputs, type Outcome } from '../ingest/index.js';
import { ensureModels } from '../build/current.js';
import { counted, grouped } from '../base/counted.js';
import { secondsText } from '../report/cell.js';
import { printable } from '../report/escape.js';
import { parseLogFormat, unknownPlaceholders } from '../logs/lines/log-format.js';
import { Ledger } from '../store/ledger.js';
import { UserError } from '../base/user-error.js';
import { EXIT } from './exit.js';
import { Interrupts } from './terminal/interrupts.js';
import { namingFaults } from './model-fault.js';
import { outcomeText } from './outcome-text.js';
import { ProgressLine } from './terminal/progress-line.js';
import { tellError } from './tell-error.js';
import type { Session } from './session.js';

/**
 * dnslens ingest: 0, or 2 where an input gave nothing. An interrupt ends it with the inputs that are read. What
 * comes over a pipe is read to its end on Ctrl-C, which whoever writes it was told as well; a signal to dnslens alone,
 * or a second one, ends it where it is.
 */
export function ingest(session: Session): Promise<number> {
  return readEvidence(session, (text) => session.say(text));
}

/** The same, with `say` told of what was read. */
export function readEvidence(session: Session, say: (text: string) => void): Promise<number> {
  return namingFaults(session, () => readAndBuild(session, say));
}

async function readAndBuild(session: Session, say: (text: string) => void): Promise<number> {
  const { args } = session;
  const ports = readPorts(args.list('port'));
  const logFormats = args.list('log-format');
  logFormats.forEach(checkLogFormat);
  const started = performance.now();
  const ledger = await Ledger.open(session.databasePath, session.limits);
  const progress = new ProgressLine(process.stderr, session.quiet);
  const stop = new AbortController();
  const cut = new AbortController();
  let piped = false;
  let drains = false;
  const interrupts = new Interrupts((signal) => {
    progress.clear();
    if (piped && signal === 'SIGINT' && !drains) {
      drains = true;
      session.notice('dnslens: reading what is left in the pipe; interrupt again to end it here');
      return 'more';
    }
    if (piped) cut.abort();
    else {
      stop.abort();
      interrupts.end({ soon: true });
    }
    return 'last';
  });
  const interrupted = () => stop.signal.aborted || cut.signal.aborted;
  try {
    const { outcomes, gaveNothing } = await readInputs(ledger, args.operands, {
      ...(ports.length > 0 ? { ports } : {}),
      logFormats,
      force: args.on('force'),
      label: args.text('label') ?? null,
      signal: stop.signal,
      cut: cut.signal,
      onProgress: (now) => {
        piped = now.totalBytes === null;
        progress.show(now);
      },
      onOutcome: (outcome) => {
        piped = false;
        progress.clear();
        tell(outcome, say, args.asksJson);
      },
    });
    if (interrupted()) {
      say(`${totals(outcomes, performance.now() - started)}; interrupted: run it again for the rest`);
      return EXIT.userError;
    }
    // What an interrupt of these leaves behind, the next command builds.
    interrupts.release();
    await ensureModels(ledger.database, { onModel: (name) => progress.note(`models: ${name} is built`) });
    progress.clear();
    say(totals(outcomes, performance.now() - started));
    return gaveNothing ? EXIT.userError : EXIT.done;
  } finally {
    progress.clear();
    ledger.close();
    interrupts.release();
    if (interrupted()) interrupts.end();
  }
}

/** Ports as they were given. Throws UserError where one is none. */
export function readPorts(given: readonly string[]): number[] {
  return given.map((text) => {
    const port = Number(text);
    if (Number.isInteger(port) && port > 0 && port < 65536) return port;
    throw new UserError('wrong-value', `--port ${text} is no port; write a number from 1 to 65535`);
  });
}

/** Throws UserError for a format that is none. */
export function checkLogFormat(format: string): void {
  const [unknown] = unknownPlaceholders(format);
  if (unknown !== undefined) {
    throw new UserError(
      'wrong-value',
      `--log-format has ${unknown}, which CoreDNS's log plugin does not know; write the format as it stands in the Corefile`,
    );
  }
  const parsed = parseLogFormat(format);
  if (typeof parsed === 'string') throw new UserError('wrong-value', `--log-format "${format}" ${parsed}`);
}

/** An input's line: to standard output, or to standard error where it gave nothing. */
function tell(outcome: Outcome, say: (text: string) => void, asJson: boolean): void {
  if (outcome.status !== 'failed') return say(outcomeText(outcome));
  tellError({ code: outcome.code, message: printable(outcome.sentence) }, asJson);
  if (process.env['DNSLENS_DEBUG'] && outcome.cause instanceof Error) {
    process.stderr.write(`${outcome.cause.stack}\n`);
  }
}

function totals(outcomes: readonly Outcome[], milliseconds: number): string {
  const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  const rows = outcomes.reduce((sum, outcome) => sum + (outcome.status === 'read' ? outcome.rows : 0), 0);
  const parts = [
    `${counted(count('read'), 'input')} read`,
    ...(count('known') > 0 ? [`${grouped(count('known'))} known already`] : []),
    ...(count('passed-over') > 0 ? [`${grouped(count('passed-over'))} passed over`] : []),
    ...(count('failed') > 0 ? [`${grouped(count('failed'))} not read`] : []),
  ];
  return `${parts.join(', ')}: ${counted(rows, 'row')} in ${secondsText(milliseconds / 1000)}`;
}
