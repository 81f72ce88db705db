import { PROTOCOL } from '../../store/tables/wire.js';
import type { QueryLine } from './query-line.js';
import { classMnemonics, rcodeMnemonics, typeMnemonics } from './mnemonics.js';

type Field =
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

/** Words that people write before CoreDNS's placeholders (plugin/pkg/replacer), without marks, in lower case. */
const KEYS: Readonly<Record<string, Field>> = {
  remote: 'client', client: 'client', clientip: 'client', ip: 'client', src: 'client', source: 'client', from: 'client',
  remoteaddr: 'client', port: 'port', clientport: 'port', srcport: 'port', id: 'txid', txid: 'txid', qid: 'txid',
  queryid: 'txid', type: 'type', qtype: 'type', querytype: 'type', class: 'class', qclass: 'class', name: 'name',
  qname: 'name', query: 'name', domain: 'name', question: 'name', proto: 'protocol', protocol: 'protocol',
  size: 'requestBytes', reqsize: 'requestBytes', requestsize: 'requestBytes', do: 'dnssecOk', dnssec: 'dnssecOk',
  bufsize: 'ednsSize', buf: 'ednsSize', opcode: 'opcode', rcode: 'rcode', status: 'rcode', code: 'rcode',
  responsecode: 'rcode', rsize: 'responseBytes', respsize: 'responseBytes', responsesize: 'responseBytes',
  duration: 'duration', latency: 'duration', took: 'duration', elapsed: 'duration', rtt: 'duration',
}; // prettier-ignore

const TOKEN =
  /(?:"([\w.>/-]{1,40})"\s*:\s*|([A-Za-z_][\w.>/-]{0,40})[=:]\s*)?(?:"((?:\\.|[^"\\])*)"|(\[[^\]\s]{2,60}\](?::\d{1,5})?|(?:\\.|[^\s,;|"{}()=])+))/g;
const FLAGS = /(?<![\w.-])(?:qr|aa|tc|rd|ra|z|ad|cd)(?:,(?:aa|tc|rd|ra|z|ad|cd))*(?![\w.-])/;
const ADDRESS =
  /^(?:(\d{1,3}(?:\.\d{1,3}){3})|\[([^\]]+)\]|([0-9a-fA-F]*:[0-9a-fA-F.]*:[0-9a-fA-F:.]*))(?::(\d{1,5}))?$/;
/** Longer than any line of these parts; it bounds the work that a hostile line can make. */
const LONGEST = 1536;
const encoder = new TextEncoder();

/**
 * Reads a line of a custom log format by the shape of its parts, and by the words before them: a format is not
 * in the log. Numbers alone could be several things, and stay out. False unless there are a name, a type, and
 * one more part of a query. `start` is where `text` begins in the line's bytes.
 */
export function readCustomFormat(text: string, start: number, query: QueryLine): boolean {
  if (text.length > LONGEST) return false;
  query.clear();
  for (const token of text.matchAll(TOKEN)) {
    const key = (token[1] ?? token[2] ?? '').toLowerCase().replace(/[^a-z]/g, '');
    const field = Object.hasOwn(KEYS, key) ? KEYS[key] : null;
    for (const value of (token[3] ?? token[4] ?? '').split(token[3] === undefined ? /$/ : ' ')) {
      setField(query, field ?? fieldOf(value, query), value);
    }
  }
  // A byte that is no UTF-8 is three in its text, which would put the flags elsewhere.
  const flags = text.includes('\ufffd') ? null : FLAGS.exec(text);
  if (flags) {
    query.flagsStart = start + Buffer.byteLength(text.slice(0, flags.index));
    query.flagsEnd = query.flagsStart + flags[0].length;
  }
  const others = [query.client.length > 0, query.rcode >= 0, query.hasDuration, query.protocol >= 0];
  return query.hasName && query.type >= 0 && others.includes(true);
}

/** What a value without a word before it must be, or null. */
function fieldOf(value: string, query: QueryLine): Field | null {
  if (value === 'udp' || value === 'tcp') return 'protocol';
  if (value === 'true' || value === 'false') return 'dnssecOk';
  if (/^\d+(?:\.\d+)?(?:s|ms|µs|μs|us|ns)$/.test(value)) return 'duration';
  if (ADDRESS.test(value)) return query.client.length === 0 ? 'client' : null;
  if (/^[^\s]*[^\s\\]\.$/.test(value) || value === '.') return query.hasName ? null : 'name';
  if (!/^[A-Z][A-Z0-9-]{0,11}$/.test(value)) return null;
  const bytes = encoder.encode(value);
  if (query.class < 0 && value !== 'ANY' && classMnemonics.code(bytes, 0, bytes.length) >= 0) return 'class';
  if (query.type < 0 && typeMnemonics.code(bytes, 0, bytes.length) >= 0) return 'type';
  return query.rcode < 0 && rcodeMnemonics.code(bytes, 0, bytes.length) >= 0 ? 'rcode' : null;
}

function setField(query: QueryLine, field: Field | null, value: string): void {
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
