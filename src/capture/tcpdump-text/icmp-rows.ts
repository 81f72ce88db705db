import { endpointBytes } from '../../store/address.js';
import type { Batch } from '../../store/batch.js';
import { hashBytes, writeKey } from '../../store/hash.js';
import type { Sink } from '../../store/sink.js';
import { icmpErrors, PROTOCOL } from '../../store/tables/wire.js';
import { writeNanos } from '../../store/word64.js';
import type { Sighting } from '../printed/message-rows.js';
import type { PrintedNetwork } from '../printed/printed-packet.js';
import type { PrintedIcmp } from './icmp-text.js';

/** Writes ICMP errors that tcpdump printed. */
export class IcmpRows {
  private readonly batch: Batch<(typeof icmpErrors)['columns']>;
  private readonly encoder = new TextEncoder();

  constructor(
    private readonly sink: Sink,
    private readonly ports: readonly number[],
  ) {
    this.batch = sink.batch(icmpErrors);
  }

  /** Writes an error if the packet that it quotes is of DNS; says whether it is. */
  write(at: Omit<Sighting, 'protocol'>, network: PrintedNetwork, error: PrintedIcmp): boolean {
    const { quotedSrc, quotedDst, message } = error;
    const isOfResponse = this.ports.includes(quotedSrc.port) && !this.ports.includes(quotedDst.port);
    if (!isOfResponse && !this.ports.includes(quotedDst.port)) return false;
    const { batch } = this;
    const { data, row } = batch;
    data.source_id[row] = this.sink.sourceId;
    data.frame[row] = at.frame;
    writeNanos(data.time, row, at.seconds, at.nanos);
    data.interface_id[row] = at.interfaceName === null ? 0 : this.sink.texts.idOfText(at.interfaceName);
    data.direction[row] = at.direction;
    data.tunnel[row] = network.tunnel;
    data.src_id[row] = this.addressId(network.src.address);
    data.dst_id[row] = this.addressId(network.dst.address);
    data.hop_limit[row] = network.hopLimit ?? 0;
    data.version[row] = error.version;
    data.type[row] = error.type;
    data.code[row] = error.code;
    data.mtu[row] = error.mtu ?? 0;
    if (error.mtu === null) batch.setNull('mtu');
    const protocol = error.isTcp ? PROTOCOL.tcp : PROTOCOL.udp;
    data.protocol[row] = protocol;
    data.quoted_src_id[row] = this.addressId(quotedSrc.address);
    data.quoted_dst_id[row] = this.addressId(quotedDst.address);
    data.quoted_src_port[row] = Math.max(0, quotedSrc.port);
    if (quotedSrc.port < 0) batch.setNull('quoted_src_port');
    data.quoted_dst_port[row] = Math.max(0, quotedDst.port);
    data.quoted_ip_id[row] = error.quotedIpId ?? 0;
    if (error.quotedIpId === null) batch.setNull('quoted_ip_id');
    data.of_response[row] = Number(isOfResponse);
    data.txid[row] = message?.txid ?? 0;
    if (!message) batch.setNull('txid');
    const client = isOfResponse ? quotedDst : quotedSrc;
    const question = message?.question;
    if (!message || !question || client.port < 0) {
      data.qname_id[row] = 0;
      batch.setNull('qtype');
      batch.setNull('key');
    } else {
      const name = this.encoder.encode(question.name);
      const hash = hashBytes(name, 0, name.length, this.sink.seed);
      data.qname_id[row] = this.sink.names.idOfHashed(name, 0, name.length, hash);
      data.qtype[row] = question.type;
      const bytes = endpointBytes(client.address);
      const clientHash = hashBytes(bytes, 0, bytes.length, this.sink.seed);
      writeKey(data.key, row, hash, clientHash, client.port, message.txid, question.type, protocol);
    }
    batch.end();
    return true;
  }

  private addressId(text: string): number {
    const bytes = endpointBytes(text);
    return this.sink.addresses.idOf(bytes, 0, bytes.length);
  }
}
