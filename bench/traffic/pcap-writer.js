import { closeSync, openSync, writeSync } from 'node:fs';

const LINK_TYPES = { sll2: 276, ethernet: 1 };
const LINK_HEADER = { sll2: 20, ethernet: 14 };
const MAGIC = 0xa1b2c3d4;
const SNAPLEN = 262144;
const BUFFER = 1 << 20;

/** Writes UDP and TCP packets of IPv4 as a classic pcap file with microseconds. */
export class PcapWriter {
  buffer = Buffer.alloc(BUFFER + SNAPLEN);
  length = 0;
  bytes = 0;

  constructor(path, link) {
    this.file = openSync(path, 'w');
    this.link = link;
    const { buffer } = this;
    buffer.writeUInt32LE(MAGIC, 0);
    buffer.writeUInt16LE(2, 4);
    buffer.writeUInt16LE(4, 6);
    buffer.writeUInt32LE(SNAPLEN, 16);
    buffer.writeUInt32LE(LINK_TYPES[link], 20);
    this.length = 24;
  }

  /** Writes one frame: `leg` is where it was seen, `packet` what it was, `payload` what UDP or TCP carried. */
  frame(at, leg, packet, payload) {
    const transport = packet.protocol === 17 ? 8 : 20;
    const ipLength = 20 + transport + payload.length;
    const { buffer } = this;
    const total = LINK_HEADER[this.link] + ipLength;
    let to = this.length;
    to = buffer.writeUInt32LE(Math.floor(at / 1e6), to);
    to = buffer.writeUInt32LE(at % 1e6, to);
    to = buffer.writeUInt32LE(total, to);
    to = buffer.writeUInt32LE(total, to);
    to = this.link === 'sll2' ? cooked(buffer, to, leg) : ethernet(buffer, to, leg);
    to = ip(buffer, to, leg, packet, ipLength);
    to = packet.protocol === 17 ? udp(buffer, to, leg, packet, payload.length) : tcp(buffer, to, leg, packet);
    buffer.set(payload, to);
    if (packet.txid !== undefined) buffer.writeUInt16BE(packet.txid, to);
    this.length = to + payload.length;
    if (this.length >= BUFFER) this.flush();
  }

  flush() {
    writeSync(this.file, this.buffer, 0, this.length);
    this.bytes += this.length;
    this.length = 0;
  }

  close() {
    this.flush();
    closeSync(this.file);
  }
}

function cooked(buffer, at, leg) {
  buffer.fill(0, at, at + 20);
  buffer.writeUInt16BE(0x0800, at);
  buffer.writeUInt32BE(leg.interface, at + 4);
  buffer.writeUInt16BE(1, at + 8);
  buffer[at + 10] = leg.out ? 4 : 0;
  buffer[at + 11] = 6;
  buffer[at + 12] = 2;
  buffer[at + 17] = leg.interface;
  return at + 20;
}

function ethernet(buffer, at, leg) {
  buffer.fill(2, at, at + 12);
  buffer[at + 11] = leg.interface;
  return buffer.writeUInt16BE(0x0800, at + 12);
}

function ip(buffer, at, leg, packet, length) {
  buffer[at] = 0x45;
  buffer[at + 1] = 0;
  buffer.writeUInt16BE(length, at + 2);
  buffer.writeUInt16BE(packet.ipId, at + 4);
  buffer.writeUInt16BE(0x4000, at + 6);
  buffer[at + 8] = leg.ttl;
  buffer[at + 9] = packet.protocol;
  buffer.writeUInt16BE(0, at + 10);
  buffer.writeUInt32BE(leg.src, at + 12);
  buffer.writeUInt32BE(leg.dst, at + 16);
  let sum = 0;
  for (let i = at; i < at + 20; i += 2) sum += buffer.readUInt16BE(i);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  buffer.writeUInt16BE(~sum & 0xffff, at + 10);
  return at + 20;
}

function udp(buffer, at, leg, packet, length) {
  buffer.writeUInt16BE(packet.srcPort, at);
  buffer.writeUInt16BE(packet.dstPort, at + 2);
  buffer.writeUInt16BE(8 + length, at + 4);
  return buffer.writeUInt16BE(0, at + 6);
}

function tcp(buffer, at, leg, packet) {
  buffer.fill(0, at, at + 20);
  buffer.writeUInt16BE(packet.srcPort, at);
  buffer.writeUInt16BE(packet.dstPort, at + 2);
  buffer[at + 12] = 0x50;
  buffer[at + 13] = 0x10;
  return at + 20;
}
