import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import * as dnsPacket from 'dns-packet';
import { compareFrames, parseExpected, TSHARK_FIELDS } from '../support/tshark-rows.js';

/** Other programs that read captures; `compare` gives [field, frame] of each difference. */
export const WITNESSES = [
  { name: 'pcap-parser', isHere: () => true, compare: comparePackets },
  { name: 'dns-packet', isHere: () => true, compare: compareMessages },
  { name: 'tshark', isHere: () => !spawnSync('tshark', ['--version'], { stdio: 'ignore' }).error, compare: compareTshark },
]; // prettier-ignore

/** The packets of a classic pcap file, as pcap-parser gives them. */
async function packetsOf(path) {
  const { default: parser } = await import('pcap-parser');
  const packets = [];
  let link = 0;
  return new Promise((resolve, reject) => {
    const parsing = parser.parse(createReadStream(path));
    parsing.on('globalHeader', (header) => (link = header.linkLayerType));
    parsing.on('packet', (packet) => packets.push({ ...packet, link }));
    parsing.on('error', reject);
    parsing.on('end', () => resolve(packets));
  });
}

async function comparePackets(path, { frames, messages }) {
  const packets = await packetsOf(path);
  const differences = [];
  const count = Object.values(frames).reduce((sum, kind) => sum + kind, 0);
  if (count !== packets.length) differences.push(['number of frames', packets.length]);
  for (const { frame, time } of messages) {
    const header = packets[frame - 1]?.header;
    const theirs = header && BigInt(header.timestampSeconds) * 1_000_000_000n + BigInt(header.timestampMicroseconds) * 1000n;
    if (theirs !== time) differences.push(['time', frame]);
  }
  return differences;
} // prettier-ignore

/** Compares whole UDP messages over plain Ethernet and IPv4 that dns-packet can decode. */
async function compareMessages(path, { messages }) {
  const ours = new Map(messages.map((row) => [row.frame, row]));
  const differences = [];
  for (const [i, { data, link }] of (await packetsOf(path)).entries()) {
    const payload = link === 1 ? udpPayload(data) : null;
    if (!payload) continue;
    let theirs;
    try {
      theirs = dnsPacket.decode(payload);
    } catch {
      continue;
    }
    const row = ours.get(i + 1);
    if (row) differences.push(...fieldsThatDiffer(theirs, payload, row).map((field) => [field, i + 1]));
    else differences.push(['only dns-packet has it', i + 1]);
  }
  return differences;
}

function fieldsThatDiffer(theirs, payload, row) {
  const [question] = theirs.questions;
  const pairs = {
    id: [theirs.id, row.txid],
    flags: [payload.readUInt16BE(2), row.flags],
    questions: [theirs.questions.length, row.questions],
    answers: [theirs.answers.length, row.answers],
    name: [question && isPlain(row.qname) ? question.name.toLowerCase() || '.' : row.qname, row.qname],
    length: [payload.length, row.bytes],
  };
  return Object.keys(pairs).filter((field) => pairs[field][0] !== pairs[field][1]);
}

/** Others print bytes that are no letters, digits or hyphens in ways of their own. */
function isPlain(name) {
  return name === null || /^(\.|[a-z0-9_-]+(\.[a-z0-9_-]+)*)$/.test(name);
}

/** The payload of an unfragmented UDP datagram to or from port 53; null for anything else. */
function udpPayload(data) {
  if (data.length < 42 || data.readUInt16BE(12) !== 0x0800 || data[14] !== 0x45 || data[23] !== 17) return null;
  if ((data.readUInt16BE(20) & 0x3fff) !== 0) return null;
  const ports = [data.readUInt16BE(34), data.readUInt16BE(36)];
  const end = 34 + data.readUInt16BE(38);
  return ports.includes(53) && end <= data.length && end >= 54 && data.readUInt16BE(16) === end - 14 ? data.subarray(42, end) : null;
} // prettier-ignore

function compareTshark(path, { messages }) {
  const filter = 'dns && (udp.port == 53 || tcp.port == 53)';
  const options = ['-E', 'separator=/t', '-E', 'occurrence=a', '-E', 'aggregator=|'];
  const fields = TSHARK_FIELDS.flatMap((field) => ['-e', field]);
  const { stdout } = spawnSync('tshark', ['-n', '-r', path, '-Y', filter, '-T', 'fields', ...options, ...fields], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  // A frame that tshark calls malformed has as many of its fields as it came to.
  const expected = parseExpected(stdout);
  const malformed = new Set(expected.filter((row) => row.malformed.length > 0).map((row) => Number(row.frame[0])));
  const odd = new Set(messages.filter(({ qname }) => !isPlain(qname)).map(({ frame }) => frame));
  const { differences } = compareFrames(expected, messages);
  return differences
    .filter(([kind, frame]) => kind !== 'qname' || !odd.has(frame))
    .map(([kind, frame]) => [malformed.has(frame) ? `${kind}, of a frame it calls malformed` : kind, frame]);
} // prettier-ignore
