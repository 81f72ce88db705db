import type { Sink } from '../../raw/sink.js';
import { CUT, DNS_FRAGMENT, FRAGMENT } from './frame-kind.js';
import type { FragmentTaker } from './ip.js';
import { IP_PAYLOAD } from './layer.js';
import type { Packet } from '../packet/packet.js';
import { IP_PROTOCOL } from './protocol-numbers.js';
import type { Udp } from './udp.js';

/** Datagrams put together at a time, and the bytes they may hold in all. */
const MAX_DATAGRAMS = 4096;
const MAX_BYTES = 32 << 20;
const MAX_FRAGMENTS = 256;
const MAX_DATAGRAM = 65535;
/** Seconds of capture time after which a datagram's missing fragments are given up (RFC 791: 15 and more). */
const PATIENCE = 30;

/** A datagram's bytes so far. */
class Datagram {
  bytes = new Uint8Array(2048);
  /** Bytes of the datagram that its fragments cover, as ranges [from, to) apart. */
  ranges: { from: number; to: number }[] = [];
  /** Where the last fragment ends, -1 until it was seen. */
  length = -1;
  /** The first byte that no fragment brought because the capture is cut. */
  firstHole = Infinity;
  /** The first fragment's headers, to read what there is if the rest never comes. */
  first: Packet | null = null;
  isDns = false;

  constructor(readonly since: number) {}

  /** Copies a fragment's bytes into place and returns by how much the buffer grew. */
  put(packet: Packet, offset: number, wireLength: number): number {
    const at = Math.min(packet.end - packet.at, wireLength);
    const before = this.bytes.length;
    if (offset + at > before) {
      const wider = new Uint8Array(Math.min(MAX_DATAGRAM, Math.max(2 * before, offset + at)));
      wider.set(this.bytes);
      this.bytes = wider;
    }
    this.bytes.set(packet.bytes.subarray(packet.at, packet.at + at), offset);
    if (at < wireLength) this.firstHole = Math.min(this.firstHole, offset + at);
    return this.bytes.length - before;
  }

  cover(from: number, to: number): void {
    const merged = { from, to };
    const apart: { from: number; to: number }[] = [];
    for (const range of this.ranges) {
      if (range.to < merged.from || range.from > merged.to) apart.push(range);
      else {
        merged.from = Math.min(merged.from, range.from);
        merged.to = Math.max(merged.to, range.to);
      }
    }
    apart.push(merged);
    this.ranges = apart;
  }

  /** Bytes from the start without a hole. */
  get whole(): number {
    const first = this.ranges.find((range) => range.from === 0);
    return Math.min(first ? first.to : 0, this.firstHole);
  }

  get isComplete(): boolean {
    return (
      this.length >= 0 &&
      this.ranges.length === 1 &&
      this.ranges[0]!.from === 0 &&
      this.ranges[0]!.to >= this.length
    );
  }
}

/**
 * Puts IP fragments together, per interface and direction, as each copy of a datagram has its own. What never
 * becomes whole is read as far as its first fragment goes, since a filter on a port sees no other.
 */
export class Fragments implements FragmentTaker {
  private readonly datagrams = new Map<string, Datagram>();
  private bytes = 0;

  constructor(
    private readonly udp: Udp,
    private readonly sink: Sink,
  ) {}

  take(packet: Packet, id: number, offset: number, more: boolean): number {
    const wireLength = Math.max(packet.wireEnd, packet.end) - packet.at;
    if (packet.at >= packet.end || offset + wireLength > MAX_DATAGRAM) return CUT;
    this.giveUpBefore(packet.seconds - PATIENCE);
    const key = `${packet.flowKey()}/${packet.ipProtocol}/${id}`;
    let datagram = this.datagrams.get(key);
    if (!datagram) {
      datagram = new Datagram(packet.seconds);
      this.datagrams.set(key, datagram);
      this.bytes += datagram.bytes.length;
    }
    this.bytes += datagram.put(packet, offset, wireLength);
    datagram.cover(offset, offset + wireLength);
    if (!more) datagram.length = offset + wireLength;
    if (offset === 0 && datagram.first === null) {
      datagram.first = packet.snapshot();
      datagram.isDns = packet.ipProtocol === IP_PROTOCOL.udp && this.udp.isDnsPort(packet, packet.at);
    }
    if (datagram.isComplete) {
      this.forget(key, datagram);
      this.open(packet, datagram, datagram.length);
      return IP_PAYLOAD;
    }
    if (datagram.ranges.length > MAX_FRAGMENTS) this.giveUp(key, datagram);
    while (this.datagrams.size > MAX_DATAGRAMS || this.bytes > MAX_BYTES) this.giveUpOldest();
    return datagram.isDns ? DNS_FRAGMENT : FRAGMENT;
  }

  /** Reads what is left of the datagrams that never became whole. */
  finish(): void {
    this.giveUpBefore(Infinity);
  }

  /** Lets `packet` go on with the datagram's bytes, in headers of its last fragment. */
  private open(packet: Packet, datagram: Datagram, length: number): void {
    packet.bytes = datagram.bytes;
    packet.at = 0;
    packet.end = Math.min(datagram.whole, length);
    packet.wireEnd = length;
  }

  private giveUpBefore(seconds: number): void {
    for (const [key, datagram] of this.datagrams) {
      if (datagram.since >= seconds) break;
      this.giveUp(key, datagram);
    }
  }

  private giveUpOldest(): void {
    for (const [key, datagram] of this.datagrams) return this.giveUp(key, datagram);
  }

  private giveUp(key: string, datagram: Datagram): void {
    this.forget(key, datagram);
    const { first } = datagram;
    if (first === null || !datagram.isDns) return;
    this.open(first, datagram, Math.max(datagram.length, datagram.whole + 1));
    this.udp.datagram(first);
    this.sink.problem({
      code: 'missing-fragments',
      detail: 'Fragments of a DNS packet are not in the capture; its header and question were kept.',
      position: `frame ${first.frame}`,
    });
  }

  private forget(key: string, datagram: Datagram): void {
    this.datagrams.delete(key);
    this.bytes -= datagram.bytes.length;
  }
}
