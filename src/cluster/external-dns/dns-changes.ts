import type { Instant } from '../../base/time/instant.js';
import type { Sink } from '../../raw/sink.js';
import { externalDnsOwner, writeRecord } from '../route53/record-row.js';
import type { Change, Outcome } from './dns-change.js';

/** Changes that wait for their zone's answer; Route 53 takes 1,000 at once. */
const MAX_WAITING = 5000;

/** Writes changes to `dns_records`, those of a batch when the zone has answered: `create`, or `create-failed`. */
export class Changes {
  private waiting: { change: Change; time: Instant | null }[] = [];

  constructor(private readonly sink: Sink) {}

  take(change: Change, time: Instant | null): void {
    if (!change.pending) this.write(change, time, change.zone, false);
    else if (this.waiting.push({ change, time }) >= MAX_WAITING) this.end();
  }

  /** A zone has answered: the waiting changes that lie in it are settled. */
  settle({ applied, zone }: Outcome): void {
    const inZone = (change: Change): boolean =>
      zone === null ||
      ((change.zone ?? zone) === zone && (change.name === zone || change.name.endsWith(`.${zone}`)));
    for (const { change, time } of this.waiting) if (inZone(change)) this.write(change, time, zone, !applied);
    this.waiting = this.waiting.filter(({ change }) => !inZone(change));
  }

  /** Writes what no zone has answered to. */
  end(): void {
    for (const { change, time } of this.waiting) this.write(change, time, change.zone, false);
    this.waiting = [];
  }

  private write(change: Change, time: Instant | null, zone: string | null, failed: boolean): void {
    for (const value of change.values.length > 0 ? change.values : [null]) {
      writeRecord(this.sink, {
        origin: 'external-dns',
        sample: 0,
        time,
        zone: change.zone ?? zone,
        action: failed ? `${change.action}-failed` : change.action,
        name: change.name,
        type: change.type,
        ttl: change.ttl,
        value,
        alias: false,
        setId: null,
        routing: null,
        owner: value === null ? null : externalDnsOwner(value),
      });
    }
  }
}
