const NOTHING = new Uint8Array(0);

/**
 * The packet being taken apart: one object, reused for every frame. Each layer reads at `at` and moves
 * `at`, `end` and `wireEnd` to the bytes of the next one.
 */
export class Packet {
  /** Number of the frame, from 1, its capture time, and where it was captured. */
  frame = 0;
  seconds = 0;
  nanos = 0;
  interfaceId = 0;
  /** Index into DIRECTIONS. */
  direction = 0;

  /** Bytes at hand of the current layer: `bytes[at..end)`. */
  bytes: Uint8Array = NOTHING;
  at = 0;
  end = 0;
  /** Where the layer ended on the wire: greater than `end` where the capture is cut. */
  wireEnd = 0;

  /** EtherType or IP protocol of the bytes at `at`. */
  etherType = 0;
  ipProtocol = 0;
  /** Index into TUNNELS. */
  tunnel = 0;

  /** Innermost IP header: addresses are `addressLength` bytes of `addresses` at `src` and `dst`. */
  addresses: Uint8Array = NOTHING;
  addressLength = 4;
  src = 0;
  dst = 0;
  /** IPv4 identification, or -1. */
  ipId = -1;
  hopLimit = 0;
  srcPort = 0;
  dstPort = 0;

  /** Begins a frame with its bytes; the caller sets number, time and interface. */
  begin(bytes: Uint8Array, start: number, end: number, wireLength: number): void {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.wireEnd = start + wireLength;
    this.tunnel = 0;
    this.addressLength = 0;
  }

  /** Where this packet's sender and receiver are on one interface and direction: a key for reassembly. */
  flowKey(): string {
    const { buffer, byteOffset } = this.addresses;
    const from = Buffer.from(buffer, byteOffset + this.src, this.addressLength).toString('latin1');
    const to = Buffer.from(buffer, byteOffset + this.dst, this.addressLength).toString('latin1');
    return `${from}${to}${this.interfaceId}/${this.direction}/${this.tunnel}`;
  }

  /** A copy of the headers' facts, for a packet that is finished later; its bytes are left out. */
  snapshot(): Packet {
    const copy = new Packet();
    Object.assign(copy, this);
    const { addresses, src, dst, addressLength } = this;
    copy.addresses = new Uint8Array(2 * addressLength);
    copy.addresses.set(addresses.subarray(src, src + addressLength));
    copy.addresses.set(addresses.subarray(dst, dst + addressLength), addressLength);
    copy.src = 0;
    copy.dst = addressLength;
    copy.bytes = NOTHING;
    return copy;
  }
}
