import type { PrintedEdns, PrintedMessage, PrintedRecord } from '../printed/printed-packet.js';
import { readEdns } from './edns-text.js';
import { presentationName } from '../printed/name-text.js';
import { printedClass, printedType, readRecord, splitRecords } from './record-list.js';

const OPCODES = [
  '',
  'inv_q',
  'stat',
  'op3',
  'notify',
  'update',
  'op6',
  'op7',
  'op8',
  'updateA',
  'updateD',
  'updateDA',
  'updateM',
  'updateMA',
  'zoneInit',
  'zoneRef',
];
const RCODES = [
  '',
  'FormErr',
  'ServFail',
  'NXDomain',
  'NotImp',
  'Refused',
  'YXDomain',
  'YXRRSet',
  'NXRRSet',
  'NotAuth',
  'NotZone',
];
const LATER_RCODES: Readonly<Record<string, number>> = { NoChange: 15, BadVers: 16, BadCookie: 23 };
const HEADER = new RegExp(
  `^(\\d{1,5})(?: (${OPCODES.filter(Boolean).join('|')}|updataA|op\\d)(?![\\w?]))?(?: ?(${RCODES.filter(Boolean).join('|')}|NoChange|BadVers|BadCookie|Resp\\d{1,4}))?([-+*|$%]*)(?=[ \\[]|$)`,
);
const CHECKSUM = /^\[(?:udp sum ok|bad udp cksum [^\]]{0,60}|no cksum|no udp cksum)\] /;
const BRACKETED = /^ \[(?:b2&3=0x([\da-f]{1,4})|(\d{1,5})(q|au|a|n))\]/;
const COUNTS = /(?:^| )(\d{1,5})\/(\d{1,5})\/(\d{1,5})(?= |$)/;
const QUESTION = /^(?:q:)? ?([A-Za-z][\w-]*)( (?:CHAOS|CH|HS|ANY|\(Class \d{1,5}\)))?(?: \(Q[MU]\))?\? /;

/** Reads what tcpdump prints for the payload of a DNS packet; null if that is no message. */
export function readMessage(payload: string): PrintedMessage | null {
  const text = payload.replace(CHECKSUM, '');
  const header = HEADER.exec(text);
  if (!header || Number(header[1]) > 65535) return null;
  const tail = / \((\d{1,5})\)$/.exec(text);
  const isCut = tail === null;
  let rest = text.slice(header[0].length, tail ? tail.index : undefined).replace(/ ?\[\|domain\]$/, '');
  const counts = { q: 1, a: 0, n: 0, au: 0 };
  let raw: number | null = null;
  for (let item = BRACKETED.exec(rest); item; item = BRACKETED.exec(rest)) {
    if (item[1] !== undefined) raw = parseInt(item[1], 16);
    else counts[item[3] as keyof typeof counts] = Number(item[2]) & 0xffff;
    rest = rest.slice(item[0].length);
  }
  const asked = readQuestion(rest.trimStart());
  const behind = asked ? asked.rest : rest;
  const found = COUNTS.exec(behind);
  const marks = header[4]!;
  const isResponse =
    header[3] !== undefined || /[*|$-]/.test(marks) || rest.startsWith(' q:') || (found !== null && !asked);
  if (isResponse && found)
    [counts.a, counts.n, counts.au] = [Number(found[1]), Number(found[2]), Number(found[3])];
  // Cut before the question or the counts, or no message at all.
  if (isResponse ? !found && !asked : !asked && counts.q > 0) return null;
  const rcode = rcodeOf(header[3]);
  const recordText = isResponse ? (found ? behind.slice(found.index + found[0].length) : '') : behind;
  const { records, edns } = readSections(recordText, isResponse ? 1 : counts.a > 0 ? 1 : 3);
  return {
    txid: Number(header[1]),
    isResponse,
    flags: raw ?? flagsOf(isResponse, header[2], marks, rcode),
    rcode: raw === null ? rcode : raw & 15,
    question: asked?.question ?? null,
    questions: counts.q,
    answers: counts.a & 0xffff,
    authorities: counts.n & 0xffff,
    additionals: counts.au & 0xffff,
    edns,
    records,
    length: tail ? Number(tail[1]) : -1,
    isCut,
  };
}

function readQuestion(
  text: string,
): { question: NonNullable<PrintedMessage['question']>; rest: string } | null {
  const found = QUESTION.exec(text);
  const type = found && printedType(found[1]!);
  if (!found || type === null) return null;
  const after = text.slice(found[0].length);
  const end = /\.(?= |,|$)/.exec(after);
  if (!end) return null;
  const name = presentationName(after.slice(0, end.index + 1));
  return {
    question: { name, type, class: printedClass(found[2]?.trim()) },
    rest: after.slice(end.index + 1),
  };
}

function readSections(text: string, first: number): { records: PrintedRecord[]; edns: PrintedEdns | null } {
  const records: PrintedRecord[] = [];
  let edns: PrintedEdns | null = null;
  for (const part of splitRecords(text, first)) {
    const record = readRecord(part);
    if (record?.type === 41) edns ??= readEdns(part.text);
    else if (record && record.data !== null) records.push(record);
  }
  return { records, edns };
}

function rcodeOf(word: string | undefined): number {
  if (word === undefined) return 0;
  const known = RCODES.indexOf(word);
  return known > 0 ? known : (LATER_RCODES[word] ?? Number(word.replace('Resp', '')) & 0xfff);
}

function flagsOf(isResponse: boolean, opcodeWord: string | undefined, marks: string, rcode: number): number {
  const opcode = opcodeWord === 'updataA' ? 9 : Math.max(0, OPCODES.indexOf(opcodeWord ?? ''));
  const has = (mark: string, bit: number) => (marks.includes(mark) ? bit : 0);
  const common = opcode << 11;
  if (!isResponse) return common | has('+', 0x100) | has('%', 0x10);
  const available = marks.includes('-') ? 0 : 0x80;
  return (
    0x8000 |
    common |
    has('*', 0x400) |
    has('|', 0x200) |
    available |
    has('$', 0x20) |
    has('%', 0x10) |
    (rcode & 15)
  );
}
