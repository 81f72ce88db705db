import { stat } from 'node:fs/promises';
import type { ErrorCode } from '../base/error-codes.js';
import { counted } from '../base/counted.js';
import { surest } from './choose-reader.js';
import { isArchive, mayUnpack, type Unpacked, type Unpacking } from '../input/archive/unpack.js';
import type { Location } from '../input/expand.js';
import { labelFromPath } from '../input/label.js';
import { isForeign, looksLike } from '../input/looks-like.js';
import { openInput } from '../input/open-input.js';
import { type Part, partsOf } from './paste-parts.js';
import type { Reader, ReadOptions } from '../raw/reader.js';
import { StoredBytes } from '../input/stored-bytes.js';
import type { Trouble } from '../input/trouble.js';
import type { Ledger } from '../store/ledger.js';
import { type KnownSource, nanosText } from '../store/source-record.js';
import { beginningsIn, beginningsOf, EarlierReadings } from './earlier-readings.js';
import type { Outcome } from './outcome.js';
import { hashesOf, intoSink, isBinaryOf } from './opened.js';
import { deservesThread, readInThread } from './read-in-thread.js';

export interface InputOptions extends ReadOptions {
  /** Reads an input again whose bytes are known, in place of its rows. */
  force: boolean;
  /** Names the node or pod of every input; guessed from each path where null. */
  label: string | null;
  /** By how much the clock of its times is ahead; seconds. */
  aheadSeconds?: number;
  /** Ends a pipe where it is. */
  cut?: AbortSignal;
  /** Whether what is read waits in the ledger until it is committed with others. */
  waits?: boolean;
  /** Where the files of archives are put. */
  unpacking: Unpacking;
}

/** Told the bytes read, the input's size where it is known, and the rows so far; what it throws ends the reading. */
export type OnRead = (bytes: number, size: number | null, rows: number) => void;

/** Ends a reading without a trace in the database. */
class Rejected extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome.status);
  }
}

/** Ends the reading of a text as a whole: it holds several kinds. */
class SeveralKinds extends Error {
  constructor(readonly parts: readonly Part[]) {
    super('several kinds');
  }
}

/** Ends the reading of an input that is an archive: its files are read instead. */
class Archived extends Error {
  constructor(readonly unpacked: Unpacked) {
    super('an archive');
  }
}

/** What reading an input came to, and the files that it turned out to hold where it is an archive. */
export interface InputRead {
  outcomes: Outcome[];
  unpacked: Location[];
}

/**
 * Reads one input into the ledger as one source; a short text that holds several kinds one after the other, as one for
 * each of its parts. Throws UserError where it cannot be opened, GroupFailed where it is lost with others.
 */
export async function readInput(
  ledger: Ledger,
  kinds: readonly Reader[],
  location: Location,
  options: InputOptions,
  onRead: OnRead,
): Promise<InputRead> {
  try {
    return { outcomes: [await readPart(ledger, kinds, location, options, onRead, null)], unpacked: [] };
  } catch (error) {
    if (error instanceof Archived)
      return { outcomes: archiveOutcomes(location, error), unpacked: error.unpacked.locations };
    if (!(error instanceof SeveralKinds)) throw error;
    const outcomes: Outcome[] = [];
    for (const part of error.parts)
      outcomes.push(await readPart(ledger, kinds, location, options, onRead, part));
    return { outcomes, unpacked: [] };
  }
}

/** What an archive is, or why its files cannot be read. */
function archiveOutcomes(location: Location, { unpacked }: Archived): Outcome[] {
  const { path } = location;
  if (unpacked.faults.length > 0)
    return unpacked.faults.map((sentence) => ({
      status: 'failed',
      path,
      code: 'unreadable-input',
      sentence,
    }));
  const files = unpacked.locations.length;
  if (files > 0)
    return [{ status: 'unpacked', path, sentence: `${path}: an archive of ${counted(files, 'file')}` }];
  return [useless(location, 'empty-input', `${path} holds no files to read`)];
}

/** Reads an input, or a part of it, as one source. */
async function readPart(
  ledger: Ledger,
  kinds: readonly Reader[],
  location: Location,
  options: InputOptions,
  onRead: OnRead,
  part: Part | null,
): Promise<Outcome> {
  const { path } = location;
  const earlier = new EarlierReadings(ledger, kinds);
  const bytes = part && new TextEncoder().encode(part.text);
  const size = bytes ? bytes.length : await sizeOnDisk(location);
  const same = bytes || size === null ? null : await knownBefore(ledger, earlier, location, size);
  if (same && !options.force) return known(path, same);
  const before = same ?? (options.force ? earlier.ofPath(path, part?.reader.kind) : null);
  const label = options.label ?? labelFromPath(path);
  const { aheadSeconds = 0, waits = false } = options;
  const request = { path, label, aheadSeconds, replaces: before?.sourceId ?? null, waits };
  let title = '';
  try {
    const result = await ledger.addSource(request, async (sink) => {
      const intoRows = intoSink(sink);
      let worst: Trouble | null = null;
      const trouble = (fault: Trouble) => {
        worst ??= fault;
        intoRows(fault);
      };
      if (location.trouble) trouble(location.trouble);
      const told = (bytes: number) => onRead(bytes, stored.size, sink.rows);
      // what cannot be read again is hashed up to all places that may be asked for
      const sizes = size === null ? earlier.sizes() : [];
      const stored = bytes
        ? StoredBytes.of(bytes, told)
        : await StoredBytes.open(location.file, trouble, told, sizes, options.cut);
      try {
        told(0);
        const input = await openInput(path, stored, trouble, isBinaryOf(kinds, path));
        if (!part && isArchive(input.rawHead) && mayUnpack(location)) {
          const unpacked = await options.unpacking.unpack(location, input.rawHead, input.chunks);
          const fault = worst as Trouble | null;
          if (fault && unpacked.faults.length === 0) {
            unpacked.faults.push(`${path} was not read to its end: ${fault.incomplete}`);
          }
          throw new Archived(unpacked);
        }
        if (isForeign(input.rawHead)) throw new Rejected(notEvidence(location, input.rawHead));
        const { ports, interfaces, logFormats } = options;
        const how: ReadOptions = {
          ports,
          ...(interfaces ? { interfaces } : {}),
          ...(logFormats ? { logFormats } : {}),
        };
        const whole = part ? null : surest(kinds, input.head, path, how);
        const parts = part || !input.lines ? [] : partsOf(kinds, input.lines, whole, path, how);
        if (parts.length > 0) throw new SeveralKinds(parts);
        const reader = part?.reader ?? whole?.reader;
        if (!reader) throw new Rejected(notEvidence(location, input.rawHead));
        title = reader.title;
        const { shared } = stored;
        const readHere = async () => {
          await reader.read(input, sink, how);
          await input.drain();
          return hashesOf(stored, input);
        };
        const hashes = deservesThread(reader, shared)
          ? await readInThread(reader, path, shared, sink, how, told)
          : await readHere();
        // A decompressor takes a run that is called off for a broken stream.
        told(hashes.bytes);
        const facts = {
          kind: reader.kind,
          isCapture: reader.isCapture ?? false,
          lacks: reader.lacks ?? [],
          ...hashes,
        };
        const firstTime = sink.first && nanosText(sink.first);
        const read = { ...facts, path, label, firstTime };
        const others = ({ sourceId }: KnownSource) => sourceId !== request.replaces;
        const since = earlier.ofSameBytes(path, facts.contentSha256);
        const again = since !== null && others(since) ? [since] : [];
        if (again.length > 0 && !options.force) throw new Rejected(known(path, again[0]!));
        const longer = await earlier.continuing(read);
        if (longer && others(longer)) throw new Rejected(beginning(path, longer));
        const continued = await earlier.continuedBy(read, async (shorter) => {
          if (bytes) return beginningsIn(StoredBytes.of(bytes, undefined, shorter), bytes.length);
          return size === null ? input.content.prefixes : beginningsOf(location.file, shorter);
        });
        return { ...facts, supersedes: [...again, ...continued.filter(others)] };
      } finally {
        await stored.close();
      }
    });
    return { ...result!, status: 'read', path, title, label };
  } catch (error) {
    if (error instanceof Rejected) return error.outcome;
    throw error;
  }
}

/** The size of what can be read again; null of standard input, FIFOs and what has no size. */
export async function sizeOnDisk({ file }: Location): Promise<number | null> {
  if (file === '-') return null;
  const stats = await stat(file).catch(() => null);
  return stats?.isFile() && stats.size > 0 ? stats.size : null;
}

/**
 * The source that holds this file's bytes already. Hashes it only where a source of its size is known (stored, or
 * decompressed), so that a new file is read once; that a file holds, compressed, what is known is told at its end.
 */
async function knownBefore(
  ledger: Ledger,
  earlier: EarlierReadings,
  { path, file }: Location,
  size: number,
): Promise<KnownSource | null> {
  if (ledger.known.ofSize(size).length === 0) return null;
  const stored = await StoredBytes.open(file, () => undefined);
  try {
    await stored.drain();
    return earlier.ofSameBytes(path, stored.hashed.sha256());
  } finally {
    await stored.close();
  }
}

function known(path: string, { sourceId, path: first }: KnownSource): Outcome {
  const as = first === path ? '' : ` as ${first}`;
  const sentence = `${path} is in the database already${as} (source ${sourceId}); nothing was added`;
  return { status: 'known', path, sourceId, sentence };
}

/** A capture or log as it was before it grew to what is in the database. */
function beginning(path: string, { sourceId, path: longer }: KnownSource): Outcome {
  const sentence = `${path} is the beginning of ${longer} (source ${sourceId}), which is in the database already; nothing was added`;
  return { status: 'known', path, sourceId, sentence };
}

function notEvidence(location: Location, head: Uint8Array): Outcome {
  return useless(location, 'unknown-kind', `${location.path} ${looksLike(head)}`);
}

/** A named file with nothing to read is a mistake to be told; one that lay in a folder is passed over. */
function useless({ path, named }: Location, code: ErrorCode, sentence: string): Outcome {
  return named ? { status: 'failed', path, code, sentence } : { status: 'passed-over', path, sentence };
}
