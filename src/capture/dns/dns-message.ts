import { writeKey } from '../../raw/hash.js';
import { CLASSES } from '../../base/registries.js';
import type { Sink } from '../../raw/sink.js';
import { u16 } from '../packet/bytes.js';
import { NameReader, skipName } from './dns-name.js';
import { DnsRecords } from './dns-records.js';
import type { Packet } from '../packet/packet.js';
import { type MessageEnds, PacketEnds } from '../packet/packet-addresses.js';
import { RecentOctets } from './recent-octets.js';
import { RecentPackets } from './recent-packets.js';
import { SHAPE, WireRows } from './wire-rows.js';

/** Octets of a header (RFC 1035, 4.1.1). */
export const HEADER = 12;

/** Octets that a message seldom exceeds: where only its length is there to tell by. */
const LIKELY = 4096;

/** Writes DNS messages of packets as rows. */
export class DnsMessages {
  readonly rows: WireRows;
  private readonly names: NameReader;
  /** Names of recent questions, by the message's id: answers share it, and queries sent again. */
  readonly recent = new RecentOctets();
  readonly records: DnsRecords;

  constructor(
    private readonly sink: Sink,
    readonly ends: MessageEnds = new PacketEnds(sink),
    private readonly recentPackets = new RecentPackets(),
  ) {
    this.rows = new WireRows(sink);
    this.names = new NameReader(sink.seed);
    this.records = new DnsRecords(sink, this.rows);
    sink.names.whenForgetting(() => this.recent.forget());
  }

  /**
   * Writes the message at `bytes[start..end)`, which has `length` octets on the wire (more than are at hand
   * where the capture is cut). False, and no row, if this is no DNS message: its header is not all there, or
   * its question cannot be read and its header makes no sense either.
   */
  write(
    packet: Packet,
    bytes: Uint8Array,
    start: number,
    end: number,
    length: number,
    protocol: number,
  ): boolean {
    if (start + HEADER > end) return false;
    const isResponse = bytes[start + 2]! >= 128;
    const isKnown = this.recentPackets.find(packet, bytes, start, end, length, protocol);
    if (isKnown && this.seeAgain(packet, protocol, isResponse)) return true;
    const questions = u16(bytes, start + 4);
    let at = start + HEADER;
    let nameId = 0;
    let nameHash = 0;
    let qtype = 0;
    let qclass = 0;
    let readable = true;
    if (questions > 0) {
      const after = this.readName(bytes, start, end);
      readable = after > 0;
      if (readable) {
        nameHash = this.recent.hash;
        nameId = this.recent.id;
        qtype = u16(bytes, after);
        qclass = u16(bytes, after + 2);
        at = after + 4;
      }
    }
    if (!(readable && questions > 0) && !isPlausibleHeader(bytes, start, length)) return false;
    this.ends.read(packet);
    const { srcId, srcHash, dstId, dstHash } = this.ends;
    const clientHash = isResponse ? dstHash : srcHash;
    const clientPort = isResponse ? packet.dstPort : packet.srcPort;
    const { data, row, validity } = this.rows.packets;
    data.client_port[row] = clientPort;
    // not by setNull: a call a message by name costs more than the rest of a row
    if (packet.ipId < 0) validity.ip_id[row >> 3]! &= ~(1 << (row & 7));
    data.ip_id[row] = packet.ipId;
    data.txid[row] = u16(bytes, start);
    data.qname_id[row] = nameId;
    data.qtype[row] = qtype;
    data.bytes[row] = length;
    writeKey(data.key, row, nameHash, clientHash, clientPort, u16(bytes, start), qtype, protocol);
    this.header(bytes, start, qclass);
    if (readable) {
      for (let i = 1; i < questions && at > 0; i++) {
        at = skipName(bytes, at, end);
        if (at > 0) at = at + 4 <= end ? at + 4 : -1;
      }
    } else at = -1;
    const isWhole = this.records.read(packet, bytes, start, at, end, start + length, nameId);
    const packetId = this.rows.endPacket();
    this.rows.see(packet, packetId, protocol, isResponse, srcId, dstId);
    // what is wrong with a message is told each time that it is seen
    if (isWhole) this.recentPackets.keep(isResponse ? dstId : srcId, packetId);
    return true;
  }

  /** Writes the message that was found last as seen again; false if it is another client's. */
  private seeAgain(packet: Packet, protocol: number, isResponse: boolean): boolean {
    this.ends.read(packet);
    const { srcId, dstId } = this.ends;
    const { clientId, packetId } = this.recentPackets;
    if (clientId !== (isResponse ? dstId : srcId)) return false;
    this.rows.see(packet, packetId, protocol, isResponse, srcId, dstId);
    return true;
  }

  /** Reads the first question's name into `recent`; where it ends, or -1 if it or what follows it is not there. */
  readName(bytes: Uint8Array, start: number, end: number): number {
    const { names, recent } = this;
    const at = start + HEADER;
    const txid = u16(bytes, start);
    const known = recent.find(bytes, at, end, txid);
    if (known > 0) return at + known + 4 <= end ? at + known : -1;
    const after = names.read(bytes, start, at, end);
    if (after < 0 || after + 4 > end) return -1;
    recent.hash = names.hash;
    recent.id = this.sink.names.idOfHashed(names.text, 0, names.length, names.hash);
    if (names.isWhole) recent.keep(bytes, at, after, txid, recent.id, recent.hash);
    return after;
  }

  private header(bytes: Uint8Array, start: number, qclass: number): void {
    const { shape } = this.rows;
    shape[SHAPE.flags] = u16(bytes, start + 2);
    shape[SHAPE.rcode] = bytes[start + 3]! & 15;
    shape[SHAPE.qclass] = qclass;
    shape[SHAPE.questions] = u16(bytes, start + 4);
    shape[SHAPE.answers] = u16(bytes, start + 6);
    shape[SHAPE.authorities] = u16(bytes, start + 8);
    shape[SHAPE.additionals] = u16(bytes, start + 10);
  }
}

/**
 * Whether a header without a readable question can be one: an opcode in use (RFC 6895, 2.2), and counts that
 * fit the length, at 11 octets a record and 5 a question, of which the first is the one that cannot be read.
 */
function isPlausibleHeader(bytes: Uint8Array, start: number, length: number): boolean {
  if (!isOpcode(bytes[start + 2]!)) return false;
  const questions = Math.max(u16(bytes, start + 4) - 1, 0);
  const records = u16(bytes, start + 6) + u16(bytes, start + 8) + u16(bytes, start + 10);
  return HEADER + 5 * questions + 11 * records <= length;
}

/** Whether the octet of a header that holds it has an opcode in use. */
function isOpcode(octet: number): boolean {
  const opcode = (octet >> 3) & 15;
  return opcode <= 6 && opcode !== 3;
}

/** Whether a message seems to begin at `start`: its first question is there and in a class that is in use. */
export function looksLikeMessage(bytes: Uint8Array, start: number, end: number, length: number): boolean {
  if (start + HEADER > end || length < HEADER || !isPlausibleHeader(bytes, start, length)) return false;
  if (u16(bytes, start + 4) === 0) return u16(bytes, start + 6) > 0;
  const after = skipName(bytes, start + HEADER, end);
  if (after < 0 || after + 4 > end) return false;
  return CLASSES[u16(bytes, after + 2)] !== undefined;
}

/**
 * Whether `bytes[start..end)` may be the first part of a query or response of `length` octets, cut by the end of a TCP
 * segment: what is there of its header can be one, and of its first question's name.
 */
export function mayBeginMessage(bytes: Uint8Array, start: number, end: number, length: number): boolean {
  if (length < HEADER || end - start >= length) return false;
  if (end - start < HEADER) return length <= LIKELY && (end - start < 3 || isOpcode(bytes[start + 2]!));
  return (
    isPlausibleHeader(bytes, start, length) &&
    u16(bytes, start + 4) === 1 &&
    isNameSoFar(bytes, start + HEADER, end)
  );
}

/** Whether a name goes on past `end`, or ends before it. */
function isNameSoFar(bytes: Uint8Array, at: number, end: number): boolean {
  while (at < end && bytes[at]! > 0 && bytes[at]! < 64) at += 1 + bytes[at]!;
  return at >= end || bytes[at] === 0;
}
