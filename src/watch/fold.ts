import type { Batch } from '../raw/batch.js';
import type { Columns } from '../raw/column.js';
import { addresses, names } from '../raw/tables/ledger.js';
import { logQueries } from '../raw/tables/logs.js';
import { packets, paths, shapes, sightings } from '../raw/tables/wire.js';
import { answered, isValid, RECENT, secondsAt, type Totals } from './totals.js';
import { WireFold } from './wire-fold.js';

/** Seconds that a clock may be ahead of this machine's. */
const MOST_AHEAD = 3600;
const LOGGED = 4;
/** In the place of what a line does not tell. */
const NONE = -1;

type Rows<T extends { columns: Columns }> = Batch<T['columns']>;

/** Counts the rows of one source as they come, for what a screen shows each second. */
export class Fold {
  private readonly addresses = new RecentTexts();
  private readonly names = new RecentTexts();
  private made: WireFold | null = null;
  /** The latest instant of its rows, seconds since 1970; 0 where none has a time. */
  newest = 0;
  /** Lines of logs whose clients may come after them, `LOGGED` numbers each: time, client, rcode, seconds that it took. */
  private readonly logged: number[] = [];

  constructor(private readonly totals: Totals) {}

  /** Of a source with messages; null of others. */
  get wire(): WireFold | null {
    return this.made;
  }

  nameOf(id: number): string {
    return this.names.get(id);
  }

  /** Takes a batch of rows, which is written anew afterwards. */
  take(batch: Batch<Columns>): void {
    const rows: unknown = batch;
    this.noticeTimes(batch);
    switch (batch.table.name) {
      case packets.name:
        return this.messages.takePackets(rows as Rows<typeof packets>);
      case sightings.name:
        return this.messages.takeSightings(rows as Rows<typeof sightings>);
      case shapes.name:
        return this.messages.takeShapes(rows as Rows<typeof shapes>);
      case paths.name:
        return this.messages.takePaths(rows as Rows<typeof paths>);
      case addresses.name: {
        const { data, row } = rows as Rows<typeof addresses>;
        for (let i = 0; i < row; i++) this.addresses.set(data.address_id[i]!, data.address[i]!);
        return;
      }
      case names.name: {
        const { data, row } = rows as Rows<typeof names>;
        for (let i = 0; i < row; i++) this.names.set(data.name_id[i]!, data.name[i]!);
        return;
      }
      case logQueries.name:
        return this.takeLogQueries(rows as Rows<typeof logQueries>);
    }
  }

  /** A reader tells what times its input covers at the end only, which does not come. */
  private noticeTimes({ table, data, validity, row }: Batch<Columns>): void {
    if (table.columns['time']?.type !== 'TIMESTAMP_NS') return;
    const bitmap = (validity as Record<string, Uint8Array | undefined>)['time'];
    // damage must not set the clock
    const most = Date.now() / 1000 + MOST_AHEAD;
    for (let i = 0; i < row; i++) {
      if (bitmap && !isValid(bitmap, i)) continue;
      const time = secondsAt(data['time'] as Uint32Array, i);
      if (time > this.newest && time < most) this.newest = time;
    }
  }

  private get messages(): WireFold {
    return (this.made ??= new WireFold(this.totals, (id) => this.clientOf(id)));
  }

  private clientOf(addressId: number): number {
    return this.totals.clients.indexOf(this.addresses.get(addressId));
  }

  /** Counts what waits for rows that it refers to; to be called when every batch was handed on. */
  settle(): void {
    this.made?.settle();
    for (let i = 0; i < this.logged.length; i += LOGGED) {
      const [time, client, rcode, took] = this.logged.slice(i, i + LOGGED) as [
        number,
        number,
        number,
        number,
      ];
      this.countLogged(time, client, rcode, took);
    }
    this.logged.length = 0;
  }

  private countLogged(time: number, clientId: number, rcode: number, took: number): void {
    const { logs, wire, clients } = this.totals;
    // what a capture shows of clients it shows better
    const client = wire.newest > 0 || clientId === NONE ? null : this.clientOf(clientId);
    logs.add('queries', time);
    if (client !== null) clients.asked(client);
    if (rcode === NONE) logs.add('unanswered', time);
    else answered(logs, time, took, rcode, clients, client);
  }

  private takeLogQueries({ data, row, validity }: Rows<typeof logQueries>): void {
    for (let i = 0; i < row; i++) {
      if (!isValid(validity.time, i)) continue;
      this.logged.push(
        secondsAt(data.time, i),
        isValid(validity.client_id, i) ? data.client_id[i]! : NONE,
        isValid(validity.rcode, i) ? data.rcode[i]! : NONE,
        isValid(validity.duration_seconds, i) ? data.duration_seconds[i]! : 0,
      );
    }
  }
}

/** Texts by id, of the last ones only. */
class RecentTexts {
  private readonly texts = new Map<number, string>();

  get(id: number): string {
    return this.texts.get(id) ?? '?';
  }

  set(id: number, text: string): void {
    this.texts.set(id, text);
    if (this.texts.size <= 4 * RECENT) return;
    for (const old of this.texts.keys()) {
      if (this.texts.size <= 2 * RECENT) break;
      this.texts.delete(old);
    }
  }
}
