import { PROTOCOL } from '../../raw/tables/wire.js';
import type { Sink } from '../../raw/sink.js';
import type { DnsMessages } from '../dns/dns-message.js';
import type { LinkLayer } from '../layers/link-type.js';
import { Packet } from '../packet/packet.js';
import { SHAPE } from '../dns/wire-rows.js';
import type { Host, Machine } from './machine.js';

/** Answers what the decoder in WebAssembly asks for: ids of what it meets for the first time, as TypeScript would give them. */
export class WasmHost implements Host {
  private readonly packet = new Packet();

  constructor(
    private readonly machine: Machine,
    private readonly sink: Sink,
    private readonly messages: DnsMessages,
    private readonly layer: LinkLayer,
  ) {
    const { rows, records } = messages;
    const forget = () => machine.forgetFor(this);
    sink.names.whenForgetting(forget);
    sink.addresses.whenForgetting(forget);
    records.data.whenForgetting(forget);
    rows.whenForgetting(forget);
  }

  private get bytes(): Uint8Array {
    return this.machine.bytes;
  }

  nameId(text: number, length: number, hash: number): number {
    return this.sink.names.idOfHashed(this.bytes, text, text + length, hash >>> 0);
  }

  recordDataId(start: number, at: number, end: number, type: number, klass: number): number {
    return this.messages.records.data.idOf(this.bytes, start, at, end, type, klass);
  }

  pathId(
    src: number,
    dst: number,
    addressLength: number,
    srcPort: number,
    dstPort: number,
    hopLimit: number,
    interfaceId: number,
    hasIndex: number,
    direction: number,
    isResponse: number,
  ): number {
    const { packet } = this;
    const { ends, rows } = this.messages;
    packet.addresses = this.bytes;
    packet.addressLength = addressLength;
    packet.src = src;
    packet.dst = dst;
    packet.srcPort = srcPort;
    packet.dstPort = dstPort;
    packet.hopLimit = hopLimit;
    packet.interfaceId = hasIndex ? this.layer.interfaceId(interfaceId >>> 0) : interfaceId;
    packet.direction = direction;
    ends.read(packet);
    this.machine.setCell('client_id', isResponse ? ends.dstId : ends.srcId);
    this.machine.setCell('client_hash', isResponse ? ends.dstHash : ends.srcHash);
    return rows.pathId(packet, PROTOCOL.udp, isResponse !== 0, ends.srcId, ends.dstId);
  }

  shapeId(
    flags: number,
    rcode: number,
    qclass: number,
    answers: number,
    authorities: number,
    additionals: number,
    ednsSize: number,
    dnssecOk: number,
  ): number {
    const { rows } = this.messages;
    rows.shape[SHAPE.flags] = flags;
    rows.shape[SHAPE.rcode] = rcode;
    rows.shape[SHAPE.qclass] = qclass;
    rows.shape[SHAPE.questions] = 1;
    rows.shape[SHAPE.answers] = answers;
    rows.shape[SHAPE.authorities] = authorities;
    rows.shape[SHAPE.additionals] = additionals;
    rows.shape[SHAPE.edns_size] = ednsSize;
    rows.shape[SHAPE.dnssec_ok] = dnssecOk;
    rows.shape[SHAPE.cookie_bytes] = 0;
    rows.shape[SHAPE.ede] = -1;
    rows.shape[SHAPE.ecs_id] = -1;
    return rows.shapeId();
  }
}
