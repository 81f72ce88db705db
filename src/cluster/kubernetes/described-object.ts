import { type Fields, fieldsOf, pairsOf, textOf } from './described-fields.js';
import { partsOf } from './described-parts.js';

/** Lines of one object; a pod with a hundred containers has some thousand. */
export const MOST_LINES = 20_000;

/** An event as describe lists it below an object. */
export interface DescribedEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly line: number;
}

/** An object of `kubectl describe` in the shape that its JSON has, as far as it is read. */
export interface Described {
  readonly kind: string;
  readonly name: string;
  readonly object: Record<string, unknown>;
  readonly events: readonly DescribedEvent[];
  /** Of a service: what its endpoints are; null where it shows none of them. */
  readonly endpoints: { readonly addresses: string[]; readonly isEmpty: boolean } | null;
}

const EVENT =
  /^\s*(Normal|Warning)\s+(\S{1,100})\s+(\S+(?: \(x(\d{1,7}) over \S+\))?|<unknown>)\s+(\S+?(?:, \S+)?)\s+(\S.*)$/;

/** Kinds by fields that only they have; the first that has all. */
const KINDS: readonly { kind: string; has: readonly string[] }[] = [
  { kind: 'Pod', has: ['Node', 'Containers', 'Status'] },
  { kind: 'EndpointSlice', has: ['AddressType', 'Endpoints'] },
  { kind: 'Endpoints', has: ['Subsets'] },
  { kind: 'Service', has: ['Selector', 'Type', 'Port'] },
  { kind: 'Node', has: ['Roles', 'Addresses'] },
  { kind: 'DaemonSet', has: ['Desired Number of Nodes Scheduled', 'Pod Template'] },
  { kind: 'Deployment', has: ['Replicas', 'StrategyType'] },
  { kind: 'ReplicaSet', has: ['Replicas', 'Pod Template'] },
];

/** Reads the lines of one object, the first of which is `Name:`; null where it is of no kind that is read. */
export function readDescribed(lines: readonly string[], firstLine: number): Described | null {
  if (lines.length > MOST_LINES) return null;
  const fields = fieldsOf(lines);
  const kind = KINDS.find(({ has }) => has.every((key) => fields.has(key)))?.kind;
  const name = textOf(fields, 'Name');
  if (kind === undefined || name === null) return null;
  const metadata = {
    name,
    namespace: textOf(fields, 'Namespace') ?? undefined,
    labels: pairsOf(fields.get('Labels')),
    ownerReferences: ownerOf(textOf(fields, 'Controlled By')),
  };
  const object: Record<string, unknown> = { kind, metadata, ...partsOf(kind, fields, metadata.labels) };
  return {
    kind,
    name,
    object,
    events: eventsOf(lines, firstLine),
    endpoints: endpointsOf(kind, fields),
  };
}

function endpointsOf(kind: string, fields: Fields): Described['endpoints'] {
  const field = kind === 'Service' ? fields.get('Endpoints') : undefined;
  if (!field) return null;
  const addresses = field.value
    .replace(/ \+ \d{1,9} more\.\.\..*$/, '')
    .split(',')
    .flatMap((one) => /^\[?([\da-fA-F.:]+?)\]?:\d{1,5}$/.exec(one.trim())?.[1] ?? []);
  return { addresses, isEmpty: field.value === '<none>' };
}

function eventsOf(lines: readonly string[], firstLine: number): DescribedEvent[] {
  const start = lines.findIndex((line) => /^Events:\s*$/.test(line));
  if (start === -1) return [];
  return lines.slice(start).flatMap((line, i) => {
    const found = EVENT.exec(line);
    if (!found) return [];
    const [, type, reason, , times, , message] = found;
    return [
      {
        type: type!,
        reason: reason!,
        message: message!,
        count: Number(times ?? 1),
        line: firstLine + start + i,
      },
    ];
  });
}

function ownerOf(value: string | null): object[] {
  const [kind, name] = value?.split('/') ?? [];
  return kind !== undefined && name !== undefined ? [{ kind, name, controller: true }] : [];
}
