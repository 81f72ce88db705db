import type { Sink } from '../../raw/sink.js';
import { encryptedSessions } from '../../raw/tables/wire.js';
import { writeNanos } from '../../raw/word64.js';
import { handshakeAt, quicVersionAt, serverNameIn } from './handshake.js';
import type { Packet } from '../packet/packet.js';
import { IP_PROTOCOL } from './protocol-numbers.js';
import { isResolverName, publicResolver } from './public-resolvers.js';

/** DNS over TLS (RFC 7858), and over QUIC (RFC 9250). */
export const TLS_PORT = 853;
/** HTTPS, which DNS over HTTPS (RFC 8484) looks like. */
export const HTTPS_PORT = 443;
/** Sessions whose handshakes are waited for at a time; the oldest is ended first. */
const MOST_OPEN = 16384;
/** A first packet that comes again sooner than this is a copy of it, seen elsewhere. */
const COPY_SECONDS = 0.2;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/** A connection to a server of encrypted DNS, as far as its handshakes were seen. */
interface Session {
  readonly frame: number;
  readonly seconds: number;
  readonly nanos: number;
  readonly interfaceId: number;
  readonly protocol: string;
  readonly client: Uint8Array;
  readonly clientPort: number;
  readonly server: Uint8Array;
  readonly serverPort: number;
  /** Whether it is one of DNS: of any other web server only the name in its hello can tell. */
  isDns: boolean;
  name: string | null;
  attempts: number;
  connectSeconds: number;
  /** Seconds from its beginning to the client's hello. */
  helloAfter: number;
  tlsSeconds: number;
  wasReset: boolean;
}

/** How long connections to servers of encrypted DNS took to begin, each as the first place of a capture that saw it. */
export class EncryptedSessions {
  private readonly open = new Map<string, Session>();

  constructor(private readonly sink: Sink) {}

  /** A TCP segment with its ports known and its payload at `packet.at`. */
  segment(packet: Packet, flags: number): void {
    const toServer = isServerPort(packet.dstPort);
    if (!toServer && !isServerPort(packet.srcPort)) return;
    const record = handshakeAt(packet.bytes, packet.at, packet.end);
    const isHello = record === 'client' || record === 'server';
    // all else is passed over before it costs anything
    if ((flags & (SYN | RST)) === 0 && !isHello) return;
    const session = this.find(
      packet,
      toServer,
      toServer && ((flags & (SYN | ACK)) === SYN || record === 'client'),
    );
    if (!session || session.interfaceId !== packet.interfaceId) return;
    const after = since(session, packet);
    if ((flags & SYN) !== 0) {
      if (toServer && after > COPY_SECONDS) session.attempts++;
      if (!toServer && Number.isNaN(session.connectSeconds)) session.connectSeconds = after;
    }
    if ((flags & RST) !== 0 && Number.isNaN(session.tlsSeconds)) session.wasReset = true;
    if (record === 'client' && toServer) this.hello(packet, session, after);
    if (record === 'server' && !toServer && Number.isNaN(session.tlsSeconds))
      session.tlsSeconds = after - session.helloAfter;
  }

  /** A datagram with its payload at `packet.at`, on the port of DNS over QUIC, or of HTTP/3 with a public resolver. */
  datagram(packet: Packet): void {
    const toServer = isServerPort(packet.dstPort);
    if (!toServer && !isServerPort(packet.srcPort)) return;
    if (quicVersionAt(packet.bytes, packet.at, packet.end) === 0) return;
    const session = this.find(packet, toServer, toServer);
    if (!session || session.interfaceId !== packet.interfaceId) return;
    const after = since(session, packet);
    const isAnswered = !Number.isNaN(session.tlsSeconds);
    if (toServer && !isAnswered && after > COPY_SECONDS) session.attempts++;
    if (!toServer && !isAnswered) session.tlsSeconds = after;
  }

  /** Writes what is still open. */
  finish(): void {
    for (const session of this.open.values()) this.write(session);
    this.open.clear();
  }

  /** The session of a packet; `begins` makes one where there is none. */
  private find(packet: Packet, toServer: boolean, begins: boolean): Session | null {
    const { addresses, src, dst, addressLength, srcPort, dstPort, ipProtocol } = packet;
    const [from, to] = toServer ? [src, dst] : [dst, src];
    const [clientPort, serverPort] = toServer ? [srcPort, dstPort] : [dstPort, srcPort];
    const client = addresses.slice(from, from + addressLength);
    const server = addresses.slice(to, to + addressLength);
    const key = `${ipProtocol} ${client.join()} ${clientPort} ${server.join()} ${serverPort}`;
    const known = this.open.get(key);
    if (known || !begins) return known ?? null;
    const isDns = serverPort === TLS_PORT || publicResolver(addresses, to, addressLength) !== null;
    const isUdp = ipProtocol === IP_PROTOCOL.udp;
    if (isUdp && !isDns) return null;
    if (this.open.size >= MOST_OPEN) this.end(this.open.keys().next().value!);
    const { frame, seconds, nanos, interfaceId } = packet;
    const session: Session = {
      frame,
      seconds,
      nanos,
      interfaceId,
      protocol: serverPort === HTTPS_PORT ? 'DoH' : isUdp ? 'DoQ' : 'DoT',
      client,
      clientPort,
      server,
      serverPort,
      isDns,
      name: null,
      attempts: 1,
      connectSeconds: NaN,
      helloAfter: isUdp ? 0 : NaN,
      tlsSeconds: NaN,
      wasReset: false,
    };
    this.open.set(key, session);
    return session;
  }

  private hello({ bytes, at, end }: Packet, session: Session, after: number): void {
    if (!Number.isNaN(session.helloAfter)) return;
    session.helloAfter = after;
    session.name = serverNameIn(bytes, at, end);
    session.isDns ||= session.name !== null && isResolverName(session.name);
  }

  private end(key: string): void {
    const session = this.open.get(key)!;
    this.open.delete(key);
    this.write(session);
  }

  private write(session: Session): void {
    if (!session.isDns) return;
    const batch = this.sink.batch(encryptedSessions);
    const { data, row } = batch;
    const addressId = (bytes: Uint8Array) => this.sink.addresses.idOf(bytes, 0, bytes.length);
    data.source_id[row] = this.sink.sourceId;
    data.frame[row] = session.frame;
    writeNanos(data.time, row, session.seconds, session.nanos);
    if (!(session.seconds > 0)) batch.setNull('time');
    data.interface_id[row] = session.interfaceId;
    data.protocol[row] = session.protocol;
    data.client_id[row] = addressId(session.client);
    data.client_port[row] = session.clientPort;
    data.server_id[row] = addressId(session.server);
    data.server_port[row] = session.serverPort;
    data.server_name[row] = session.name ?? '';
    if (session.name === null) batch.setNull('server_name');
    data.attempts[row] = Math.min(session.attempts, 255);
    data.connect_seconds[row] = session.connectSeconds;
    if (!(session.connectSeconds >= 0)) batch.setNull('connect_seconds');
    data.handshake_seconds[row] = session.tlsSeconds;
    if (!(session.tlsSeconds >= 0)) batch.setNull('handshake_seconds');
    data.asked_handshake[row] = Number(!Number.isNaN(session.helloAfter));
    data.was_reset[row] = Number(session.wasReset);
    batch.end();
  }
}

function isServerPort(port: number): boolean {
  return port === TLS_PORT || port === HTTPS_PORT;
}

function since({ seconds, nanos }: Session, packet: Packet): number {
  return packet.seconds - seconds + (packet.nanos - nanos) / 1e9;
}
