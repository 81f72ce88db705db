import type { Instant, ReadInstant } from '../../base/time/instant.js';
import type { Sink } from '../../raw/sink.js';
import { listAt, textAt, textsAt } from '../../base/loose-json.js';
import { recordName } from './record-name.js';
import { externalDnsOwner, type RecordRow, writeRecord } from './record-row.js';
import { isHostedZone, parseRecordSet, plainValue } from './record-set.js';

/** Rows that wait for the date or the zone of their listing; a zone has 10,000 records by default. */
const MAX_WAITING = 20_000;
/** Characters of their values. */
const MAX_WAITING_TEXT = 16 << 20;
const MAX_ZONES = 10_000;

/**
 * The listings of Route 53 in one input and when each was made. `date` is printed before the listings or after
 * them; which of the two is told by what comes first.
 */
export class Listings {
  private sample = 0;
  /** A listing has given elements and has not ended. */
  begun = false;
  /** A run of records that are documents of their own (`jq '.[]'`). */
  private run = false;
  private order: 'unknown' | 'date-first' | 'date-last' = 'unknown';
  private time: Instant | null = null;
  private waiting: RecordRow[] = [];
  private waitingText = 0;
  /** Where the rows of the listing that is being read begin in `waiting`. */
  private listingStart = 0;
  private readonly zones = new Set<string>();

  constructor(private readonly sink: Sink) {}

  /** Takes an element of a listing: a record set, a hosted zone, a bare name. False if it is none. */
  takeItem(value: unknown, line: number): boolean {
    this.endRun();
    this.begun = true;
    if (isHostedZone(value)) this.addZone(value, []);
    else if (typeof value === 'string') return this.addNames([value]);
    else if (Array.isArray(value)) return this.addNames(value);
    else this.addRecord(value, line);
    return true;
  }

  /** Takes the answer of get-hosted-zone, a listing of its own. */
  takeHostedZone(zone: unknown, document: unknown): void {
    this.endRun();
    this.addZone(zone, textsAt(document, 'DelegationSet', 'NameServers'));
    this.endListing();
  }

  takeLoneRecord(value: unknown, line: number): void {
    this.run = true;
    this.begun = true;
    this.addRecord(value, line);
  }

  endListing(): void {
    this.run = false;
    this.begun = false;
    this.fillListing();
    this.sample++;
    this.listingStart = this.waiting.length;
    if (this.order === 'date-first') this.flush();
  }

  /** Takes a `date` line between listings. */
  takeDate(time: ReadInstant): void {
    this.endRun();
    if (this.order === 'unknown') this.order = this.sample === 0 ? 'date-first' : 'date-last';
    this.sink.seen(time.seconds, time.nanos);
    if (!time.zoned) {
      const detail = 'A date between listings names no time zone that is known; it was taken as UTC.';
      this.sink.problem({ code: 'unknown-time-zone', detail, position: 'line 1' });
    }
    this.time = time;
    if (this.order === 'date-last') this.flush();
  }

  takeLine(): void {
    this.endRun();
  }

  /** The document broke off: what comes next still belongs to its listing. */
  takeBreak(): void {
    if (this.begun) this.run = true;
  }

  end(): void {
    if (this.begun) this.endListing();
    if (this.order !== 'date-first') this.time = null;
    this.flush();
  }

  private endRun(): void {
    if (this.run) this.endListing();
  }

  private addRecord(value: unknown, line: number): void {
    const set = parseRecordSet(value);
    if (!set) {
      const detail = 'A record set has no name or type that can be one; it was left out.';
      this.sink.problem({ code: 'bad-record-set', detail, position: `line ${line}` });
      return;
    }
    if (set.type === 'SOA') this.addZoneName(set.name);
    const { name, type, ttl, alias, setId, routing } = set;
    for (const one of set.values.length > 0 ? set.values : [null]) {
      this.add({
        ...this.row(name, type),
        ttl,
        alias,
        setId,
        routing,
        value: one,
        owner: one && externalDnsOwner(one),
      });
    }
  }

  /** A hosted zone serves its SOA record, whatever else it has. */
  private addZone(zone: unknown, nameServers: string[]): void {
    const name = recordName(textAt(zone, 'Name') ?? '');
    if (name === null) return;
    this.addZoneName(name);
    this.add({ ...this.row(name, 'SOA'), zone: name });
    for (const server of nameServers)
      this.add({ ...this.row(name, 'NS'), zone: name, value: plainValue('NS', server) });
  }

  /** `--query` leaves names alone, or lists of [name, ...]; their type is not known. */
  private addNames(values: unknown[]): boolean {
    const text = textAt({ first: listAt({ values }, 'values')[0] }, 'first');
    const name = text !== null && text.includes('.') ? recordName(text) : null;
    if (name === null) return false;
    this.add(this.row(name, 'ANY'));
    return true;
  }

  private addZoneName(name: string): void {
    if (this.zones.size < MAX_ZONES) this.zones.add(name);
  }

  private row(name: string, type: string): RecordRow {
    return {
      origin: 'route53',
      sample: this.sample,
      time: null,
      zone: null,
      action: null,
      name,
      type,
      ttl: null,
      value: null,
      alias: false,
      setId: null,
      routing: null,
      owner: null,
    };
  }

  private add(row: RecordRow): void {
    this.waiting.push(row);
    this.waitingText += row.name.length + (row.value?.length ?? 0);
    if (this.waiting.length < MAX_WAITING && this.waitingText < MAX_WAITING_TEXT) return;
    this.fillListing();
    if (this.order !== 'date-first') this.time = null;
    this.flush();
  }

  /** Gives the rows of the listing their zone and external-dns's owner, as far as it says them. */
  private fillListing(): void {
    const owners = new Map<string, string>();
    const rows = this.waiting.slice(this.listingStart);
    for (const { name, owner } of rows) {
      if (owner === null) continue;
      owners.set(name, owner);
      owners.set(name.replace(/^(?:a|aaaa|cname|ns|mx|srv|txt|ptr|naptr)-/, ''), owner);
    }
    for (const row of rows) {
      row.zone ??= this.zoneOf(row.name);
      row.owner ??= owners.get(row.name) ?? null;
    }
  }

  private zoneOf(name: string): string | null {
    for (let at = 0; at !== -1;) {
      const suffix = name.slice(at);
      if (this.zones.has(suffix)) return suffix;
      const dot = name.indexOf('.', at);
      at = dot === -1 ? -1 : dot + 1;
    }
    return null;
  }

  private flush(): void {
    for (const row of this.waiting) writeRecord(this.sink, { ...row, time: this.time });
    this.waiting = [];
    this.waitingText = 0;
    this.listingStart = 0;
  }
}
