import type { PseudonymMaker } from './pseudonym.js';

/** Ports from here on are not the system's (RFC 6335, 6). */
const FIRST = 1024;
/** Linux takes ports of clients from here on (ip_local_port_range). */
const FIRST_EPHEMERAL = 32768;
const END = 65536;

/** Ports over 1023 that DNS servers of clusters are known to listen on; like those below they stay. */
const WELL_KNOWN: ReadonlySet<number> = new Set([
  1053, 5300, 5353, 5354, 5355, 8053, 8080, 8081, 8181, 9153, 9253, 9353, 10053, 10054, 10055, 30053,
]);

/** Replaces ports one to one: ephemeral ones by ephemeral ones, registered by registered ones. */
export class PortPseudonyms {
  /** The pseudonym of each port. */
  readonly of = Uint16Array.from({ length: END }, (_, port) => port);

  constructor(maker: PseudonymMaker) {
    const encrypt = maker.blocks('ports');
    this.shuffle(FIRST, FIRST_EPHEMERAL, encrypt);
    this.shuffle(FIRST_EPHEMERAL, END, encrypt);
  }

  /** Fisher and Yates's shuffle, drawn from the key. */
  private shuffle(from: number, to: number, encrypt: (blocks: Uint8Array) => Uint8Array): void {
    const ports: number[] = [];
    for (let port = from; port < to; port++) if (!WELL_KNOWN.has(port)) ports.push(port);
    const counters = new Uint32Array(4 * ports.length);
    ports.forEach((port, i) => (counters[4 * i] = port));
    const drawn = encrypt(new Uint8Array(counters.buffer));
    const numbers = new DataView(drawn.buffer, drawn.byteOffset, drawn.length);
    const images = [...ports];
    for (let i = images.length - 1; i > 0; i--) {
      const j = numbers.getUint32(16 * i) % (i + 1);
      [images[i], images[j]] = [images[j]!, images[i]!];
    }
    ports.forEach((port, i) => (this.of[port] = images[i]!));
  }
}
