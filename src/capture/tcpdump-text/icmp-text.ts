import type { Endpoint, PrintedMessage } from '../printed/printed-packet.js';
import { readMessage } from './message-text.js';
import { readNetwork } from './network-text.js';

/** An ICMP error as tcpdump prints it, and the packet that it quotes, as far as that is printed. */
export interface PrintedIcmp {
  /** 4 for ICMP, 6 for ICMPv6. */
  readonly version: 4 | 6;
  readonly type: number;
  readonly code: number;
  readonly mtu: number | null;
  readonly isTcp: boolean;
  readonly quotedSrc: Endpoint;
  readonly quotedDst: Endpoint;
  readonly quotedIpId: number | null;
  /** Null where only -v would print it, or the quotation ends before it. */
  readonly message: PrintedMessage | null;
}

type Error = readonly [RegExp, version: 4 | 6, type: number, code: number];

/** print-icmp.c and print-icmp6.c: what ends the way of a packet, the more particular wording first. */
const ERRORS: readonly Error[] = [
  [/^ICMP \S+ (?:udp|tcp) port \S+ unreachable/, 4, 3, 3],
  [/^ICMP \S+ unreachable - need to frag/, 4, 3, 4],
  [/^ICMP net \S+ unreachable - admin prohibited/, 4, 3, 9],
  [/^ICMP host \S+ unreachable - admin prohibited filter/, 4, 3, 13],
  [/^ICMP host \S+ unreachable - admin prohibited/, 4, 3, 10],
  [/^ICMP net \S+ unreachable/, 4, 3, 0],
  [/^ICMP host \S+ unreachable/, 4, 3, 1],
  [/^ICMP time exceeded in-transit/, 4, 11, 0],
  [/^ICMP ip reassembly time exceeded/, 4, 11, 1],
  [/^ICMP6, (?:destination unreachable, )?unreachable port/, 6, 1, 4],
  [/^ICMP6, (?:destination unreachable, )?unreachable route/, 6, 1, 0],
  [/^ICMP6, (?:destination unreachable, )?unreachable prohibited/, 6, 1, 1],
  [/^ICMP6, (?:destination unreachable, )?unreachable address/, 6, 1, 3],
  [/^ICMP6, packet too big/, 6, 2, 0],
  [/^ICMP6, time exceeded in-transit/, 6, 3, 0],
  [/^ICMP6, time exceeded in-reassembly|^ICMP6, ip reassembly time exceeded/, 6, 3, 1],
];
/** The end of the quoted packet that could not be reached: `10.0.0.1 udp port 53`. */
const PORT = /(?:^ICMP |, )(\S{2,300}) (udp|tcp) port (\d{1,5}|domain)\b/;
const MTU = /\bmtu (\d{1,6})\b/;
const TRANSPORT = /^(?:Flags \[|(?:\[[^\]]{0,80}\] )?tcp \d)/;

/**
 * Reads an error of ICMP; `to` is whom it was sent to, and `quotation` the lines below it, which -v prints. Null where it is
 * none that ends the way of a packet with ports.
 */
export function readIcmp(payload: string, to: Endpoint, quotation: string): PrintedIcmp | null {
  if (!payload.startsWith('ICMP')) return null;
  const error = ERRORS.find(([form]) => form.test(payload));
  if (!error) return null;
  const [, version, type, code] = error;
  const mtu = Number(MTU.exec(payload)?.[1] ?? 0);
  const said = { version, type, code, mtu: mtu > 0 ? mtu : null };
  const quoted = readNetwork(quotation);
  if (quoted && quoted.src.port >= 0 && quoted.dst.port >= 0) {
    const isTcp = TRANSPORT.test(quoted.payload);
    const message = isTcp ? null : readMessage(quoted.payload.trimStart());
    return { ...said, isTcp, quotedSrc: quoted.src, quotedDst: quoted.dst, quotedIpId: quoted.ipId, message };
  }
  const [, address, protocol, port] = PORT.exec(payload) ?? [];
  if (address === undefined) return null;
  return {
    ...said,
    isTcp: protocol === 'tcp',
    quotedSrc: { address: to.address, port: -1 },
    quotedDst: { address, port: port === 'domain' ? 53 : Number(port) },
    quotedIpId: null,
    message: null,
  };
}
