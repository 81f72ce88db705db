/**
 * What comes next in a packet. A layer function returns one of these, or a frame kind (below 32) when it is
 * done with the frame.
 */
export const ETHERNET = 32;
/** By `packet.etherType`. */
export const ETHER_PAYLOAD = 33;
/** IPv4 or IPv6, told by the version nibble. */
export const IP = 34;
/** By `packet.ipProtocol`. */
export const IP_PAYLOAD = 35;
export const PPP = 36;
export const GRE = 37;

/** Layers a packet may have, tags and tunnels included: hostile nesting ends here. */
export const MAX_LAYERS = 32;
