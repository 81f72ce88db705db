import { formatAddress, parseAddress } from '../../dist/base/address.js';

/** What is compared, with tshark's name of each; lines have them in this order. */
const FIELDS = {
  frame: 'frame.number',
  time: 'frame.time_epoch',
  'ip.src': 'ip.src',
  'ip.dst': 'ip.dst',
  'ipv6.src': 'ipv6.src',
  'ipv6.dst': 'ipv6.dst',
  'udp.srcport': 'udp.srcport',
  'udp.dstport': 'udp.dstport',
  'tcp.srcport': 'tcp.srcport',
  'tcp.dstport': 'tcp.dstport',
  id: 'dns.id',
  response: 'dns.flags.response',
  opcode: 'dns.flags.opcode',
  rcode: 'dns.flags.rcode',
  truncated: 'dns.flags.truncated',
  authoritative: 'dns.flags.authoritative',
  questions: 'dns.count.queries',
  answers: 'dns.count.answers',
  qname: 'dns.qry.name',
  qtype: 'dns.qry.type',
  qclass: 'dns.qry.class',
  malformed: '_ws.malformed',
  seconds: 'dns.time',
};

export const TSHARK_FIELDS = Object.values(FIELDS);

/** Lines of `tshark -T fields`: an object a frame, each field a list of its values. */
export function parseExpected(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = line.split('\t');
      return Object.fromEntries(
        Object.keys(FIELDS).map((field, i) => [field, values[i] ? values[i].split('|') : []]),
      );
    });
}

/** Compares rows of `messages` with tshark's frames: how many agree, and [kind, frame] of each difference. */
export function compareFrames(expected, messages) {
  const ours = new Map();
  for (const row of messages) ours.set(row.frame, [...(ours.get(row.frame) ?? []), row]);
  const differences = [];
  let agreed = 0;
  for (const theirs of expected) {
    const frame = Number(theirs.frame[0]);
    const rows = ours.get(frame) ?? [];
    ours.delete(frame);
    const kinds = rows.length === 0 ? ['only tshark has it'] : differencesOf(theirs, rows);
    if (kinds.length === 0) agreed++;
    for (const kind of kinds) differences.push([kind, frame]);
  }
  for (const frame of ours.keys()) differences.push(['only dnslens has it', frame]);
  return { agreed, differences };
}

function differencesOf(theirs, rows) {
  const ours = {
    time: [nanos(rows[0].time)],
    id: rows.map((row) => hex(row.txid)),
    response: rows.map((row) => `${row.flags >> 15}`),
    opcode: rows.map((row) => `${(row.flags >> 11) & 15}`),
    rcode: rows.filter((row) => row.flags >> 15).map((row) => `${row.flags & 15}`),
    truncated: rows.map((row) => `${(row.flags >> 9) & 1}`),
    authoritative: rows.filter((row) => row.flags >> 15).map((row) => `${(row.flags >> 10) & 1}`),
    questions: rows.map((row) => `${row.questions}`),
    answers: rows.map((row) => `${row.answers}`),
  };
  const kinds = Object.keys(ours).filter((field) => ours[field].join('|') !== theirs[field].join('|'));
  // Of several questions or messages tshark lists every name; a row has the first question's.
  const named = rows.filter((row) => row.qname_id !== 0);
  if (
    !isWithin(
      named.map((row) => row.qname),
      theirs.qname.map(presentation),
    )
  )
    kinds.push('qname');
  if (
    !isWithin(
      named.map((row) => `${row.qtype}`),
      theirs.qtype,
    )
  )
    kinds.push('qtype');
  if (
    !isWithin(
      named.map((row) => hex(row.qclass)),
      theirs.qclass,
    )
  )
    kinds.push('qclass');
  const [row] = rows;
  const transport = row.protocol === 0 ? 'udp' : 'tcp';
  if (!innermost(theirs[`${transport}.srcport`], `${row.src_port}`)) kinds.push('source port');
  if (!innermost(theirs[`${transport}.dstport`], `${row.dst_port}`)) kinds.push('destination port');
  if (!isAddress(row.src, theirs['ip.src'], theirs['ipv6.src'])) kinds.push('source address');
  if (!isAddress(row.dst, theirs['ip.dst'], theirs['ipv6.dst'])) kinds.push('destination address');
  return kinds;
}

/** Tunnels give several values; the innermost packet's is the last. */
function innermost(values, ours) {
  return values.at(-1) === ours;
}

function isAddress(ours, v4, v6) {
  const theirs = (ours.includes(':') ? v6 : v4).at(-1);
  return theirs !== undefined && formatAddress(parseAddress(theirs)) === ours;
}

function isWithin(ours, theirs) {
  let from = 0;
  for (const value of ours) {
    const at = theirs.indexOf(value, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return ours.length > 0 || theirs.length === 0;
}

/** A name as tshark prints it, in the form that names are kept in. */
function presentation(name) {
  return name === '<Root>' ? '.' : name.toLowerCase();
}

function hex(value) {
  return `0x${value.toString(16).padStart(4, '0')}`;
}

function nanos(time) {
  const seconds = time / 1_000_000_000n;
  return `${seconds}.${String(time % 1_000_000_000n).padStart(9, '0')}`;
}
