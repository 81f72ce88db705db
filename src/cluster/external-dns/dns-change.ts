import { recordName } from '../route53/record-name.js';
import { plainValue } from '../route53/record-set.js';
import type { LogFields } from './log-fields.js';

/** A change of a record that external-dns announces. */
export interface Change {
  action: 'create' | 'update' | 'delete';
  name: string;
  type: string;
  zone: string | null;
  ttl: number | null;
  values: string[];
  /** A later line says whether the zone took it (Route 53's batches). */
  pending: boolean;
}

/** Values of a change that are kept. */
const MAX_VALUES = 1000;

const ACTIONS: Readonly<Record<string, Change['action']>> = {
  CREATE: 'create',
  UPSERT: 'update',
  UPDATE: 'update',
  DELETE: 'delete',
  Add: 'create',
  Del: 'delete',
  Updating: 'update',
  Deleting: 'delete',
};

const ROUTE53 = /^(?:\(dry run\) )?Desired change: (CREATE|UPSERT|DELETE) (\S+) ([A-Z]+)(?: |$)/;
const GOOGLE = /^(Add|Del) records: (\S+) ([A-Z]+) \[(.*)\] (\d{1,10})$/;
const AZURE =
  /^(Updating|Deleting) ([A-Z]+) record named '([^']*)'(?: to '(.*)')? for Azure (?:Private )?DNS zone '([^']+)'/;

/** Reads the change that a line announces (providers aws, google, azure, cloudflare); null if it announces none. */
export function readChange({ message, fields }: LogFields): Change | null {
  const aws = ROUTE53.exec(message);
  if (aws) return changeOf(aws[1]!, aws[2]!, aws[3]!, { zone: fields.get('zoneName'), pending: true });
  const google = GOOGLE.exec(message);
  if (google) {
    const values = google[4]!.split(' ').filter((value) => value !== '');
    return changeOf(google[1]!, google[2]!, google[3]!, { values, ttl: google[5] });
  }
  const azure = AZURE.exec(message);
  if (azure) {
    const name = azure[3] === '@' ? azure[5]! : `${azure[3]}.${azure[5]}`;
    const values = azure[4] === undefined ? [] : [azure[4]];
    return changeOf(azure[1]!, name, azure[2]!, { values, zone: azure[5] });
  }
  const record = fields.get('record');
  if (message !== 'Changing record.' || record === undefined) return null;
  return changeOf(fields.get('action') ?? '', record, fields.get('type') ?? '', { ttl: fields.get('ttl') });
}

function changeOf(
  verb: string,
  text: string,
  type: string,
  more: { zone?: string | undefined; ttl?: string | undefined; values?: string[]; pending?: boolean },
): Change | null {
  const action = ACTIONS[verb];
  const name = recordName(text);
  if (action === undefined || name === null || !/^[A-Z][A-Z0-9]{0,15}$/.test(type)) return null;
  const ttl = /^\d{1,9}$/.test(more.ttl ?? '') ? Number(more.ttl) : null;
  const values = (more.values ?? []).slice(0, MAX_VALUES).map((value) => plainValue(type, value));
  const zone = more.zone === undefined ? null : recordName(more.zone);
  return { action, name, type, zone, ttl, values, pending: more.pending ?? false };
}

/** How a zone answered a batch of changes. */
export interface Outcome {
  applied: boolean;
  /** Name of the zone, where the line gives it. */
  zone: string | null;
}

const APPLIED = /^\d+ record\(s\)(?: in zone (\S+?))?(?: \[Id: [^\]]*\])? were successfully updated/;
const REFUSED = /^Failure in zone (\S+?)(?: |:|$)/;
/** A batch that was refused as a whole; the zones are named by ids, which say nothing of names. */
const ALL_REFUSED = /^(?:Failed to do run once: )?(?:soft error\s+)?failed to submit all changes\b/i;

/** Reads the line that ends a batch of Route 53; null for any other. */
export function readOutcome({ message, fields }: LogFields): Outcome | null {
  const applied = APPLIED.exec(message);
  if (ALL_REFUSED.test(message)) return { applied: false, zone: null };
  const found = applied ?? REFUSED.exec(message);
  if (!found) return null;
  const zone = found[1] ?? fields.get('zoneName');
  return { applied: applied !== null, zone: zone === undefined ? null : recordName(zone) };
}
