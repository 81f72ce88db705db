import { column, optional, table } from '../column.js';

/** IP protocols and framings a message may come over, by code. */
export const PROTOCOLS = ['udp', 'tcp'] as const;

/** Link-layer directions (Linux cooked capture's packet types), by code; 0 where the capture does not say. */
export const DIRECTIONS = ['unknown', 'in', 'broadcast', 'multicast', 'other', 'out'] as const;

/** Encapsulations around the innermost IP packet, by code; the innermost is named. */
export const TUNNELS = ['none', 'vxlan', 'geneve', 'gre', 'ipip', 'pppoe', 'mpls', 'other'] as const;

/** Codes by their names, the indexes into the lists above. */
export const PROTOCOL = codesOf(PROTOCOLS);
export const DIRECTION = codesOf(DIRECTIONS);
export const TUNNEL = codesOf(TUNNELS);

function codesOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, code) => [name, code])) as Record<Name, number>;
}

/** Where a capture saw a packet. */
const PLACE = {
  interface_id: column(
    'UINTEGER',
    'name or index of the interface, in texts; 0 where the capture does not say',
    'word',
  ),
  direction: column('UTINYINT', 'index into DIRECTIONS'),
  tunnel: column('UTINYINT', 'index into TUNNELS'),
};

export const sightings = table(
  'sightings',
  'One row per DNS message on the wire, each time it was seen: when, which and where.',
  {
    source_id: column('UINTEGER', 'the capture it was seen in'),
    frame: column('UINTEGER', 'frame number in the capture, from 1; of a reassembled message the last frame'),
    time: optional('TIMESTAMP_NS', 'when that frame was captured, UTC; null where its time cannot be one'),
    packet_id: column('UINTEGER', 'the message, in packets'),
    path_id: column('UINTEGER', 'where it was seen, in paths'),
  },
  'messages',
);

export const packets = table(
  'packets',
  'One row per DNS message as it was sent: its copies share the row, where they came soon after one another.',
  {
    source_id: column('UINTEGER', 'the capture'),
    packet_id: column('UINTEGER', 'id'),
    key: column(
      'UBIGINT',
      'hash of client address, client port, txid, name, type and protocol: equal for every copy of a query and of its response',
    ),
    client_port: column('USMALLINT', 'port that a query came from, or a response went to', 'port'),
    ip_id: optional('USMALLINT', 'IPv4 identification; null for IPv6'),
    txid: column('USMALLINT', "the header's ID (RFC 1035, 4.1.1)"),
    qname_id: column('UINTEGER', 'name of the first question, in names; 0 without a question'),
    qtype: column('USMALLINT', 'type of the first question; 0 without a question'),
    shape_id: column('UINTEGER', 'what it has in common with many others, in shapes'),
    bytes: column('UINTEGER', 'length of the DNS message in octets, as its UDP or TCP length says'),
    min_ttl: optional(
      'UINTEGER',
      'seconds: smallest TTL of the answer section; of a negative answer the smaller of its SOA TTL and MINIMUM (RFC 2308)',
    ),
  },
  null,
);

export const paths = table(
  'paths',
  'One row per place and way that messages were seen on: between which addresses, on which interface, how far from where they began.',
  {
    source_id: column('UINTEGER', 'the capture'),
    path_id: column('UINTEGER', 'id; two may stand for the same'),
    ...PLACE,
    protocol: column('UTINYINT', 'index into PROTOCOLS'),
    is_response: column('BOOLEAN', 'the messages are responses'),
    src_id: column('UINTEGER', 'address that sent them, in addresses'),
    dst_id: column('UINTEGER', 'address that they were sent to, in addresses'),
    server_port: column('USMALLINT', 'port that queries were sent to, or responses came from', 'port'),
    hop_limit: column('UTINYINT', 'IPv4 TTL or IPv6 hop limit'),
  },
  null,
);

export const shapes = table(
  'shapes',
  'One row per combination of what the messages of a capture have in common: flags, counts, EDNS.',
  {
    source_id: column('UINTEGER', 'the capture'),
    shape_id: column('UINTEGER', 'id; two may stand for the same'),
    flags: column('USMALLINT', "the header's second word: QR, opcode, AA, TC, RD, RA, Z, AD, CD, RCODE"),
    rcode: column('USMALLINT', 'response code with the upper bits of EDNS (RFC 6891, 6.1.3)'),
    qclass: column('USMALLINT', 'class of the first question; 0 without a question'),
    questions: column('USMALLINT', 'QDCOUNT'),
    answers: column('USMALLINT', 'ANCOUNT'),
    authorities: column('USMALLINT', 'NSCOUNT'),
    additionals: column('USMALLINT', 'ARCOUNT'),
    edns_size: optional('USMALLINT', "requestor's UDP payload size; null without EDNS"),
    dnssec_ok: column('BOOLEAN', "EDNS's DO bit"),
    cookie_bytes: column('UTINYINT', 'length of the cookie option; 0 without'),
    ede: optional('USMALLINT', 'extended DNS error code (RFC 8914)'),
    ecs_id: optional('UINTEGER', 'client subnet option (RFC 7871) as ADDRESS/PREFIX, in texts', 'address'),
  },
  null,
);

export const answers = table('answers', 'One row per resource record of a packet, OPT left out.', {
  source_id: column('UINTEGER', 'the capture'),
  packet_id: column('UINTEGER', 'the message, in packets'),
  section: column('UTINYINT', '1 answer, 2 authority, 3 additional'),
  position: column('USMALLINT', 'place in its section, from 0'),
  name_id: column('UINTEGER', 'owner name, in names'),
  type: column('USMALLINT', 'record type'),
  class: column('USMALLINT', 'record class'),
  ttl: column('UINTEGER', 'seconds'),
  data_id: column(
    'UINTEGER',
    'record data in presentation form, in texts; hex of RFC 3597 for types not known',
    'record-data',
  ),
});

export const icmpErrors = table(
  'icmp_errors',
  'One row per ICMP error that quotes a packet of DNS, each time it was seen (RFC 792, RFC 4443).',
  {
    source_id: column('UINTEGER', 'the capture it was seen in'),
    frame: column('UINTEGER', 'frame number in the capture, from 1'),
    time: column('TIMESTAMP_NS', 'when that frame was captured, UTC'),
    ...PLACE,
    src_id: column('UINTEGER', 'address that sent the error, in addresses'),
    dst_id: column('UINTEGER', 'address that it was sent to, in addresses'),
    hop_limit: column('UTINYINT', "the error's IPv4 TTL or IPv6 hop limit"),
    version: column('UTINYINT', '4 for ICMP, 6 for ICMPv6'),
    type: column('UTINYINT', 'type of the error'),
    code: column('UTINYINT', 'code of the error'),
    mtu: optional(
      'UINTEGER',
      'MTU of the next hop, where a packet was too big for it and the router says so',
    ),
    protocol: column('UTINYINT', 'index into PROTOCOLS, of the quoted packet'),
    quoted_src_id: column('UINTEGER', 'address that sent the quoted packet, in addresses'),
    quoted_src_port: optional('USMALLINT', 'port that sent it; null where a tool does not print it', 'port'),
    quoted_dst_id: column('UINTEGER', 'address that it was sent to, in addresses'),
    quoted_dst_port: column('USMALLINT', 'port that it was sent to', 'port'),
    quoted_ip_id: optional('USMALLINT', 'its IPv4 identification; null for IPv6'),
    of_response: column('BOOLEAN', 'it came from a port of DNS: a response was quoted, not a query'),
    txid: optional('USMALLINT', "the quoted message's ID; null where the quotation ends before it"),
    qname_id: column('UINTEGER', 'its name, in names; 0 where the quotation ends before it does'),
    qtype: optional('USMALLINT', 'its type; null where the quotation ends before it'),
    key: optional('UBIGINT', 'as packets.key, where the quotation has all of its parts'),
  },
);

export const encryptedSessions = table(
  'encrypted_sessions',
  'One row per connection to a server of DNS over TLS, HTTPS or QUIC, as the first place of a capture that saw it: what is asked in it is not seen, how long it took to begin is.',
  {
    source_id: column('UINTEGER', 'the capture it was seen in'),
    frame: column('UINTEGER', 'frame number of its first packet, from 1'),
    time: optional('TIMESTAMP_NS', 'when that frame was captured, UTC; null where its time cannot be one'),
    interface_id: PLACE.interface_id,
    protocol: column('VARCHAR', 'DoT, DoH or DoQ', 'own-words'),
    client_id: column('UINTEGER', 'address that began it, in addresses'),
    client_port: column('USMALLINT', 'port that it began at', 'port'),
    server_id: column('UINTEGER', 'address of the server, in addresses'),
    server_port: column('USMALLINT', 'port of the server', 'port'),
    server_name: optional(
      'VARCHAR',
      "name in the client's hello; null where it has none, or it is not captured",
      'name',
    ),
    attempts: column('UTINYINT', 'how often its first packet was sent; 255 for more'),
    connect_seconds: optional(
      'DOUBLE',
      'seconds from SYN to SYN-ACK; null of QUIC, and where no answer was seen',
    ),
    handshake_seconds: optional(
      'DOUBLE',
      "seconds from the client's hello to the server's, of QUIC from the first packet to the answer; null where no answer was seen",
    ),
    asked_handshake: column('BOOLEAN', "the client's hello was seen"),
    was_reset: column('BOOLEAN', 'a reset ended it before its handshake did'),
  },
);

export const frames = table(
  'frames',
  'One row per capture and kind of frame: how many were read, how many skipped.',
  {
    source_id: column('UINTEGER', 'the capture'),
    kind: column('VARCHAR', 'dns, other-port, not-ip, fragment, malformed, cut, ...', 'own-words'),
    count: column('BIGINT', 'frames'),
  },
);
