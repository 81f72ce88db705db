import { PROTOCOL } from '../../raw/tables/wire.js';
import { classMnemonics, rcodeMnemonics, typeMnemonics } from './mnemonics.js';
import type { QueryLine } from './query-line.js';

/** A part of a query line that is told as a text of its own. */
export type Field =
  | 'client'
  | 'port'
  | 'txid'
  | 'type'
  | 'class'
  | 'name'
  | 'protocol'
  | 'requestBytes'
  | 'dnssecOk'
  | 'ednsSize'
  | 'opcode'
  | 'rcode'
  | 'responseBytes'
  | 'duration';

/** An address as text, perhaps with a port behind it. */
export const ADDRESS =
  /^(?:(\d{1,3}(?:\.\d{1,3}){3})|\[([^\]]+)\]|([0-9a-fA-F]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*))(?::(\d{1,5}))?$/;

const encoder = new TextEncoder();

/** Writes what a part says into the line; what it cannot be is left out. Null is no part that is kept. */
export function setField(query: QueryLine, field: Field | null, value: string): void {
  const bytes = encoder.encode(value);
  const end = bytes.length;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : -1;
  switch (field) {
    case null:
      return;
    case 'client':
      return setClient(query, value);
    case 'name':
      query.hasName = query.name.read(bytes, 0, end) === end;
      return;
    case 'type':
      query.type = typeMnemonics.code(bytes, 0, end);
      return;
    case 'class':
      query.class = classMnemonics.code(bytes, 0, end);
      return;
    case 'rcode':
      query.rcode = rcodeMnemonics.code(bytes, 0, end);
      return;
    case 'protocol':
      query.protocol = value === 'udp' || value === 'tcp' ? PROTOCOL[value] : -1;
      return;
    case 'dnssecOk':
      query.dnssecOk = value === 'true' ? 1 : value === 'false' ? 0 : -1;
      return;
    case 'duration':
      query.hasDuration = query.duration.read(bytes, 0, end) === end;
      return;
    case 'port':
    case 'txid':
      query[field] = number <= 65535 ? number : -1;
      return;
    case 'opcode':
      query.opcode = number < 16 ? number : -1;
      return;
    default:
      query[field] = number;
  }
}

function setClient(query: QueryLine, value: string): void {
  const address = ADDRESS.exec(value);
  if (!address) return;
  const bytes = encoder.encode(address[1] ?? address[2] ?? address[3]);
  if (address[1] === undefined) query.client.readIPv6(bytes, 0, bytes.length);
  else query.client.readIPv4(bytes, 0, bytes.length);
  const port = Number(address[4] ?? -1);
  if (port >= 0 && port <= 65535) query.port = port;
}

/** Says where the flags stand in the line's bytes: `flags` is at `at` of `text`, which begins at `start` of the bytes. */
export function setFlags(query: QueryLine, text: string, at: number, flags: string, start: number): void {
  // A byte that is no UTF-8 is three in its text, which would put the flags elsewhere.
  if (text.includes('\ufffd')) return;
  query.flagsStart = start + Buffer.byteLength(text.slice(0, at));
  query.flagsEnd = query.flagsStart + flags.length;
}
