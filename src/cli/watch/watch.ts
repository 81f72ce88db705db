import { closeSync, openSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { expand, type Location } from '../../input/expand.js';
import { LogFormats } from '../../ingest/log-formats.js';
import { UserError } from '../../base/user-error.js';
import { printable } from '../../report/escape.js';
import { databaseFile } from '../../store/database-file.js';
import { explainOpen } from '../../store/storage-fault.js';
import { followCollection, isCollection } from '../../watch/followed-collection.js';
import { Tcpdump } from '../../watch/tcpdump.js';
import { unfinished } from '../../watch/judge.js';
import type { Watch } from '../../watch/watch.js';
import type { Args } from '../grammar/args.js';
import { EXIT } from '../exit.js';
import { checkLogFormat, readPorts } from '../ingest.js';
import { Interrupts } from '../terminal/interrupts.js';
import type { Session } from '../session.js';
import { secondsOf } from '../time-span.js';
import { Showing } from './showing.js';

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
      'wrong-words',
      'nothing to watch: dnslens watch -i IFACE, or files that grow, or - for a capture on standard input',
    );
  const ports = portsOf(args.list('port'));
  args.list('log-format').forEach(checkLogFormat);
  const spans = spansOf(args);
  const collections = given.filter(isCollection);
  const locations = await locate(
    given.filter((path) => !collections.includes(path)),
    session,
  );
  const logFormats = await formatsIn(args.list('log-format'), [
    ...locations,
    ...(await expand(collections)).locations,
  ]);
  const tcpdump = device === undefined ? null : new Tcpdump(device, ports);
  const showing = new Showing(session, {
    ...spans,
    reading: { ports, logFormats },
    label: args.text('label') ?? null,
    database: databaseOf(args),
    title: titleOf([...(device === undefined ? [] : [device]), ...given]),
    counts: tcpdump?.counts ?? null,
    stays: true,
  });
  const interrupts = new Interrupts(() => {
    showing.end();
    return 'last';
  });
  try {
    const capture = tcpdump && { path: device!, tcpdump };
    const isOver = await showing.until(follow(showing.watch, { collections, locations, capture }));
    return showing.watch.followed.newest === 0 && isOver ? EXIT.userError : EXIT.done;
  } finally {
    interrupts.release();
    tcpdump?.close();
    showing.close();
    if (tcpdump !== null)
      session.notice(`tcpdump: ${tcpdump.counts.received} packets received, ${tcpdump.counts.dropped} lost`);
    process.stdin.destroy();
  }
}

/** Seconds of evidence that are kept, and that are judged at a time. */
export function spansOf(args: Args): { keep: number; window: number } {
  const keep = secondsOf('keep', args.text('keep')!, SHORTEST, LONGEST);
  return { keep, window: Math.min(keep, secondsOf('window', args.text('window')!, SHORTEST, LONGEST)) };
}

/** The formats of logs that were given, and those that a Corefile among the evidence tells. */
export async function formatsIn(
  given: readonly string[],
  locations: readonly Location[],
): Promise<readonly string[]> {
  const formats = new LogFormats(given);
  await formats.learn(locations);
  return formats.all;
}

function portsOf(given: readonly string[]): readonly number[] {
  return given.length === 0 ? [53] : readPorts(given);
}

/** Where others find what was judged last. Throws UserError where somebody's evidence lies there, or it cannot be written. */
function databaseOf(args: Args): string | null {
  const path = args.text('db');
  if (path === undefined) return null;
  if (databaseFile(path).state === 'there')
    throw new UserError(
      'file-exists',
      `${path} is there already, and watch would replace it; name another with --db`,
    );
  try {
    closeSync(openSync(unfinished(path), 'w', 0o600));
    rmSync(unfinished(path));
  } catch (error) {
    throw explainOpen(path, error);
  }
  return path;
}

/** The files that were named. */
async function locate(given: readonly string[], session: Session): Promise<Location[]> {
  if (given.length === 0) return [];
  const { locations, deadEnds } = await expand(given);
  for (const { sentence } of deadEnds) session.notice(`dnslens: ${printable(sentence)}`);
  if (locations.length === 0) throw new UserError('wrong-words', 'there is nothing to watch');
  return locations;
}

/** What is followed. */
interface Followed {
  /** Folders of collections that are under way. */
  collections: readonly string[];
  locations: readonly Location[];
  capture: { path: string; tcpdump: Tcpdump } | null;
}

/** Follows all of it: to the end of what comes as a stream, where there is one, else until it is stopped. */
async function follow(watched: Watch, { collections, locations, capture }: Followed): Promise<void> {
  const files = locations
    .filter(({ file }) => file !== '-')
    .map((location) => watched.followLocation(location));
  const here = () => ({ label: hostname(), aheadSeconds: 0 });
  const streams = [
    ...(capture === null ? [] : [watched.followChunks(capture.path, capture.tcpdump.chunks(), here)]),
    ...(files.length === locations.length ? [] : [watched.followChunks('-', standardInput())]),
    ...collections.map((folder) => followCollection(watched, folder)),
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
