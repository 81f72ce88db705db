/** What tools that print packets (tcpdump, tshark) say of one, as far as they print it. */

/** How a line tells its time: tcpdump's -tttt, -tt, nothing, -ttt or -ttttt, and -t. */
export type TimeForm = 'date' | 'epoch' | 'clock' | 'offset' | 'none';

/** A time as a tool printed it. */
export interface PrintedTime {
  readonly form: TimeForm;
  /** Seconds since 1970, since midnight or since another packet, by `form`; 0 without a time. */
  readonly seconds: number;
  readonly nanos: number;
}

/** An address and port as tcpdump joins them (`10.0.0.1.53`, `2001:db8::1.53`, without -n `web-0.domain`). */
export interface Endpoint {
  /** An address, or the name that was printed in its place. */
  readonly address: string;
  /** -1 where the protocol has none or it is not printed; 0 of a service whose number is not known. */
  readonly port: number;
}

/** The innermost network layer of a packet. */
export interface PrintedNetwork {
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /** IPv4 identification and TTL or hop limit, which only -v prints. */
  readonly ipId: number | null;
  readonly hopLimit: number | null;
  /** Octets behind the IP header, or -1. */
  readonly payloadLength: number;
  /** Index into TUNNELS. */
  readonly tunnel: number;
}

/** What is printed of an OPT record. */
export interface PrintedEdns {
  readonly size: number;
  readonly dnssecOk: boolean;
  readonly cookieBytes: number;
  /** ADDRESS/PREFIX, or null. */
  readonly subnet: string | null;
  readonly extendedError: number | null;
}

/** A record as far as tcpdump prints it. */
export interface PrintedRecord {
  /** 1 answer, 2 authority, 3 additional. */
  readonly section: number;
  /** Owner in presentation form; null without -v. */
  readonly name: string | null;
  readonly type: number;
  readonly class: number;
  /** Seconds; null below -vvv. */
  readonly ttl: number | null;
  /** Data in presentation form; empty where tcpdump does not print it; null where it is cut. */
  readonly data: string | null;
  readonly text: string;
}

/** A DNS message as far as it is printed. */
export interface PrintedMessage {
  readonly txid: number;
  readonly isResponse: boolean;
  /** The header's second word; of a response RD is not printed. */
  readonly flags: number;
  readonly rcode: number;
  /** The first question; null where it is not printed. */
  readonly question: { readonly name: string; readonly type: number; readonly class: number } | null;
  readonly questions: number;
  readonly answers: number;
  readonly authorities: number;
  readonly additionals: number;
  readonly edns: PrintedEdns | null;
  readonly records: readonly PrintedRecord[];
  /** Octets of the message, or -1 where the text is cut. */
  readonly length: number;
  /** The capture had only a part of the message. */
  readonly isCut: boolean;
}
