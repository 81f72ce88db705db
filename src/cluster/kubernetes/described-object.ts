/** A line of `kubectl describe`, with how far it is indented. */
interface Line {
  readonly indent: number;
  readonly key: string | null;
  readonly text: string;
}

type Fields = Map<string, { value: string; below: Line[] }>;

/** Lines of one object; a pod with a hundred containers has some thousand. */
const MOST_LINES = 20_000;

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
  readonly line: number;
  readonly events: readonly DescribedEvent[];
  /** Of a service: what its endpoints are; null where it shows none of them. */
  readonly endpoints: { readonly addresses: string[]; readonly isEmpty: boolean } | null;
}

const FIELD = /^(\s*(?:- )?)([A-Za-z][\w ()/.-]{0,60}?):(?:\s(.*))?$/;
const EVENT =
  /^\s+(Normal|Warning)\s+(\S+)\s+(\S+(?: \(x(\d{1,7}) over \S+\))?|<unknown>)\s+(\S+(?: \S+)??)\s{2,}(\S.*)$/;

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
  const name = text(fields, 'Name');
  if (kind === undefined || name === null) return null;
  const metadata = {
    name,
    namespace: text(fields, 'Namespace') ?? undefined,
    labels: pairs(fields.get('Labels')),
    ownerReferences: ownerOf(text(fields, 'Controlled By')),
  };
  const object: Record<string, unknown> = { kind, metadata, ...partsOf(kind, fields, metadata.labels) };
  return {
    kind,
    name,
    object,
    line: firstLine,
    events: eventsOf(lines, firstLine),
    endpoints: endpointsOf(kind, fields),
  };
}

/** Fields at the left edge, with the lines below each. */
function fieldsOf(lines: readonly string[]): Fields {
  const fields: Fields = new Map();
  let last: { value: string; below: Line[] } | null = null;
  for (const line of lines) {
    const found = FIELD.exec(line);
    const indent = line.length - line.trimStart().length;
    if (indent === 0 && found) {
      last = { value: (found[3] ?? '').trim(), below: [] };
      // a service repeats Port and Endpoints for each port
      if (!fields.has(found[2]!)) fields.set(found[2]!, last);
    } else if (last && line.trim() !== '') {
      last.below.push({
        indent,
        key: found?.[2] ?? null,
        text: found ? (found[3] ?? '').trim() : line.trim(),
      });
    }
  }
  return fields;
}

function partsOf(kind: string, fields: Fields, labels: Record<string, string>): Record<string, unknown> {
  switch (kind) {
    case 'Pod':
      return podParts(fields);
    case 'Service':
      return {
        spec: {
          type: text(fields, 'Type'),
          selector: pairs(fields.get('Selector')),
          clusterIP: text(fields, 'IP') ?? undefined,
          clusterIPs: (text(fields, 'IPs') ?? '').split(',').filter((ip) => ip !== ''),
          ports: portsOf(text(fields, 'Port')),
        },
      };
    case 'Endpoints': {
      const below = fields.get('Subsets')!.below;
      const list = (key: string) =>
        (below.find((line) => line.key === key)?.text ?? '')
          .split(',')
          .filter((ip) => /^[\da-fA-F.:]+$/.test(ip))
          .map((ip) => ({ ip }));
      const addresses = list('Addresses');
      const notReadyAddresses = list('NotReadyAddresses');
      return {
        subsets:
          addresses.length + notReadyAddresses.length === 0
            ? []
            : [{ addresses, notReadyAddresses, ports: portTable(below) }],
      };
    }
    case 'EndpointSlice':
      return { addressType: text(fields, 'AddressType'), ...sliceParts(fields, labels) };
    case 'Node':
      return {
        status: {
          addresses: fields
            .get('Addresses')!
            .below.flatMap(({ key, text: address }) => (key === null ? [] : [{ type: key, address }])),
        },
      };
    default:
      return {};
  }
}

function podParts(fields: Fields): Record<string, unknown> {
  const node = text(fields, 'Node')?.split('/');
  const ips = fields.get('IPs')?.below.flatMap(({ key, text: ip }) => (key === 'IP' ? [{ ip }] : [])) ?? [];
  const podIP = text(fields, 'IP') ?? undefined;
  const hostNetwork = podIP !== undefined && podIP === node?.[1];
  return {
    spec: { nodeName: node?.[0], hostNetwork },
    status: {
      phase: (text(fields, 'Status') ?? '').replace(/ .*/, ''),
      startTime: isoOf(text(fields, 'Start Time')),
      podIP,
      podIPs: ips,
      containerStatuses: containersOf(fields.get('Containers')?.below ?? []),
    },
  };
}

/** Containers with their restarts and how the one before ended. */
function containersOf(lines: readonly Line[]): object[] {
  const edge = lines[0]?.indent ?? 0;
  const containers: { restartCount: number; lastState?: { terminated: Record<string, string> } }[] = [];
  let state: string | null = null;
  for (const { indent, key, text: value } of lines) {
    if (indent === edge && key !== null) containers.push({ restartCount: 0 });
    const container = containers.at(-1);
    if (!container) continue;
    if (indent === edge + 2) state = key;
    if (indent === edge + 2 && key === 'Restart Count')
      container.restartCount = /^\d{1,9}$/.test(value) ? Number(value) : 0;
    if (indent === edge + 2 && key === 'Last State' && value === 'Terminated')
      container.lastState = { terminated: {} };
    if (indent > edge + 2 && state === 'Last State' && container.lastState) {
      if (key === 'Reason') container.lastState.terminated['reason'] = value;
      const finished = key === 'Finished' ? isoOf(value) : undefined;
      if (finished !== undefined) container.lastState.terminated['finishedAt'] = finished;
    }
  }
  return containers;
}

function sliceParts(fields: Fields, labels: Record<string, string>): Record<string, unknown> {
  const endpoints: {
    addresses: string[];
    conditions: { ready?: boolean };
    nodeName?: string;
    targetRef?: object;
  }[] = [];
  for (const { key, text: value } of fields.get('Endpoints')!.below) {
    if (key === 'Addresses')
      endpoints.push({ addresses: value.split(/,\s*/).filter((ip) => ip !== ''), conditions: {} });
    const last = endpoints.at(-1);
    if (!last) continue;
    if (key === 'Ready') last.conditions.ready = value === 'true';
    if (key === 'NodeName') last.nodeName = value;
    if (key === 'TargetRef') last.targetRef = { kind: value.split('/')[0], name: value.split('/')[1] };
  }
  return { endpoints, ports: portTable(fields.get('Ports')?.below ?? []), labels };
}

/** `Name  Port  Protocol` with rows below. */
function portTable(lines: readonly Line[]): object[] {
  return lines.flatMap(({ text: row }) => {
    const found = /^(\S+)\s+(\d{1,5})\s+(UDP|TCP|SCTP)$/.exec(row);
    return found ? [{ name: found[1], port: Number(found[2]), protocol: found[3] }] : [];
  });
}

function portsOf(value: string | null): object[] {
  const found = /^(?:(\S+)\s+)?(\d{1,5})\/(UDP|TCP|SCTP)$/.exec(value ?? '');
  return found ? [{ name: found[1], port: Number(found[2]), protocol: found[3] }] : [];
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

/** `a=b` on the field's own line and those below, or comma after comma. */
function pairs(field: { value: string; below: readonly Line[] } | undefined): Record<string, string> {
  if (!field) return {};
  const texts = [
    field.value,
    ...field.below.map(({ key, text: value }) => (key === null ? value : `${key}: ${value}`)),
  ];
  const found = texts
    .flatMap((one) => one.split(','))
    .flatMap((one) => {
      const at = one.indexOf('=');
      return at < 1 ? [] : [[one.slice(0, at).trim(), one.slice(at + 1).trim()] as const];
    });
  return Object.fromEntries(found.filter(([key]) => key !== '__proto__'));
}

function text(fields: Fields, key: string): string | null {
  const value = fields.get(key)?.value ?? '';
  return value === '' || /^<\w+>$/.test(value) ? null : value;
}

/** `Tue, 03 Mar 2026 10:00:00 +0000` (RFC 1123) as ISO 8601. */
function isoOf(value: string | null): string | undefined {
  const ms =
    value !== null && /^\w{3}, \d{2} \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/.test(value)
      ? Date.parse(value)
      : NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
