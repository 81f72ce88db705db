import { isIP } from 'node:net';
import type { ProblemCode } from '../../base/problem-codes.js';
import type { Sink } from '../../raw/sink.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import {
  CUT,
  DNS,
  DNS_SEGMENT,
  FRAGMENT,
  FrameCounts,
  ICMP_ERROR,
  MALFORMED,
  NOT_DNS,
  NOT_IP,
  OTHER_PORT,
  OTHER_PROTOCOL,
} from '../layers/frame-kind.js';
import { TLS_PORT } from '../layers/encrypted-sessions.js';
import { TLS_NOT_SEEN } from '../layers/other-ports.js';
import { MessageRows } from '../printed/message-rows.js';
import { IcmpRows } from './icmp-rows.js';
import { readIcmp } from './icmp-text.js';
import { readMessage } from './message-text.js';
import { readNetwork, withPort, type NetworkText } from './network-text.js';
import { readHead, type PacketHead } from './packet-head.js';
import { Timeline } from '../printed/timeline.js';

/** A packet's text is cut here; a DNS message of 64 KiB prints shorter. */
const LONGEST = 262144;
/** What -v prints behind an IPv4 header, on a line of its own. */
const HEADER_REST = /^[ \t]+[\w.:%-]{1,300} +> /;
/** A line that begins the packet inside a tunnel, and what stands before it. */
const INNER = /^\t?(?:IP6? |[\da-f]{2}:)/;
/** Endpoints, an id and what follows, without the size in parentheses that ends each message. */
const UNFINISHED = /^IP6? \S{1,300} > \S{1,300}: \d{1,5}[+*|$%-]*(?: .{0,2000}(?<!\(\d{1,6}\)))?$/s;
const TUNNEL_END =
  /\b(?:VXLAN, flags .{0,40}, vni \w+|OTV, flags .{0,40}, overlay \d+, instance \d+|Geneve, .{0,150}|GREv\d, .{0,150}, length \d+)$/;
/** A header and its rest, through as many tunnels as are read. */
const MOST_CONTINUED = 12;
const { udp: UDP, tcp: TCP } = PROTOCOL;
const SEGMENT = /^Flags \[[^\]]{0,20}\](?:.{0,400}?), length (\d{1,6})(?::? (.*))?$/s;
const OTHER_TRANSPORT =
  /^(?:ICMP6?|IGMP|ESP|AH|SCTP|PIM|OSPF|EIGRP|VRRP|CARP|ip-proto-|GREv|VXLAN|OTV|Geneve)/;
/** A fragment behind the first: no ports, and the protocol's name or number alone. */
const LATER_FRAGMENT = /^(?:ip-proto-17|udp|tcp|frag \()/;
/** Characters of the lines below an ICMP error that are kept: a packet's header and a message. */
const LONGEST_QUOTATION = 8192;

/** Takes the lines of a packet one after the other and writes what they say. */
export class Packets {
  private readonly counts = new FrameCounts();
  private readonly rows: MessageRows;
  private readonly icmp: IcmpRows;
  private head: PacketHead | null = null;
  /** The packet's line behind its head, with the lines that continue it. */
  private text = '';
  private continued = 0;
  /** The packet that an ICMP error quotes, which -v prints below it. */
  private quotation = '';
  private isTimed = false;
  private frame = 0;
  /** The line that the packet begins with. */
  private line = 0;

  constructor(
    private readonly sink: Sink,
    private readonly ports: readonly number[],
    private readonly timeline: Timeline,
  ) {
    this.rows = new MessageRows(sink);
    this.icmp = new IcmpRows(sink, ports);
  }

  /** Takes a line and its number; false if it is no part of a packet. */
  take(line: string, number: number): boolean {
    if (this.head && this.continues(line)) return true;
    const head = readHead(line);
    if (!head) return this.below(line);
    // Where packets have times, a line without one belongs to the packet before in a way not understood.
    if (head.form === 'none' && this.isTimed) return true;
    this.isTimed ||= head.form !== 'none';
    this.flush();
    this.head = head;
    this.line = number;
    this.text = head.rest;
    this.continued = 0;
    this.quotation = '';
    return true;
  }

  /** A line below a packet's: of an ICMP error the packet that it quotes, else something of no meaning here. */
  private below(line: string): boolean {
    if (!this.head || !/^[\t ]/.test(line)) return false;
    if (!isQuoting(this.text)) return !HEADER_REST.test(line);
    if (this.quotation.length + line.length <= LONGEST_QUOTATION) this.quotation += ` ${line.trim()}`;
    return true;
  }

  /** The rest of a DNS message's line that a mail or a forum broke at a blank; every such line ends with a size. */
  takeWrapped(line: string): boolean {
    if (!this.head || this.continued === MOST_CONTINUED || !UNFINISHED.test(this.text)) return false;
    this.continued++;
    if (this.text.length + line.length <= LONGEST) this.text += ` ${line.trim()}`;
    return true;
  }

  finish(): void {
    this.flush();
    this.counts.write(this.sink);
  }

  /** -v breaks a packet's line behind the IP header; a tunnel's packet has a line of its own. */
  private continues(line: string): boolean {
    if (this.continued === MOST_CONTINUED) return false;
    const isHeaderRest = this.text.endsWith(')') && HEADER_REST.test(line);
    const isInner = INNER.test(line) && TUNNEL_END.test(this.text.slice(-300)) && !isQuoting(this.text);
    if (!isHeaderRest && !isInner) return false;
    this.continued++;
    if (this.text.length + line.length <= LONGEST) this.text += ` ${line.trim()}`;
    return true;
  }

  private flush(): void {
    const { head, text } = this;
    this.head = null;
    if (!head) return;
    this.frame = head.number ?? this.frame + 1;
    this.timeline.place(head, this.frame);
    const network = readNetwork(text);
    if (!network) return this.counts.add(/^IP6?\b/.test(text) ? this.unread() : NOT_IP);
    const { frame } = this;
    const { seconds, nanos } = this.timeline;
    const at = { frame, seconds, nanos, interfaceName: head.interfaceName, direction: head.direction };
    this.counts.add(this.transport(at, network));
  }

  private transport(at: Omit<Parameters<MessageRows['write']>[0], 'protocol'>, network: NetworkText): number {
    const { payload } = network;
    const error = readIcmp(payload, network.dst, this.quotation.trimStart());
    if (error) return this.icmp.write(at, network, error) ? ICMP_ERROR : OTHER_PROTOCOL;
    if (network.src.port < 0 && LATER_FRAGMENT.test(payload)) return FRAGMENT;
    if (OTHER_TRANSPORT.test(payload)) return OTHER_PROTOCOL;
    const src = withPort(network.src);
    const dst = withPort(network.dst);
    if (src.port < 0 || dst.port < 0) return OTHER_PROTOCOL;
    const segment = SEGMENT.exec(payload);
    if (!this.ports.includes(src.port) && !this.ports.includes(dst.port)) {
      const isTls = segment !== null && (src.port === TLS_PORT || dst.port === TLS_PORT);
      return isTls ? this.tell(OTHER_PORT, 'dns-over-tls', TLS_NOT_SEEN) : OTHER_PORT;
    }
    const text = segment ? segment[2] : payload;
    if (!text) return segment ? DNS_SEGMENT : NOT_DNS;
    if (/^(?:\[[^\]]{0,80}\] )?(?:UDP, length|tcp \d)/.test(text)) return this.undecoded();
    const message = readMessage(text.trimStart());
    if (!message && segment) return this.undecodedSegment();
    if (!message) return text.endsWith('[|domain]') ? this.cut(CUT) : this.unknown();
    if (!isIP(src.address) || !isIP(dst.address)) this.tellNames();
    this.rows.write({ ...at, protocol: segment ? TCP : UDP }, { ...network, src, dst }, message);
    return message.isCut ? this.cut(DNS) : DNS;
  }

  /** An IP packet whose line shows no two endpoints. */
  private unread(): number {
    const detail = 'A packet is printed in no form that tcpdump has for IP; it was passed over.';
    this.sink.problem({ code: 'unknown-line', detail, position: `line ${this.line}` });
    return MALFORMED;
  }

  private unknown(): number {
    const detail = 'A packet on a DNS port is printed as no DNS message; it was passed over.';
    this.sink.problem({ code: 'not-a-message', detail, position: `line ${this.line}` });
    return NOT_DNS;
  }

  private undecoded(): number {
    return this.tell(
      NOT_DNS,
      'not-decoded',
      'Packets on a DNS port were printed without what they say; print without -q.',
    );
  }

  private undecodedSegment(): number {
    const detail =
      'tcpdump did not decode a TCP segment that is not exactly one DNS message (several of them, or a part of one); its messages are missing.';
    return this.tell(DNS_SEGMENT, 'segment-not-decoded', detail);
  }

  private cut(kind: number): number {
    const detail = 'A DNS message was captured or printed only in part; what its line shows of it was kept.';
    return this.tell(kind, 'cut-message', detail);
  }

  private tellNames(): void {
    const detail =
      'Addresses are printed as names; each name was taken for one endpoint, which a name of several addresses is not. Print with -nn to have addresses and ports as numbers.';
    this.sink.problem({ code: 'address-is-a-name', detail, position: `frame ${this.frame}` });
  }

  private tell(kind: number, code: ProblemCode, detail: string): number {
    this.sink.problem({ code, detail, position: `frame ${this.frame}` });
    return kind;
  }
}

/** An ICMP error shows the packet that it is about, on lines like those of a packet. */
function isQuoting(text: string): boolean {
  return /\bICMP/.test(text);
}
