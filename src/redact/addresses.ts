import { formatAddress, parseAddress } from '../base/address.js';
import type { PseudonymMaker } from './pseudonym.js';

/**
 * Networks whose addresses stay in them, by the bits that stay: what kind an address is of can still be seen
 * (private, link-local, ...). Where all bits stay, the address itself means the same everywhere.
 */
const NETWORKS = [
  ['0.0.0.0', 8, 32], // this host (RFC 1122)
  ['127.0.0.0', 8, 32], // loopback
  ['255.255.255.255', 32, 32],
  ['169.254.169.0', 24, 32], // the clouds' resolvers, time and metadata
  ['169.254.20.10', 32, 32], // NodeLocal DNSCache's default
  ['169.254.25.10', 32, 32], // the same of Kubespray
  ['169.254.0.0', 16], // link-local (RFC 3927)
  ['10.0.0.0', 8], // private (RFC 1918)
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10], // shared (RFC 6598)
  ['198.18.0.0', 15], // benchmarks (RFC 2544)
  ['224.0.0.0', 24, 32], // multicast on the link (RFC 5771)
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['0.0.0.0', 0], // public
  ['::', 127, 128], // unspecified, loopback
  ['fd00:ec2::', 32, 128], // AWS's own resolver and metadata
  ['fd00::', 16],
  ['fc00::', 7], // unique local (RFC 4193)
  ['fe80::', 64], // link-local (RFC 4291)
  ['fe80::', 10],
  ['ff02::', 16],
  ['ff00::', 8],
  ['64:ff9b::', 96], // NAT64 (RFC 6052)
  ['2000::', 3], // global
  ['::', 0],
] as const satisfies readonly (readonly [string, number, number?])[];

interface Network {
  bytes: Uint8Array;
  bits: number;
  kept: number;
}

const networks: Network[] = NETWORKS.map(([text, bits, kept = bits]) => ({
  bytes: parseAddress(text)!,
  bits,
  kept,
}));

/**
 * Replaces IP addresses one to one so that two addresses share as many leading bits as before (J. Xu et al.,
 * "Prefix-Preserving IP Address Anonymization", 2002, with AES as there), and stay in their network of `NETWORKS`.
 */
export class AddressPseudonyms {
  private readonly encrypt: (blocks: Uint8Array) => Uint8Array;

  constructor(maker: PseudonymMaker) {
    this.encrypt = maker.blocks('addresses');
  }

  /** The pseudonym of an address in text form, or of ADDRESS/PREFIX; null for any other text. */
  redact(text: string): string | null {
    const slash = text.lastIndexOf('/');
    const length = slash === -1 ? null : text.slice(slash);
    if (length !== null && !/^\/\d{1,3}$/.test(length)) return null;
    const bytes = parseAddress(length === null ? text : text.slice(0, slash));
    return bytes && formatAddress(this.redactBytes(bytes)) + (length ?? '');
  }

  /** The pseudonym of 4 or 16 bytes in network order. */
  redactBytes(bytes: Uint8Array): Uint8Array {
    const network = networkOf(bytes);
    if (network.kept === bytes.length * 8) return bytes;
    let image = bytes;
    // Walks on where the image lies in another network; as each step is one to one, it comes back at last.
    do image = this.permute(image, network.kept);
    while (networkOf(image) !== network);
    return image;
  }

  /** Flips each bit after the first `kept` ones, or not, as the bits before it say. */
  private permute(bytes: Uint8Array, kept: number): Uint8Array {
    const bits = bytes.length * 8;
    const blocks = new Uint8Array(16 * (bits - kept));
    for (let bit = kept; bit < bits; bit++) {
      const at = 16 * (bit - kept);
      const whole = bit >> 3;
      blocks.set(bytes.subarray(0, whole), at);
      if (bit & 7) blocks[at + whole] = bytes[whole]! & (0xff00 >> (bit & 7));
      // A mark after the prefix tells 10/8 from 10.0/16; the last bit's block is full, and unlike any other
      if (whole + 1 < 16) blocks[at + 15] = bit + 1;
      else blocks[at + 15]! ^= (0x80 >> (bit & 7)) & 0xff;
    }
    const flips = this.encrypt(blocks);
    const image = Uint8Array.from(bytes);
    for (let bit = kept; bit < bits; bit++) {
      if (flips[16 * (bit - kept)]! & 1) image[bit >> 3]! ^= 0x80 >> (bit & 7);
    }
    return image;
  }
}

function networkOf(address: Uint8Array): Network {
  return networks.find(({ bytes, bits }) => bytes.length === address.length && covers(bytes, bits, address))!;
}

function covers(network: Uint8Array, bits: number, address: Uint8Array): boolean {
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) if (network[i] !== address[i]) return false;
  const mask = 0xff00 >> (bits & 7);
  return (bits & 7) === 0 || ((network[whole]! ^ address[whole]!) & mask & 0xff) === 0;
}
