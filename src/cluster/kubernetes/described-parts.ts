import { type Fields, type Line, pairsOf, textOf } from './described-fields.js';

/** Spec, status and what else an object of a kind has, in the shape that its JSON has. */
export function partsOf(
  kind: string,
  fields: Fields,
  labels: Record<string, string>,
): Record<string, unknown> {
  switch (kind) {
    case 'Pod':
      return podParts(fields);
    case 'Service':
      return {
        spec: {
          type: textOf(fields, 'Type'),
          selector: pairsOf(fields.get('Selector')),
          clusterIP: textOf(fields, 'IP') ?? undefined,
          clusterIPs: (textOf(fields, 'IPs') ?? '').split(',').filter((ip) => ip !== ''),
          ports: portsOf(textOf(fields, 'Port')),
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
      return { addressType: textOf(fields, 'AddressType'), ...sliceParts(fields, labels) };
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
  const node = textOf(fields, 'Node')?.split('/');
  const ips = fields.get('IPs')?.below.flatMap(({ key, text: ip }) => (key === 'IP' ? [{ ip }] : [])) ?? [];
  const podIP = textOf(fields, 'IP') ?? undefined;
  const hostNetwork = podIP !== undefined && podIP === node?.[1];
  return {
    spec: { nodeName: node?.[0], hostNetwork },
    status: {
      phase: (textOf(fields, 'Status') ?? '').replace(/ .*/, ''),
      startTime: isoOf(textOf(fields, 'Start Time')),
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

/** `Tue, 03 Mar 2026 10:00:00 +0000` (RFC 1123) as ISO 8601. */
function isoOf(value: string | null): string | undefined {
  const ms =
    value !== null && /^\w{3}, \d{2} \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/.test(value)
      ? Date.parse(value)
      : NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
