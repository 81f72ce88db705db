import type { PrintedRecord } from '../../capture/printed/printed-packet.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import { portOf } from '../ends.js';
import { flow, type FlowRecord, nameOf, NOTHING, rcodeOf, typeOf } from '../flow.js';
import { addressRecord, aliasRecord, answer } from '../printed-records.js';
import { after, timeOf } from '../times.js';

const FLAGS: readonly (readonly [string, number])[] = [
  ['AA', 0x400],
  ['TC', 0x200],
  ['RA', 0x80],
];
const RECURSION_DESIRED = 0x100;
/** Zeek says of an answer's data, not of its type: what is no address is taken for a name where one was asked for. */
const TYPES_OF_NAMES = [2, 5, 12];
/** A and AAAA: what is no address is then an alias. */
const TYPES_OF_ADDRESSES = [1, 28];
const MULTICAST_PORTS = [5353, 5355, 137];

/** A row of dns.log: a query and what came of it, the response `rtt` seconds later. */
export interface ZeekRow {
  text(field: string): string | null;
  list(field: string): readonly string[];
}

/** The messages of a row; null if it is none of dns.log. */
export function readZeekRow(row: ZeekRow): FlowRecord | null {
  const [source, server] = [row.text('id.orig_h'), row.text('id.resp_h')];
  if (source === null || server === null || row.text('ts') === null) return null;
  const name = nameOf(row.text('query'));
  const serverPort = portOf(Number(row.text('id.resp_p')));
  if (name === null || MULTICAST_PORTS.includes(serverPort)) return NOTHING;
  const time = timeOf(row.text('ts'));
  const client = { address: source, port: portOf(Number(row.text('id.orig_p'))) };
  const common = {
    protocol: row.text('proto') === 'tcp' ? PROTOCOL.tcp : PROTOCOL.udp,
    txid: Number(row.text('trans_id') ?? 0) & 0xffff,
    name,
    type: typeOf(row.text('qtype') ?? row.text('qtype_name')),
    class: Number(row.text('qclass') ?? 1) & 0xffff,
  };
  const asked = isTrue(row.text('RD')) ? RECURSION_DESIRED : 0;
  const address = { address: server, port: serverPort };
  const query = flow({ ...common, time, src: client, dst: address, isResponse: false, flags: asked });
  const rcode = rcodeOf(row.text('rcode') ?? row.text('rcode_name'));
  if (rcode === null) return { flows: [query], objects: [] };
  const taken = Number(row.text('rtt') ?? NaN);
  const response = flow({
    ...common,
    time: taken >= 0 && taken < 86400 ? after(time, taken) : time,
    src: address,
    dst: client,
    isResponse: true,
    flags: FLAGS.reduce((bits, [field, bit]) => bits | (isTrue(row.text(field)) ? bit : 0), asked),
    rcode,
    records: recordsOf(row, name, common.type),
  });
  // without a time between the two only the response was seen
  return { flows: taken >= 0 ? [query, response] : [response], objects: [] };
}

function recordsOf(row: ZeekRow, name: string, asked: number): PrintedRecord[] {
  const ttls = row.list('TTLs').map(Number);
  let owner = name;
  return row.list('answers').map((text, i) => {
    const ttl = ttls[i] ?? null;
    const address = addressRecord(owner, text, ttl);
    if (address) return address;
    const data = nameOf(text) ?? text;
    if (!TYPES_OF_ADDRESSES.includes(asked))
      return answer(owner, asked, TYPES_OF_NAMES.includes(asked) ? data : text, ttl);
    const record = aliasRecord(owner, data, ttl);
    owner = data;
    return record;
  });
}

function isTrue(text: string | null): boolean {
  return text === 'T' || text === 'true';
}
