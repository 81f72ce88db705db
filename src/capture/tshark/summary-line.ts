import { isIP } from 'node:net';
import type { ShownPacket, ShownRecord } from './packet.js';
import { shownType } from './shown-record.js';

/** A line of tshark's default output, or a row of Wireshark's packet list. */
export interface Summary {
  readonly number: number | null;
  readonly time: string;
  readonly src: string;
  readonly dst: string;
  readonly protocol: string;
  readonly info: string;
}

const TIME = String.raw`(?:\d{4}-\d\d-\d\d[ T])?(?:\d{1,10}(?:\.\d{1,9})?|\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)Z?`;
const LINE = new RegExp(
  String.raw`^\s*(\d{1,9})\s+(${TIME})\s+(\S{1,300})\s+(?:(?:→|->|=>|â†’|\?)\s+)?(\S{1,300})\s+([A-Z][\w./-]{1,20})\s+(?:\d{1,7}\s+)?(\S.*)$`,
);

/** Reads a summary line; null for any other. */
export function readSummaryLine(line: string): Summary | null {
  const found = LINE.exec(line.trimEnd());
  if (!found) return null;
  const [, number, time, src, dst, protocol, info] = found as unknown as string[];
  return { number: Number(number), time: time!, src: src!, dst: dst!, protocol: protocol!, info: info! };
}

const INFO =
  /^(?:Standard query|Server status request|Zone change notification|Dynamic update|Inverse query|Unknown operation \(\d+\))( response)? (0x[\da-f]{1,4})(?: (.*))?$/;
/** packet-dns.c, rcode_vals. */
const RCODES: readonly (readonly [string, number])[] = [
  ['No such name', 3],
  ['Format error', 1],
  ['Server failure', 2],
  ['Not implemented', 4],
  ['Refused', 5],
  ['Name exists', 6],
  ['RRset exists', 7],
  ['RRset does not exist', 8],
  ['Not authoritative', 9],
  ['Name out of zone', 10],
];
const NS = 2;
const SOA = 6;
const DATA_FIELDS: Readonly<Record<number, string>> = {
  1: 'dns_a',
  28: 'dns_aaaa',
  5: 'dns_cname',
  2: 'dns_ns',
  12: 'dns_ptr_domain_name',
};

/** Where another message of a segment begins: tshark puts nothing between them. */
const NEXT = /(?<=.)(?=Standard query (?:response )?0x[\da-f]{4}(?: |$))/;

/** What the Info column says of each DNS message, as fields; empty if it is none. */
export function readInfo(summary: Summary): ShownPacket[] {
  return summary.info.split(NEXT).flatMap((info) => readOne({ ...summary, info }) ?? []);
}

function readOne({ src, dst, info }: Summary): ShownPacket | null {
  const found = INFO.exec(info.trim());
  if (!found) return null;
  const isResponse = found[1] !== undefined;
  let rest = (found[3] ?? '').trim();
  const fields = new Map<string, string[]>([
    ['dns_id', [found[2]!]],
    ['_ws_col_def_src', [src]],
    ['_ws_col_def_dst', [dst]],
    ['dns_flags_response', [isResponse ? '1' : '0']],
  ]);
  const rcode = RCODES.find(([words]) => rest.startsWith(words));
  if (rcode) rest = rest.slice(rcode[0].length).trim();
  if (isResponse) fields.set('dns_flags_rcode', [String(rcode?.[1] ?? 0)]);
  const pairs = pairsOf(rest);
  // Versions before 2.0 leave the question out of a response
  const asked = pairs[0];
  if (asked && !(isResponse && isData(asked))) {
    pairs.shift();
    fields.set('dns_qry_name', [asked.value]);
    fields.set('dns_qry_type', [String(asked.type)]);
  }
  let section = 1;
  const records = pairs.map(({ type, value }): ShownRecord => {
    const data = DATA_FIELDS[type];
    // sections are not told apart: servers' names and SOA nobody asked for are authority, what follows them is additional
    if ((type === NS || type === SOA) && type !== asked?.type) section = 2;
    else if (section === 2) section = 3;
    return {
      section,
      fields: new Map([['dns_resp_type', String(type)], ...(data ? [[data, value] as const] : [])]),
    };
  });
  return { fields, records: isResponse ? records : [], messages: 1 };
}

/** `A name`, `AAAA name CNAME alias A 10.0.0.1`, in order. */
function pairsOf(text: string): { type: number; value: string }[] {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const pairs: { type: number; value: string }[] = [];
  for (let i = 0; i < words.length; i++) {
    const type = shownType(/^[A-Z][A-Z\d]{0,9}$/.test(words[i]!) ? words[i] : null);
    if (type === null || words[i + 1] === undefined) continue;
    const value = words[++i]!;
    if (type !== 41) pairs.push({ type, value });
  }
  return pairs;
}

function isData({ type, value }: { type: number; value: string }): boolean {
  return (type === 1 || type === 28) && isIP(value) > 0;
}
