import { formatAddress, parseAddress } from '../../base/address.js';
import type { Instant } from '../../base/time/instant.js';
import { parseTimestamp } from '../../base/time/iso.js';
import type { Sink } from '../../raw/sink.js';
import { clusterObjects } from '../../raw/tables/cluster.js';
import { writeText, writeTime } from '../../raw/optional-values.js';
import { recordsAt, textAt, textEntries, valueAt } from '../../base/loose-json.js';

/** Where an object stands in its input. */
export interface ItemPlace {
  /** Number of the object, from 1. */
  item: number;
  /** As problems say it: `line 12`. */
  position: string;
  /** The line that it begins on, where that is known. */
  line?: number;
}

/** An address of an object, and what it is to it. */
export interface ObjectAddress {
  address: string;
  role: string;
  node?: string | null;
  target?: string | null;
  ports?: string | null;
  phase?: string | null;
}

/** Characters of labels, ports and selectors that the rows of one object repeat; real ones need a tenth. */
const MAX_REPEATED = 1 << 20;

/** What the rows of one object have in common. */
export interface ObjectFacts {
  kind: string;
  name: string;
  namespace: string | null;
  node: string | null;
  hostNetwork: boolean;
  owner: { kind: string; name: string } | null;
  target: string | null;
  ports: string | null;
  labels: string | null;
  phase: string | null;
  since: Instant | null;
  until: Instant | null;
}

/** What an object's metadata says. */
export function factsOf(object: unknown, kind: string, name: string): ObjectFacts {
  const labels = textEntries(object, 'metadata', 'labels');
  return {
    kind,
    name,
    namespace: textAt(object, 'metadata', 'namespace'),
    node: null,
    hostNetwork: false,
    owner: ownerOf(object),
    target: null,
    ports: null,
    labels: labels.length === 0 ? null : JSON.stringify(Object.fromEntries(labels)),
    phase: null,
    since: timeAt(object, 'metadata', 'creationTimestamp'),
    until: timeAt(object, 'metadata', 'deletionTimestamp'),
  };
}

/** The controlling owner, or the only one where none is said to control. */
function ownerOf(object: unknown): { kind: string; name: string } | null {
  const owners = recordsAt(object, 'metadata', 'ownerReferences');
  const owner = owners.find((one) => valueAt(one, 'controller') === true) ?? owners[0];
  const kind = textAt(owner, 'kind');
  const name = textAt(owner, 'name');
  return kind === null || name === null ? null : { kind, name };
}

export function timeAt(object: unknown, ...path: string[]): Instant | null {
  const value = valueAt(object, ...path);
  if (value instanceof Date) return { seconds: Math.floor(value.getTime() / 1000), nanos: 0 };
  const text = textAt(value);
  return text === null ? null : parseTimestamp(text);
}

/** `ports` as a JSON array of {name, port, protocol}; null without. */
export function portsOf(value: unknown): string | null {
  const ports = recordsAt(value, 'ports').map((port) => ({
    name: textAt(port, 'name') ?? undefined,
    port: valueAt(port, 'port') ?? undefined,
    protocol: textAt(port, 'protocol') ?? undefined,
  }));
  return ports.length === 0 ? null : JSON.stringify(ports);
}

/** Writes a row for each address of an object, or one without address. */
export function writeObject(
  sink: Sink,
  facts: ObjectFacts,
  addresses: readonly ObjectAddress[],
  position: string,
): void {
  let written = 0;
  let room = MAX_REPEATED;
  for (const one of addresses) {
    room -= Object.values({ ...facts, ...one }).reduce(
      (sum, value) => sum + (typeof value === 'string' ? value.length : 0),
      0,
    );
    if (room < 0) break;
    const bytes = parseAddress(one.address);
    if (bytes) {
      writeRow(sink, facts, { ...one, address: formatAddress(bytes) });
      written++;
    } else {
      const detail = 'A Kubernetes object has an address that is none; the object was kept without it.';
      sink.problem({ code: 'bad-object-address', detail, position });
    }
  }
  if (room < 0) {
    const detail =
      'A Kubernetes object has more addresses, labels or ports than any real one; its last addresses were left out.';
    sink.problem({ code: 'object-too-large', detail, position });
  }
  if (written === 0) writeRow(sink, facts, null);
}

function writeRow(sink: Sink, facts: ObjectFacts, at: ObjectAddress | null): void {
  const batch = sink.batch(clusterObjects);
  const { data, row } = batch;
  data.source_id[row] = sink.sourceId;
  data.kind[row] = facts.kind;
  data.name[row] = facts.name;
  data.host_network[row] = facts.hostNetwork ? 1 : 0;
  writeText(batch, 'namespace', facts.namespace);
  writeText(batch, 'address', at?.address ?? null);
  writeText(batch, 'role', at?.role ?? null);
  writeText(batch, 'node', at?.node ?? facts.node);
  writeText(batch, 'owner_kind', facts.owner?.kind ?? null);
  writeText(batch, 'owner', facts.owner?.name ?? null);
  writeText(batch, 'target', at?.target ?? facts.target);
  writeText(batch, 'ports', at?.ports ?? facts.ports);
  writeText(batch, 'labels', facts.labels);
  writeText(batch, 'phase', at?.phase ?? facts.phase);
  writeTime(batch, 'since', facts.since);
  writeTime(batch, 'until', facts.until);
  batch.end();
}
