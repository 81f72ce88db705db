import type { Batch } from '../../raw/batch.js';
import { placesOf, SharedRows } from '../../raw/shared-rows.js';
import type { Sink } from '../../raw/sink.js';
import { packets, paths, shapes, sightings } from '../../raw/tables/wire.js';
import { writeNanos } from '../../raw/word64.js';
import type { Packet } from '../packet/packet.js';

const PATH = placesOf(paths);
/** Where the columns of shapes stand in `WireRows.shape`. */
export const SHAPE = placesOf(shapes);

/** Writes messages as rows: each packet once, with its shape, and each time that it was seen, with its path. */
export class WireRows {
  /** Its current row is the packet at hand; `endPacket` adds the ids and ends it. */
  readonly packets: Batch<(typeof packets)['columns']>;
  /** What the packet at hand has in common with others: `shape[SHAPE.flags]`; -1 for null. */
  readonly shape: Int32Array;
  readonly sightings: Batch<(typeof sightings)['columns']>;
  private readonly shapes: SharedRows<(typeof shapes)['columns']>;
  private readonly paths: SharedRows<(typeof paths)['columns']>;

  constructor(private readonly sink: Sink) {
    this.packets = sink.batch(packets);
    this.sightings = sink.batch(sightings);
    this.shapes = new SharedRows(sink, shapes);
    this.paths = new SharedRows(sink, paths);
    this.shape = this.shapes.values;
  }

  /** The id of the packet at hand. */
  get packetId(): number {
    return this.sink.rowIds.packets;
  }

  /** Ends the row of the packet at hand and returns its id. */
  endPacket(): number {
    const { data, row } = this.packets;
    const id = this.sink.rowIds.packets++;
    data.source_id[row] = this.sink.sourceId;
    data.packet_id[row] = id;
    data.shape_id[row] = this.shapeId();
    this.packets.end();
    return id;
  }

  /** Writes that a packet was seen; `packet` says when and where. */
  see(
    packet: Packet,
    packetId: number,
    protocol: number,
    isResponse: boolean,
    srcId: number,
    dstId: number,
  ): void {
    const { data, row } = this.sightings;
    data.source_id[row] = this.sink.sourceId;
    data.frame[row] = packet.frame;
    writeNanos(data.time, row, packet.seconds, packet.nanos);
    data.packet_id[row] = packetId;
    data.path_id[row] = this.pathId(packet, protocol, isResponse, srcId, dstId);
    this.sightings.end();
  }

  /** The id of the path that a packet was seen on. */
  pathId(packet: Packet, protocol: number, isResponse: boolean, srcId: number, dstId: number): number {
    const { values } = this.paths;
    values[PATH.interface_id] = packet.interfaceId;
    values[PATH.direction] = packet.direction;
    values[PATH.tunnel] = packet.tunnel;
    values[PATH.protocol] = protocol;
    values[PATH.is_response] = isResponse ? 1 : 0;
    values[PATH.src_id] = srcId;
    values[PATH.dst_id] = dstId;
    values[PATH.server_port] = isResponse ? packet.srcPort : packet.dstPort;
    values[PATH.hop_limit] = packet.hopLimit;
    return this.paths.id();
  }

  /** The id of the shape that `shape` has. */
  shapeId(): number {
    return this.shapes.id();
  }

  /** Has `forget` called when ids of paths or shapes are forgotten. */
  whenForgetting(forget: () => void): void {
    this.paths.whenForgetting(forget);
    this.shapes.whenForgetting(forget);
  }
}
