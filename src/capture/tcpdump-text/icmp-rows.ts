import type { Batch } from '../../raw/batch.js';
import { writeKey } from '../../raw/hash.js';
import type { Sink } from '../../raw/sink.js';
import { icmpErrors, PROTOCOL } from '../../raw/tables/wire.js';
import { writeNanos } from '../../raw/word64.js';
import type { Sighting } from '../printed/message-rows.js';
import { PrintedIds } from '../printed/printed-ids.js';
import type { PrintedNetwork } from '../printed/printed-packet.js';
import type { PrintedIcmp } from './icmp-text.js';

/** Writes ICMP errors that tcpdump printed. */
export class IcmpRows {
  private readonly batch: Batch<(typeof icmpErrors)['columns']>;
  private readonly ids: PrintedIds;

  constructor(
    private readonly sink: Sink,
    private readonly ports: readonly number[],
  ) {
    this.batch = sink.batch(icmpErrors);
    this.ids = new PrintedIds(sink);
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
    data.interface_id[row] = this.ids.interface(at.interfaceName);
    data.direction[row] = at.direction;
    data.tunnel[row] = network.tunnel;
    data.src_id[row] = this.ids.endpoint(network.src.address).id;
    data.dst_id[row] = this.ids.endpoint(network.dst.address).id;
    data.hop_limit[row] = network.hopLimit ?? 0;
    data.version[row] = error.version;
    data.type[row] = error.type;
    data.code[row] = error.code;
    data.mtu[row] = error.mtu ?? 0;
    if (error.mtu === null) batch.setNull('mtu');
    const protocol = error.isTcp ? PROTOCOL.tcp : PROTOCOL.udp;
    data.protocol[row] = protocol;
    const from = this.ids.endpoint(quotedSrc.address);
    const to = this.ids.endpoint(quotedDst.address);
    data.quoted_src_id[row] = from.id;
    data.quoted_dst_id[row] = to.id;
    data.quoted_src_port[row] = Math.max(0, quotedSrc.port);
    if (quotedSrc.port < 0) batch.setNull('quoted_src_port');
    data.quoted_dst_port[row] = Math.max(0, quotedDst.port);
    data.quoted_ip_id[row] = error.quotedIpId ?? 0;
    if (error.quotedIpId === null) batch.setNull('quoted_ip_id');
    data.of_response[row] = Number(isOfResponse);
    data.txid[row] = message?.txid ?? 0;
    if (!message) batch.setNull('txid');
    const client = isOfResponse ? to : from;
    const clientPort = isOfResponse ? quotedDst.port : quotedSrc.port;
    const question = message?.question;
    if (!message || !question || clientPort < 0) {
      data.qname_id[row] = 0;
      batch.setNull('qtype');
      batch.setNull('key');
    } else {
      const { id, hash } = this.ids.name(question.name);
      data.qname_id[row] = id;
      data.qtype[row] = question.type;
      writeKey(data.key, row, hash, client.hash, clientPort, message.txid, question.type, protocol);
    }
    batch.end();
    return true;
  }
}
