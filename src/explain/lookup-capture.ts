import { type CopiedFrame, copyFrames, FRAME_KINDS } from '../capture/files/copy-frames.js';
import { pcapngOf } from '../capture/files/write-pcapng.js';
import type { Database } from '../store/database.js';
import { UserError } from '../base/user-error.js';
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

/** An input that holds some of the frames. */
interface Source {
  path: string;
  kind: string;
  sha256: string;
  frames: number[];
}

/**
 * Copies the frames of a lookup's messages, and of what its servers asked upstream meanwhile, from the inputs that the database
 * names. Throws UserError where there are none, or no input has them any more.
 */
export async function captureOf(database: Database, story: Story): Promise<LookupCapture> {
  const ids = [...new Set(transactionsOf(story))];
  const of = `transaction_id in (${ids.join(', ') || 'null'})`;
  const sources = await database.rows<Source>(
    `select s.path, s.kind, s.content_sha256 as sha256, list(distinct l.frame::DOUBLE) as frames
     from legs as l inner join sources as s on s.source_id = l.source_id
     where l.${of} group by all order by s.path`,
  );
  if (sources.length === 0) throw new UserError('No capture in this evidence shows a packet of that lookup');
  const found: (CopiedFrame & { capture: string })[] = [];
  const missing: string[] = [];
  for (const source of sources) {
    const copied = await framesOf(source);
    if (typeof copied === 'string') missing.push(copied);
    else found.push(...copied.map((frame) => ({ ...frame, capture: source.path })));
  }
  if (found.length === 0) throw new UserError(`No capture has these packets any more: ${missing.join('; ')}`);
  found.sort((a, b) => a.seconds - b.seconds || a.nanos - b.nanos);
  const numbers = await database.rows<{ txid: number }>(
    `select distinct txid::DOUBLE as txid from transactions where ${of} and txid is not null order by txid`,
  );
  const filter = `dns.id in {${numbers.map(({ txid }) => `0x${txid.toString(16).padStart(4, '0')}`).join(', ')}}`;
  return { bytes: pcapngOf(found), frames: found.length, filter, missing };
}

function transactionsOf({ events }: Story): number[] {
  return events.flatMap((event) => {
    if (event.kind === 'upstream') return [event.upstream.transaction_id];
    return event.kind === 'query' && event.query.transaction_id !== null ? [event.query.transaction_id] : [];
  });
}

/** The frames of one input, or a sentence why they cannot be had. */
async function framesOf({ path, kind, sha256, frames }: Source): Promise<CopiedFrame[] | string> {
  const known = FRAME_KINDS.find((name) => name === kind);
  if (known === undefined) return `${path} holds no packets: it is ${kind}`;
  if (path === '-') return 'what was read from standard input is not there any more';
  const copied = await withInput(path, async (input) => {
    const copies = await copyFrames(known, input, new Set(frames));
    await input.drain();
    return input.content.sha256() === sha256 ? copies : `${path} is another file than the one that was read`;
  });
  return copied ?? `${path} is not there any more`;
}
