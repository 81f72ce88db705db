import type { Sink } from '../../raw/sink.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import {
  CUT,
  DNS,
  FrameCounts,
  ICMP_ERROR,
  NOT_DNS,
  OTHER_PORT,
  OTHER_PROTOCOL,
} from '../layers/frame-kind.js';
import { MessageRows } from '../printed/message-rows.js';
import type { PrintedTime } from '../printed/printed-packet.js';
import type { Timeline } from '../printed/timeline.js';
import { numberOf, type ShownPacket } from './packet.js';
import {
  isMessage,
  isQuote,
  readPlace,
  readPrintedTime,
  readShownMessage,
  readShownNetwork,
  readTime,
} from './shown-message.js';
import { readInfo, type Summary } from './summary-line.js';

/** Protocols of the same messages that are no DNS of servers. */
const OF_THE_LINK = new Set(['MDNS', 'LLMNR', 'NBNS']);

/** Writes packets, from whatever form of tshark they come. */
export class ShownPackets {
  private readonly counts = new FrameCounts();
  private readonly rows: MessageRows;
  private frame = 0;
  private isNamed = false;

  constructor(
    private readonly sink: Sink,
    private readonly timeline: Timeline,
  ) {
    this.rows = new MessageRows(sink);
  }

  /** A packet, each of its DNS messages with its fields, at a line of the input. */
  take(messages: readonly ShownPacket[], line: number): void {
    const [first] = messages;
    if (!first) return;
    this.place(numberOf(first, 'frame_number'), readTime(first));
    let kind = OTHER_PROTOCOL;
    for (const message of messages) kind = this.write(message, line);
    this.counts.add(kind);
  }

  /** A row of the packet list. */
  takeSummary(summary: Summary, line: number): void {
    this.place(summary.number, readPrintedTime(summary.time) ?? { form: 'none', seconds: 0, nanos: 0 });
    if (OF_THE_LINK.has(summary.protocol)) return this.counts.add(OTHER_PORT);
    if (summary.protocol !== 'DNS') return this.counts.add(OTHER_PROTOCOL);
    const messages = readInfo(summary);
    for (const message of messages) this.write(message, line);
    if (messages.length > 0) return this.counts.add(DNS);
    const isPart = /segment|fragment|malformed/i.test(summary.info);
    this.counts.add(isPart ? CUT : NOT_DNS);
    this.unread(line);
  }

  /** Tells a line, or an object, that is no packet. */
  unread(line: number): void {
    const detail = 'A line or packet is of no form that tshark prints of DNS; it was passed over.';
    this.sink.problem({ code: 'unknown-line', detail, position: `line ${line}` });
  }

  finish(): void {
    this.counts.write(this.sink);
  }

  private place(number: number | null, time: PrintedTime): void {
    this.frame = number ?? this.frame + 1;
    this.timeline.place(time, this.frame);
  }

  private write(packet: ShownPacket, line: number): number {
    if (isQuote(packet)) return isMessage(packet) ? ICMP_ERROR : OTHER_PROTOCOL;
    if (!isMessage(packet)) return OTHER_PROTOCOL;
    const message = readShownMessage(packet);
    const network = readShownNetwork(packet);
    if (!message || !network) {
      this.unread(line);
      return NOT_DNS;
    }
    if (packet.messages > 1) this.tellOthers(packet.messages - 1);
    if (network.src.port === 0 || network.dst.port === 0) this.tellPorts();
    const { seconds, nanos } = this.timeline;
    const protocol =
      packet.fields.has('tcp_srcport') && !packet.fields.has('udp_srcport') ? PROTOCOL.tcp : PROTOCOL.udp;
    this.rows.write({ frame: this.frame, seconds, nanos, ...readPlace(packet), protocol }, network, message);
    return DNS;
  }

  private tellOthers(count: number): void {
    const detail =
      'A packet holds several DNS messages, which this form does not keep apart; one of them was read.';
    for (let i = 0; i < count; i++)
      this.sink.problem({ code: 'segment-not-decoded', detail, position: `frame ${this.frame}` });
  }

  private tellPorts(): void {
    if (this.isNamed) return;
    this.isNamed = true;
    const detail =
      "The packets' ports are not shown, so that two sockets of one client cannot be told apart; give the capture itself, or print with -V.";
    this.sink.problem({ code: 'ports-not-shown', detail, position: `frame ${this.frame}` });
  }
}
