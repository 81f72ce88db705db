import type { Batch } from '../raw/batch.js';
import { packets, paths, shapes, sightings } from '../raw/tables/wire.js';
import { OpenQueries } from './open-queries.js';
import { answered, isValid, RECENT, secondsAt, type Totals } from './totals.js';

/** A query that was not asked again for so long is given up. */
const GIVEN_UP_SECONDS = 12;

/** Counts the messages of one capture: every query once, whatever its copies, and its answer with the time that it took. */
export class WireFold {
  readonly open = new OpenQueries();
  private readonly keyLow = new Uint32Array(RECENT);
  private readonly keyHigh = new Uint32Array(RECENT);
  private readonly nameIds = new Uint32Array(RECENT);
  private readonly shapeIds = new Uint32Array(RECENT);
  private readonly rcodes = new Uint16Array(RECENT);
  private readonly clientIds = new Uint32Array(RECENT);
  private readonly isResponse = new Uint8Array(RECENT);
  /** Sightings, whose packets may come after them: time, packet, path. */
  private waiting = new Float64Array(3 * 4096);
  private waits = 0;

  constructor(
    private readonly totals: Totals,
    private readonly clientOf: (addressId: number) => number,
  ) {}

  takePackets({ data, row }: Batch<(typeof packets)['columns']>): void {
    for (let i = 0; i < row; i++) {
      const at = data.packet_id[i]! & (RECENT - 1);
      this.keyLow[at] = data.key[2 * i]!;
      this.keyHigh[at] = data.key[2 * i + 1]!;
      this.nameIds[at] = data.qname_id[i]!;
      this.shapeIds[at] = data.shape_id[i]!;
    }
  }

  takeShapes({ data, row }: Batch<(typeof shapes)['columns']>): void {
    for (let i = 0; i < row; i++) this.rcodes[data.shape_id[i]! & (RECENT - 1)] = data.rcode[i]!;
  }

  takePaths({ data, row }: Batch<(typeof paths)['columns']>): void {
    for (let i = 0; i < row; i++) {
      const at = data.path_id[i]! & (RECENT - 1);
      this.isResponse[at] = data.is_response[i]!;
      this.clientIds[at] = data.is_response[i] ? data.dst_id[i]! : data.src_id[i]!;
    }
  }

  takeSightings({ data, row, validity }: Batch<(typeof sightings)['columns']>): void {
    while (this.waits + 3 * row > this.waiting.length) {
      const wider = new Float64Array(2 * this.waiting.length);
      wider.set(this.waiting);
      this.waiting = wider;
    }
    for (let i = 0; i < row; i++) {
      if (!isValid(validity.time, i)) continue;
      this.waiting[this.waits++] = secondsAt(data.time, i);
      this.waiting[this.waits++] = data.packet_id[i]!;
      this.waiting[this.waits++] = data.path_id[i]!;
    }
  }

  /** Counts what waits; to be called when every batch was handed on. */
  settle(): void {
    for (let i = 0; i < this.waits; i += 3) {
      const packet = this.waiting[i + 1]! & (RECENT - 1);
      this.count(this.waiting[i]!, packet, this.waiting[i + 2]! & (RECENT - 1));
    }
    this.waits = 0;
  }

  /** Gives up what was not answered for long, at a time of the evidence. */
  passOn(now: number): void {
    const gone = this.open.giveUp(now - GIVEN_UP_SECONDS);
    if (gone > 0) this.totals.wire.add('unanswered', now, gone);
  }

  private count(time: number, packet: number, path: number): void {
    const { wire, clients } = this.totals;
    const low = this.keyLow[packet]!;
    const high = this.keyHigh[packet]!;
    if (this.isResponse[path]) {
      const took = this.open.answer(low, high, time);
      if (took === null) return;
      const rcode = this.rcodes[this.shapeIds[packet]! & (RECENT - 1)]!;
      answered(wire, time, took, rcode, clients, this.clientOf(this.clientIds[path]!));
      return;
    }
    const client = this.clientOf(this.clientIds[path]!);
    const attempt = this.open.ask(low, high, time, client, this.nameIds[packet]!);
    if (attempt === 'copy') return;
    wire.add('queries', time);
    clients.asked(client);
    if (typeof attempt !== 'number') return;
    wire.add('retries', time);
    // glibc and Go wait 5 s, musl half of that
    if (attempt > 4.8 && attempt < 5.3) wire.add('gaps5', time);
    else if (attempt > 2.3 && attempt < 2.8) wire.add('gaps2', time);
  }
}
