import { counted } from '../base/counted.js';
import { type CopiedFrame, copyFrames, FRAME_KINDS } from '../capture/files/copy-frames.js';
import { pcapngOf } from '../capture/files/write-pcapng.js';
import type { Database } from '../store/database.js';
import { UserError } from '../base/user-error.js';
import type { Id } from '../packs/rows.js';
import { withInput } from './find-input.js';
import type { Story } from './story.js';

/** A lookup's frames, as the captures that they were read from have them. */
export interface LookupCapture {
  /** As a pcapng file. */
  bytes: Uint8Array;
  frames: number;
  /** Finds these messages in the captures themselves: a display filter of Wireshark. */
  filter: string;
  /** Why frames are missing, a sentence for each input. */
  missing: string[];
}

/** Of a redacted database: where its captures are, and what may be shown of their frames. */
export interface Redaction {
  /** The path and the hash of what an input of the database was made from. */
  original(sourceId: number): { path: string; sha256: string } | undefined;
  /** The frame with pseudonyms, or in a few words why it has none that is sure. */
  frame(frame: CopiedFrame): CopiedFrame | string;
}

/** An input that holds some of the frames. */
interface Source {
  source_id: number;
  /** What it may be called. */
  shown: string;
  path: string;
  kind: string;
  sha256: string;
  frames: number[];
}

/**
 * Copies the frames of a lookup's messages, and of what its servers asked upstream meanwhile, from the inputs that the database
 * names; those of a redacted one by `redaction`. Throws UserError where there are none, or no input has them any more.
 */
export async function captureOf(
  database: Database,
  story: Story,
  redaction: Redaction | null = null,
): Promise<LookupCapture> {
  const ids = [...new Set(transactionsOf(story))];
  const of = `transaction_id in (${ids.join(', ') || 'null'})`;
  const sources = await database.rows<Source>(
    `select s.source_id::DOUBLE as source_id, s.path as shown, s.path, s.kind, s.content_sha256 as sha256, list(distinct l.frame::DOUBLE) as frames
     from legs as l inner join sources as s on s.source_id = l.source_id
     where l.${of} group by all order by s.path`,
  );
  if (sources.length === 0)
    throw new UserError('not-in-evidence', 'No capture in this evidence shows a packet of that lookup');
  const found: (CopiedFrame & { capture: string })[] = [];
  const missing: string[] = [];
  const unsure = new Map<string, number>();
  for (const source of sources) {
    const copied = redaction === null ? await framesOf(source) : await originalFrames(source, redaction);
    if (typeof copied === 'string') missing.push(copied);
    else
      for (const frame of copied) {
        const shown = redaction === null ? frame : redaction.frame(frame);
        if (typeof shown === 'string') unsure.set(shown, (unsure.get(shown) ?? 0) + 1);
        else found.push({ ...shown, capture: source.shown });
      }
  }
  for (const [why, frames] of unsure)
    missing.push(`${counted(frames, 'frame')} that cannot be redacted surely: ${why}`);
  if (found.length === 0)
    throw new UserError('no-such-file', `None of these packets can be written: ${missing.join('; ')}`);
  found.sort((a, b) => a.seconds - b.seconds || a.nanos - b.nanos);
  const numbers = await database.rows<{ txid: number }>(
    `select distinct txid::DOUBLE as txid from transactions where ${of} and txid is not null order by txid`,
  );
  const filter = `dns.id in {${numbers.map(({ txid }) => `0x${txid.toString(16).padStart(4, '0')}`).join(', ')}}`;
  return { bytes: pcapngOf(found), frames: found.length, filter, missing };
}

function transactionsOf({ events }: Story): Id[] {
  return events.flatMap((event) => {
    if (event.kind === 'upstream') return [event.upstream.transaction_id];
    return event.kind === 'query' && event.query.transaction_id !== null ? [event.query.transaction_id] : [];
  });
}

/** The same of a redacted database's input; what is wrong with the original is said without its name. */
async function originalFrames(source: Source, redaction: Redaction): Promise<CopiedFrame[] | string> {
  const original = redaction.original(source.source_id);
  if (original === undefined) return `${source.shown} is not known any more`;
  return framesOf({ ...source, ...original }).catch((error: unknown) => {
    if (error instanceof UserError) return `${source.shown} cannot be read any more`;
    throw error;
  });
}

/** The frames of one input, or a sentence why they cannot be had. */
async function framesOf({ shown, path, kind, sha256, frames }: Source): Promise<CopiedFrame[] | string> {
  const known = FRAME_KINDS.find((name) => name === kind);
  if (known === undefined) return `${shown} holds no packets: it is ${kind}`;
  if (path === '-') return 'what was read from standard input is not there any more';
  const copied = await withInput(path, async (input) => {
    const copies = await copyFrames(known, input, new Set(frames));
    await input.drain();
    return input.content.sha256() === sha256 ? copies : `${shown} is another file than the one that was read`;
  });
  return copied ?? `${shown} is not there any more`;
}
