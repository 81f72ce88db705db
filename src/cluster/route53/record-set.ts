import { formatAddress, parseAddress } from '../../base/address.js';
import { numberAt, recordsAt, textAt, textEntries, valueAt } from '../../base/loose-json.js';
import { recordName } from './record-name.js';

/** A record set of Route 53 (API 2013-04-01, ResourceRecordSet). */
export interface RecordSet {
  name: string;
  type: string;
  ttl: number | null;
  values: string[];
  alias: boolean;
  setId: string | null;
  routing: string | null;
}

/** Values of a set and characters of its texts that are kept; Route 53 allows 400 and 128. */
const MAX_VALUES = 1000;
const MAX_TEXT = 256;

export function isRecordSet(value: unknown): boolean {
  return (
    typeof valueAt(value, 'Name') === 'string' &&
    typeof valueAt(value, 'Type') === 'string' &&
    valueAt(value, 'CallerReference') === undefined
  );
}

export function isHostedZone(value: unknown): boolean {
  return (
    typeof valueAt(value, 'Name') === 'string' && /^\/?(?:hostedzone\/)?Z/.test(textAt(value, 'Id') ?? '')
  );
}

/** Null if its name or type can be none. */
export function parseRecordSet(value: unknown): RecordSet | null {
  const name = recordName(textAt(value, 'Name') ?? '');
  const type = (textAt(value, 'Type') ?? '').toUpperCase();
  if (name === null || !/^[A-Z][A-Z0-9]{0,15}$/.test(type)) return null;
  const target = textAt(value, 'AliasTarget', 'DNSName');
  const alias = valueAt(value, 'AliasTarget') !== undefined;
  const ttl = numberAt(value, 'TTL');
  const records = recordsAt(value, 'ResourceRecords').slice(0, MAX_VALUES);
  const values = records.map((record) => plainValue(type, textAt(record, 'Value') ?? ''));
  return {
    name,
    type,
    ttl: ttl !== null && ttl >= 0 && ttl <= 4294967295 && !alias ? Math.floor(ttl) : null,
    values: alias ? (target === null ? [] : [recordName(target) ?? target]) : values,
    alias,
    setId: textAt(value, 'SetIdentifier')?.slice(0, MAX_TEXT) ?? null,
    routing: routingOf(value)?.slice(0, MAX_TEXT) ?? null,
  };
}

/** A value in the form that answers have: addresses as in RFC 5952, names lower case without the last dot. */
export function plainValue(type: string, value: string): string {
  if (type === 'A' || type === 'AAAA') {
    const bytes = parseAddress(value);
    return bytes ? formatAddress(bytes) : value;
  }
  return ['CNAME', 'NS', 'PTR', 'DNAME'].includes(type) ? (recordName(value) ?? value) : value;
}

function routingOf(set: unknown): string | null {
  const weight = numberAt(set, 'Weight');
  if (weight !== null) return `weight=${weight}`;
  const region = textAt(set, 'Region');
  if (region !== null) return `latency=${region}`;
  const failover = textAt(set, 'Failover');
  if (failover !== null) return `failover=${failover}`;
  if (valueAt(set, 'MultiValueAnswer') === true) return 'multivalue';
  const parts = (key: string): string =>
    textEntries(set, key)
      .map(([name, value]) => `${name}:${value}`)
      .join(',');
  for (const [key, policy] of [
    ['GeoLocation', 'geolocation'],
    ['GeoProximityLocation', 'geoproximity'],
    ['CidrRoutingConfig', 'cidr'],
  ] as const) {
    if (valueAt(set, key) !== undefined) return `${policy}=${parts(key)}`;
  }
  return null;
}
