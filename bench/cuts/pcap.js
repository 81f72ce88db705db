// Classic captures as records that can be dropped, and written again.
import { gunzipSync } from 'node:zlib';

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
/** Where IP begins behind a link-layer header, by link type: Ethernet, raw IP, LINUX_SLL, LINUX_SLL2. */
const IP_AT = { 1: 14, 101: 0, 113: 16, 276: 20 };
/** TCP and UDP, whose headers both begin with the ports. */
const WITH_PORTS = [6, 17];

/** A capture's header and its records, each with its time in seconds; null where it is no classic capture of this byte order. */
export function readPcap(bytes) {
  const data = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  if (data.length < FILE_HEADER || data.readUInt32LE(0) !== 0xa1b2c3d4) return null;
  const linkType = data.readUInt32LE(20);
  const records = [];
  for (let at = FILE_HEADER; at + RECORD_HEADER <= data.length;) {
    const end = at + RECORD_HEADER + data.readUInt32LE(at + 8);
    if (end > data.length) break;
    records.push({
      time: data.readUInt32LE(at) + data.readUInt32LE(at + 4) / 1e6,
      bytes: data.subarray(at, end),
    });
    at = end;
  }
  return { header: data.subarray(0, FILE_HEADER), linkType, records };
}

/** The same capture with other records. */
export function writePcap({ header }, records) {
  return Buffer.concat([header, ...records.map(({ bytes }) => bytes)]);
}

/** A record as tcpdump would have written it with `-s LENGTH`. */
export function snapped(record, length) {
  const bytes = Buffer.from(record.bytes.subarray(0, RECORD_HEADER + length));
  bytes.writeUInt32LE(bytes.length - RECORD_HEADER, 8);
  return { ...record, bytes };
}

/** The ports of a record of IPv4, as `{ from, to }`; null for anything else. */
export function portsOf({ linkType }, { bytes }) {
  const ip = RECORD_HEADER + (IP_AT[linkType] ?? bytes.length);
  if (ip + 20 > bytes.length || bytes[ip] >> 4 !== 4 || !WITH_PORTS.includes(bytes[ip + 9])) return null;
  const at = ip + (bytes[ip] & 0xf) * 4;
  if (at + 4 > bytes.length) return null;
  return { from: bytes.readUInt16BE(at), to: bytes.readUInt16BE(at + 2) };
}

/** The interface of a record where the link layer names it (LINUX_SLL2's index); null elsewhere. */
export function interfaceOf({ linkType }, { bytes }) {
  return linkType === 276 ? bytes.readUInt32BE(RECORD_HEADER + 4) : null;
}
