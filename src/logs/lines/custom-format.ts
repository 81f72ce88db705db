import { ADDRESS, type Field, setField, setFlags } from './query-field.js';
import type { QueryLine } from './query-line.js';
import { classMnemonics, rcodeMnemonics, typeMnemonics } from './mnemonics.js';

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
  const flags = FLAGS.exec(text);
  if (flags) setFlags(query, text, flags.index, flags[0], start);
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
