/** EtherTypes by their names (IANA, IEEE 802 Numbers). */
export const ETHER_TYPE = {
  ipv4: 0x0800,
  ipv6: 0x86dd,
  /** 802.1Q */
  vlan: 0x8100,
  /** 802.1ad */
  serviceVlan: 0x88a8,
  /** What marked double tags before 802.1ad. */
  oldDoubleTag1: 0x9100,
  oldDoubleTag2: 0x9200,
  oldDoubleTag3: 0x9300,
  mpls: 0x8847,
  mplsUpstream: 0x8848,
  pppoeSession: 0x8864,
  transparentBridging: 0x6558,
  erspan: 0x88be,
  erspan3: 0x22eb,
} as const;

/** Protocols of IPv4's header and next headers of IPv6's (IANA, Protocol Numbers). */
export const IP_PROTOCOL = {
  hopByHop: 0,
  icmp: 1,
  ipv4: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  routing: 43,
  fragment: 44,
  gre: 47,
  encapsulatedSecurity: 50,
  authentication: 51,
  icmpv6: 58,
  noNext: 59,
  destinationOptions: 60,
  mobility: 135,
} as const;
