import type { Instant } from '../../base/time/instant.js';
import type { Sink } from '../../raw/sink.js';
import { dnsRecords } from '../../raw/tables/cluster.js';
import { writeNumber, writeText, writeTime } from '../../raw/optional-values.js';

/** A row of `dns_records`. */
export interface RecordRow {
  origin: 'route53' | 'external-dns';
  sample: number;
  time: Instant | null;
  zone: string | null;
  action: string | null;
  name: string;
  type: string;
  ttl: number | null;
  value: string | null;
  alias: boolean;
  setId: string | null;
  routing: string | null;
  owner: string | null;
}

export function writeRecord(sink: Sink, record: RecordRow): void {
  const batch = sink.batch(dnsRecords);
  const { data, row } = batch;
  data.source_id[row] = sink.sourceId;
  data.origin[row] = record.origin;
  data.sample[row] = record.sample;
  data.name[row] = record.name;
  data.type[row] = record.type;
  data.alias[row] = record.alias ? 1 : 0;
  writeTime(batch, 'time', record.time);
  writeText(batch, 'zone', record.zone);
  writeText(batch, 'action', record.action);
  writeNumber(batch, 'ttl', record.ttl);
  writeText(batch, 'value', record.value);
  writeText(batch, 'set_id', record.setId);
  writeText(batch, 'routing', record.routing);
  writeText(batch, 'owner', record.owner);
  batch.end();
}

/** The owner that external-dns notes in a TXT record's value, or null. */
export function externalDnsOwner(value: string): string | null {
  if (!value.includes('heritage=external-dns')) return null;
  return /external-dns\/owner=([^,"]{1,253})/.exec(value)?.[1] ?? null;
}
