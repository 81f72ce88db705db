import { hostname } from 'node:os';
import { basename } from 'node:path';
import { expand, type Location } from '../input/expand.js';
import { LogFormats } from '../ingest/log-formats.js';
import { json, printable } from '../report/escape.js';
import { UserError } from '../base/user-error.js';
import { changeLine, changeObject } from '../watch/change-line.js';
import { Tcpdump } from '../watch/tcpdump.js';
import type { Change } from '../watch/verdicts.js';
import { Watch } from '../watch/watch.js';
import { EXIT } from './exit.js';
import { checkLogFormat, readPorts } from './ingest.js';
import { Interrupts } from './interrupts.js';
import type { Session } from './session.js';
import { secondsOf } from './time-span.js';
import { WatchScreen } from './watch-screen.js';
import { writeWatched } from './write-watched.js';

const TICK_MS = 1000;
/** Seconds that --keep and --window may be. */
const LONGEST = 3600;
const SHORTEST = 15;

/** dnslens watch: a screen on a terminal, elsewhere a line for each change of a verdict, until the evidence ends or it is told to. */
export async function watch(session: Session): Promise<number> {
  const { args } = session;
  const device = args.text('interface');
  const given = args.operands;
  if (device === undefined && given.length === 0)
    throw new UserError(
      'nothing to watch: dnslens watch -i IFACE, or files that grow, or - for a capture on standard input',
    );
  const keep = secondsOf('keep', args.text('keep')!, SHORTEST, LONGEST);
  const ports = portsOf(args.list('port'));
  const locations = await locate(given, session);
  args.list('log-format').forEach(checkLogFormat);
  const formats = new LogFormats(args.list('log-format'));
  await formats.learn(locations);
  const onScreen = process.stdout.isTTY === true && !args.on('json');
  let screen: WatchScreen | null = null;
  const watched = new Watch({
    reading: { ports, logFormats: formats.all },
    label: args.text('label') ?? null,
    memoryLimit: session.limits.memoryLimit,
    keep,
    window: Math.min(keep, secondsOf('window', args.text('window')!, SHORTEST, LONGEST)),
    onChanges: (changes) => (onScreen ? undefined : print(changes, args.on('json'))),
    onFault: (sentence) =>
      screen === null ? session.notice(`dnslens: ${printable(sentence)}`) : screen.tell(sentence),
  });
  const tcpdump = device === undefined ? null : new Tcpdump(device, ports);
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const interrupts = new Interrupts(() => {
    stop();
    return 'last';
  });
  const ticking = setInterval(() => {
    watched.tick();
    screen?.refresh();
  }, TICK_MS);
  try {
    const reading = follow(watched, locations, tcpdump && { path: device!, tcpdump });
    if (onScreen)
      screen = new WatchScreen(watched, {
        title: titleOf([...(device === undefined ? [] : [device]), ...given]),
        counts: tcpdump?.counts ?? null,
        layout: session.layout(),
        onQuit: stop,
        write: () => writeWatched(watched, args),
      });
    const isOver = await Promise.race([reading.then(() => true), stopped.then(() => false)]);
    if (isOver && screen === null) await watched.finish();
    if (isOver && screen !== null) {
      await watched.finish();
      screen.end();
      await stopped;
    }
    if (!isOver) reading.catch(() => undefined);
    return watched.newest === 0 && isOver ? EXIT.userError : EXIT.done;
  } finally {
    clearInterval(ticking);
    screen?.close();
    interrupts.release();
    tcpdump?.close();
    watched.close();
    if (tcpdump !== null)
      session.notice(`tcpdump: ${tcpdump.counts.received} packets received, ${tcpdump.counts.dropped} lost`);
    process.stdin.destroy();
  }
}

function portsOf(given: readonly string[]): readonly number[] {
  return given.length === 0 ? [53] : readPorts(given);
}

/** The files that were named. */
async function locate(given: readonly string[], session: Session): Promise<Location[]> {
  const { locations, deadEnds } = await expand(given);
  for (const { sentence } of deadEnds) session.notice(`dnslens: ${printable(sentence)}`);
  if (locations.length === 0 && given.length > 0) throw new UserError('there is nothing to watch');
  return locations;
}

/** Follows all of them: to the end of what comes as a stream, where there is one, else until it is stopped. */
async function follow(
  watched: Watch,
  locations: readonly Location[],
  capture: { path: string; tcpdump: Tcpdump } | null,
): Promise<void> {
  const files = locations
    .filter(({ file }) => file !== '-')
    .map((location) => watched.followLocation(location));
  const streams = [
    ...(capture === null ? [] : [watched.followChunks(capture.path, capture.tcpdump.chunks(), hostname())]),
    ...(files.length === locations.length ? [] : [watched.followChunks('-', standardInput())]),
  ];
  if (streams.length > 0) void Promise.allSettled(streams).then(() => watched.stop());
  await Promise.all([...streams, ...files]);
}

function standardInput(): AsyncIterable<Uint8Array> {
  return process.stdin.iterator({ destroyOnReturn: false });
}

function titleOf(given: readonly string[]): string {
  const first = given[0] === '-' ? 'standard input' : basename(given[0]!);
  return given.length === 1 ? first : `${first} and ${given.length - 1} more`;
}

function print(changes: readonly Change[], asJson: boolean): void {
  for (const change of changes)
    process.stdout.write(`${asJson ? json(changeObject(change)) : changeLine(change)}\n`);
}
