import { formatAddress, parseAddress } from '../base/address.js';
import { numberAt, textAt, textsAt } from '../base/loose-json.js';
import type { Route53Change } from '../causes/fix-steps.js';
import type { Facts, Filling } from './fill.js';

/** The name of a record set: plain labels, the first of which may be a wildcard. */
const NAME = /^(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,126}$/;

/** A record set as ChangeResourceRecordSets takes it (API 2013-04-01); to delete one it must be named whole. */
interface RecordSet {
  Name: string;
  Type: string;
  TTL: number;
  ResourceRecords: { Value: string }[];
}

/**
 * Commands that take record sets of addresses out of a hosted zone, and what undoes it. `numbers[change.delete]` has a JSON
 * text for each: {name, type, ttl, record_values}. None where one of them is no plain set, as Route 53 would refuse the batch.
 */
export function deleteRecords(change: Route53Change, numbers: Facts, filling: Filling): string[] {
  const texts = [numbers[change.delete] ?? []].flat();
  const sets = texts.map((text) => recordSet(JSON.parse(String(text))));
  if (sets.length === 0 || !sets.every((set) => set !== null)) return [];
  const zone = filling.word('zone', numbers[change.zone]);
  const id = filling.blank(
    'HOSTED_ZONE_ID',
    `of the zones that the first command lists, the one that the VPC of the nodes is associated with`,
  );
  const batch = (action: string) =>
    JSON.stringify({ Changes: sets.map((set) => ({ Action: action, ResourceRecordSet: set })) }, null, 2);
  const send = (file: string) =>
    `aws route53 change-resource-record-sets --hosted-zone-id ${id} --change-batch file://${file}`;
  const file = (action: string, name: string) => [
    `cat > ${name} <<'EOF'`,
    ...batch(action).split('\n'),
    'EOF',
  ];
  return [
    `aws route53 list-hosted-zones-by-name --dns-name ${zone} --output json`,
    ...file('DELETE', 'delete-records.json'),
    ...file('CREATE', 'records-again.json'),
    send('delete-records.json'),
    `# to undo it: ${send('records-again.json')}`,
    `dig +noall +comments no-such-name.${sets[0]!.Name.replace(/^\*\./, '')}   # in a pod, a minute later: NXDOMAIN`,
    `# afterwards: dnslens report search/suffixes --db after.duckdb   # answered: what walks found below it`,
  ];
}

function recordSet(value: unknown): RecordSet | null {
  const [name, type, ttl] = [textAt(value, 'name'), textAt(value, 'type'), numberAt(value, 'ttl')];
  const values = textsAt(value, 'record_values');
  const areAddresses = values.length > 0 && values.every((one) => isAddress(one));
  if (name === null || !NAME.test(name) || (type !== 'A' && type !== 'AAAA') || ttl === null || !areAddresses)
    return null;
  return { Name: `${name}.`, Type: type, TTL: ttl, ResourceRecords: values.map((Value) => ({ Value })) };
}

function isAddress(text: string): boolean {
  const bytes = parseAddress(text);
  return bytes !== null && formatAddress(bytes) === text;
}
