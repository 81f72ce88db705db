import { parseTimestamp } from '../../base/time/iso.js';
import { fractionNanos } from '../../base/time/instant.js';
import { readDate } from '../../base/time/printed.js';
import { DIRECTION, TUNNEL } from '../../raw/tables/wire.js';
import type { PrintedMessage, PrintedNetwork, PrintedTime } from '../printed/printed-packet.js';
import { lastOf, numberOf, type ShownPacket } from './packet.js';
import { readRecords, shownName, shownType } from './shown-record.js';

const RESPONSE = 0x8000;
const DNS_PORT = 53;
/** The flags' bits by their fields, for tables that have these alone. */
const FLAG_BITS: Readonly<Record<string, number>> = {
  dns_flags_response: RESPONSE,
  dns_flags_authoritative: 0x400,
  dns_flags_truncated: 0x200,
  dns_flags_recdesired: 0x100,
  dns_flags_recavail: 0x80,
  dns_flags_authenticated: 0x20,
  dns_flags_checkdisable: 0x10,
};

/** Whether a packet is a DNS message; mDNS and LLMNR have the same fields in layers of other names. */
export function isMessage(packet: ShownPacket): boolean {
  return numberOf(packet, 'dns_id') !== null;
}

/** Whether a packet is an ICMP error: the DNS message that tshark shows of it is one that was sent before. */
export function isQuote(packet: ShownPacket): boolean {
  return (
    /:icmp(?:v6)?(?::|$)/.test(lastOf(packet, 'frame_protocols') ?? '') ||
    packet.fields.has('icmp_type') ||
    packet.fields.has('icmpv6_type')
  );
}

/** Reads a DNS message from its fields; null without an id. */
export function readShownMessage(packet: ShownPacket): PrintedMessage | null {
  const txid = numberOf(packet, 'dns_id');
  if (txid === null || txid > 0xffff) return null;
  const flags = flagsOf(packet);
  const name = lastOf(packet, 'dns_qry_name');
  const { records, edns } = readRecords(packet);
  const count = (field: string, section: number) =>
    (numberOf(packet, field) ?? records.filter((record) => record.section === section).length) & 0xffff;
  const udpLength = numberOf(packet, 'udp_length');
  return {
    txid,
    isResponse: (flags & RESPONSE) !== 0,
    flags,
    rcode: numberOf(packet, 'dns_flags_rcode') ?? flags & 15,
    question:
      name === null
        ? null
        : {
            name: shownName(name),
            type: shownType(lastOf(packet, 'dns_qry_type')) ?? 0,
            class: (numberOf(packet, 'dns_qry_class') ?? 1) & 0xffff,
          },
    questions: numberOf(packet, 'dns_count_queries') ?? 1,
    answers: count('dns_count_answers', 1),
    authorities: count('dns_count_auth_rr', 2),
    additionals: count('dns_count_add_rr', 3),
    edns,
    records,
    length: numberOf(packet, 'dns_length') ?? (udpLength === null ? 0 : Math.max(0, udpLength - 8)),
    isCut: false,
  };
}

function flagsOf(packet: ShownPacket): number {
  const whole = numberOf(packet, 'dns_flags');
  if (whole !== null) return whole & 0xffff;
  let flags = (numberOf(packet, 'dns_flags_rcode') ?? 0) & 15;
  for (const [field, bit] of Object.entries(FLAG_BITS)) if (numberOf(packet, field) === 1) flags |= bit;
  flags |= ((numberOf(packet, 'dns_flags_opcode') ?? 0) & 15) << 11;
  const isFromServer = portOf(packet, 'src') === DNS_PORT && portOf(packet, 'dst') !== DNS_PORT;
  const isToldResponse = lastOf(packet, 'dns_flags_response') !== null;
  return !isToldResponse && (isFromServer || lastOf(packet, 'dns_flags_rcode') !== null)
    ? flags | RESPONSE
    : flags;
}

/** Reads endpoints and IP header; null where the packet's form shows no addresses. */
export function readShownNetwork(packet: ShownPacket): PrintedNetwork | null {
  const src = lastOf(packet, 'ip_src', 'ipv6_src', 'ip_src_host', 'ipv6_src_host', '_ws_col_def_src');
  const dst = lastOf(packet, 'ip_dst', 'ipv6_dst', 'ip_dst_host', 'ipv6_dst_host', '_ws_col_def_dst');
  if (src === null || dst === null) return null;
  const isResponse = (flagsOf(packet) & RESPONSE) !== 0;
  const port = (side: 'src' | 'dst') =>
    portOf(packet, side) ?? ((side === 'src') === isResponse ? DNS_PORT : 0);
  return {
    src: { address: src, port: port('src') },
    dst: { address: dst, port: port('dst') },
    ipId: packet.fields.has('ipv6_src') && !packet.fields.has('ip_src') ? null : numberOf(packet, 'ip_id'),
    hopLimit: numberOf(packet, 'ip_ttl', 'ipv6_hlim'),
    payloadLength: -1,
    tunnel: tunnelOf(packet),
  };
}

function portOf(packet: ShownPacket, side: 'src' | 'dst'): number | null {
  const port = numberOf(packet, `udp_${side}port`, `tcp_${side}port`);
  return port !== null && port < 65536 ? port : null;
}

/** tshark's name of each layer around the innermost IP packet. */
function tunnelOf(packet: ShownPacket): number {
  const layers = (lastOf(packet, 'frame_protocols') ?? '').split(':');
  const outer = layers.slice(
    0,
    layers.findLastIndex((layer) => layer === 'ip' || layer === 'ipv6'),
  );
  for (const [layer, tunnel] of [
    ['vxlan', TUNNEL.vxlan],
    ['geneve', TUNNEL.geneve],
    ['gre', TUNNEL.gre],
    ['ip', TUNNEL.ipip],
    ['pppoes', TUNNEL.pppoe],
    ['mpls', TUNNEL.mpls],
  ] as const)
    if (outer.includes(layer)) return tunnel;
  return TUNNEL.none;
}

/** Where and which way a packet was seen. */
export function readPlace(packet: ShownPacket): { interfaceName: string | null; direction: number } {
  const kind = numberOf(packet, 'sll_pkttype');
  return {
    interfaceName: lastOf(packet, 'frame_interface_name', 'sll_ifindex'),
    // the kernel's PACKET_HOST to PACKET_OUTGOING, in the order of DIRECTIONS
    direction: kind === null || kind > 4 ? DIRECTION.unknown : kind + 1,
  };
}

/** The packet's time in the surest form that is shown. */
export function readTime(packet: ShownPacket): PrintedTime {
  const epoch = lastOf(packet, 'frame_time_epoch', 'frame_time_utc', 'frame_time');
  const read = epoch === null ? null : readPrintedTime(epoch);
  if (read) return read;
  const relative = lastOf(packet, 'frame_time_relative');
  return (relative !== null && readPrintedTime(relative)) || { form: 'none', seconds: 0, nanos: 0 };
}

/** Reads a time of tshark's column or of a field: a date, seconds since 1970, a time of day, seconds since the first packet. */
export function readPrintedTime(text: string): PrintedTime | null {
  const number = /^(\d{1,10})(?:\.(\d{1,9}))?$/.exec(text);
  if (number) {
    const seconds = Number(number[1]);
    return { form: seconds >= 1e8 ? 'epoch' : 'offset', seconds, nanos: fractionNanos(number[2]) };
  }
  const clock = /^([01]\d|2[0-3]):([0-5]\d):([0-6]\d)(?:[.,](\d{1,9}))?$/.exec(text);
  if (clock) {
    const seconds = Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
    return { form: 'clock', seconds, nanos: fractionNanos(clock[4]) };
  }
  const date = parseTimestamp(text) ?? readDate(text.replace(/,(?= \d{4})/, ''), Date.now() / 1000);
  return date && { form: date.zoned ? 'epoch' : 'date', seconds: date.seconds, nanos: date.nanos };
}
