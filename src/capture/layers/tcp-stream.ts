import { u16 } from '../packet/bytes.js';
import { type DnsMessages, looksLikeMessage, mayBeginMessage } from '../dns/dns-message.js';
import type { Packet } from '../packet/packet.js';
import { TcpFraming } from './tcp-framing.js';

/** Segments and bytes held back for one that is missing; then it is given up. */
const MAX_SEGMENTS = 64;
const MAX_HELD = 1 << 18;
/** Octets that a segment may lie off the expected one in the same connection. */
const WINDOW = 1 << 20;

/** A segment that came before one that it follows. */
interface Segment {
  readonly sequence: number;
  readonly packet: Packet;
  /** Its captured bytes, and how many it had on the wire. */
  readonly bytes: Uint8Array;
  readonly wireLength: number;
}

/** One direction of a TCP connection as one interface saw it: segments in order, each octet once. */
export class TcpStream {
  private readonly framing: TcpFraming;
  /** Sequence number of the first and of the next octet; -1 while not known. */
  private first = -1;
  private next = -1;
  /** Joined at what may be the first part of a message, of which none has ended yet. */
  private isGuess = false;
  /** Segments ahead of `next`, in order. */
  private waiting: Segment[] = [];
  private waitingBytes = 0;
  private late = 0;

  constructor(messages: DnsMessages) {
    this.framing = new TcpFraming(messages);
  }

  /** Bytes held back. */
  get held(): number {
    return this.framing.held + this.waitingBytes;
  }

  /** A SYN: data begin at `sequence`. One seen again changes nothing. */
  begin(sequence: number): void {
    if (this.first === sequence) return;
    this.finish();
    this.first = this.next = sequence;
    this.isGuess = false;
    this.framing.begin();
  }

  /** Takes a segment: `packet.bytes[at..end)`, `wireEnd - at` octets on the wire. Returns the messages that ended. */
  segment(packet: Packet, sequence: number): number {
    const wireLength = Math.max(packet.wireEnd, packet.end) - packet.at;
    if (wireLength === 0) return 0;
    const ahead = (sequence - this.next) | 0;
    if (this.next >= 0 && Math.abs(ahead) > WINDOW) this.finish();
    if (this.next < 0) {
      if (!this.join(packet.bytes, packet.at, packet.end, sequence)) return 0;
    } else if (ahead > 0) {
      this.hold(packet, sequence, wireLength);
      const full = this.waiting.length > MAX_SEGMENTS || this.waitingBytes > MAX_HELD;
      if (full) this.giveUp();
      return 0;
    }
    const found = this.consume(packet, packet.bytes, packet.at, packet.end, sequence, wireLength);
    this.release();
    return found;
  }

  /** Reads what is held back as far as it goes, and forgets where the stream was. */
  finish(): void {
    while (this.waiting.length > 0) this.giveUp();
    // Of a message that was only guessed nothing is kept.
    if (this.isGuess) this.framing.begin();
    else this.late += this.framing.broken();
    this.isGuess = false;
    this.first = this.next = -1;
  }

  /** Messages found since the last call in segments that came before the one at hand. */
  takeLate(): number {
    const { late } = this;
    this.late = 0;
    return late;
  }

  /** Starts in the middle of a connection, if a message seems to begin with this segment, or a part of one. */
  private join(bytes: Uint8Array, at: number, end: number, sequence: number): boolean {
    // Some resolvers send the length in a segment of its own.
    const prefixOnly = end - at === 2;
    if (end - at < 2) return false;
    const length = u16(bytes, at);
    const isMessage = looksLikeMessage(bytes, at + 2, end, length);
    if (!prefixOnly && !isMessage && !mayBeginMessage(bytes, at + 2, end, length)) return false;
    this.next = sequence;
    this.isGuess = !prefixOnly && !isMessage;
    this.framing.begin();
    return true;
  }

  private consume(
    packet: Packet,
    bytes: Uint8Array,
    at: number,
    end: number,
    sequence: number,
    wireLength: number,
  ): number {
    const known = (this.next - sequence) | 0;
    if (known >= wireLength) return 0;
    const from = at + known;
    // A message that begins where a guess would go on shows that the guess was none.
    if (this.isGuess && end - from > 2 && looksLikeMessage(bytes, from + 2, end, u16(bytes, from))) {
      this.isGuess = false;
      this.framing.begin();
    }
    let found = 0;
    if (from < end) found = this.framing.feed(packet, bytes, from, end);
    const cut = at + wireLength - Math.max(from, end);
    if (cut > 0) found += this.framing.hole(cut);
    if (found > 0) this.isGuess = false;
    this.next = this.framing.inStep ? (sequence + wireLength) >>> 0 : -1;
    return found;
  }

  private hold(packet: Packet, sequence: number, wireLength: number): void {
    const bytes = packet.bytes.slice(packet.at, packet.end);
    const segment = { sequence, packet: packet.snapshot(), bytes, wireLength };
    let place = this.waiting.length;
    while (place > 0 && ((sequence - this.waiting[place - 1]!.sequence) | 0) < 0) place--;
    this.waiting.splice(place, 0, segment);
    this.waitingBytes += bytes.length;
  }

  /** Reads the held segments that now come next. */
  private release(): void {
    while (this.waiting.length > 0) {
      const segment = this.waiting[0]!;
      if (this.next >= 0 && ((segment.sequence - this.next) | 0) > 0) break;
      this.waiting.shift();
      this.waitingBytes -= segment.bytes.length;
      const { packet, bytes, sequence, wireLength } = segment;
      if (this.next < 0 && !this.join(bytes, 0, bytes.length, sequence)) continue;
      this.late += this.consume(packet, bytes, 0, bytes.length, sequence, wireLength);
    }
  }

  /** Gives up the missing octets before the first held segment. */
  private giveUp(): void {
    const [segment] = this.waiting;
    if (segment === undefined) return;
    if (this.next >= 0) {
      this.late += this.framing.hole((segment.sequence - this.next) >>> 0);
      this.next = this.framing.inStep ? segment.sequence : -1;
    }
    this.release();
  }
}
