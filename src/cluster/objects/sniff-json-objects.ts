import { NEARLY_SURE } from '../../raw/reader.js';
import { isKubernetesObject } from '../kubernetes/objects.js';
import { textAt, valueAt } from '../../base/loose-json.js';
import { isHostedZone, isRecordSet } from '../route53/record-set.js';
import { ofHead } from '../../input/of-head.js';
import { JsonDocuments } from '../json/json-documents.js';

/** What the JSON objects of an input are about. */
export type JsonSubject = 'kubernetes' | 'route53';

/** Keys that tell a document whose first object is larger than what was looked at. */
const KEYS: Record<JsonSubject, RegExp> = {
  kubernetes: /"kind"\s*:\s*"[A-Z]\w+"|"apiVersion"\s*:\s*"[\w./-]+"/,
  route53: /"(?:ResourceRecordSets|HostedZones?)"\s*:/,
};

/** How surely the JSON in the beginning of an input is about a subject: its share of the objects there. */
export function sniffJsonObjects(head: Uint8Array, subject: JsonSubject): number {
  const { seen, open } = tallyOf(head);
  const all = seen.kubernetes + seen.route53 + seen.other;
  if (all > 0) return (NEARLY_SURE * seen[subject]) / all;
  if (open && KEYS[subject].test(Buffer.from(head).toString('latin1'))) return 0.9;
  // Listings of nothing: all that a watching loop prints before the first record is there.
  return subject === 'route53' && seen.empty > 0 ? 0.3 : 0;
}

/** What the objects in the beginning of an input are about, and whether one of them is cut off or damaged. */
const tallyOf = ofHead((head) => {
  const seen = { kubernetes: 0, route53: 0, other: 0, empty: 0 };
  let open = false;
  const take = (value: unknown): void => {
    const about = subjectOf(value);
    if (about !== null) seen[about]++;
  };
  const documents = new JsonDocuments({
    onItem: take,
    onDocument: take,
    onLine: () => {},
    onFault: () => {},
    onBroken: () => {
      open = true;
    },
  });
  documents.push(head);
  documents.end();
  return { seen, open };
});

function subjectOf(value: unknown): JsonSubject | 'other' | 'empty' | null {
  if (isKubernetesObject(value) || textAt(value, 'kind')?.endsWith('List')) return 'kubernetes';
  if (isHostedZone(value) || isHostedZone(valueAt(value, 'HostedZone'))) return 'route53';
  const hasData = ['ResourceRecords', 'AliasTarget', 'TTL'].some((key) => valueAt(value, key) !== undefined);
  if (isRecordSet(value) && hasData) return 'route53';
  if (typeof value === 'string') return /^[\w*\\-]+(?:\.[\w-]+)+\.$/.test(value) ? 'route53' : 'other';
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : 'other';
  if (typeof value !== 'object' || value === null) return 'other';
  return Object.keys(value).every((key) => key === 'IsTruncated' || key === 'MaxItems' || key === 'DNSName')
    ? null
    : 'other';
}
