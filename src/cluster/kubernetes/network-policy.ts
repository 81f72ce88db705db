import { writeNumber, writeText, writeTime } from '../../raw/optional-values.js';
import type { Sink } from '../../raw/sink.js';
import { networkPolicies } from '../../raw/tables/cluster.js';
import { listAt, numberAt, recordsAt, textAt, textEntries, textsAt, valueAt } from '../../base/loose-json.js';
import { timeAt } from './object-row.js';

/** Characters that the rows of one policy may repeat; real ones need a hundredth. */
const MOST_REPEATED = 1 << 20;

/** Kinds of other makers and of administrators, whose rules are not read: who sees one knows that there is more. */
const OTHER_KINDS = new Set([
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
]);

type Direction = 'ingress' | 'egress';

/** One requirement of a selector; all of them must hold. */
interface Requirement {
  key: string;
  op: string;
  values: string[];
}

/** Whether objects of a kind are policies of the network. */
export function isPolicyKind(kind: string): boolean {
  return kind === 'NetworkPolicy' || OTHER_KINDS.has(kind);
}

/**
 * Writes a policy of the network: of a NetworkPolicy (networking.k8s.io/v1, NetworkPolicySpec) a row for each direction
 * in which it isolates and each of its rules, of any other kind one row that says no more than that it is there.
 */
export function writeNetworkPolicy(
  sink: Sink,
  policy: unknown,
  kind: string,
  name: string,
  position: string,
): void {
  const maker = /^[^/]*(?=\/)/.exec(textAt(policy, 'apiVersion') ?? '')?.[0] ?? '';
  const isRead =
    kind === 'NetworkPolicy' && (maker === '' || /^(?:networking\.k8s\.io|extensions)$/.test(maker));
  if (!isRead) {
    // Calico's kind has the name of Kubernetes' own
    writeRow(sink, policy, { kind: kind === 'NetworkPolicy' ? 'CalicoNetworkPolicy' : kind, name });
    return;
  }
  const rows = rulesOf(valueAt(policy, 'spec'));
  if (rows === null) {
    const detail = 'A NetworkPolicy has more rules than any real one; it was kept as one that is not judged.';
    sink.problem({ code: 'object-too-large', detail, position });
    writeRow(sink, policy, { kind, name });
  } else for (const row of rows) writeRow(sink, policy, { kind, name, ...row });
}

/** The rules of a policy, of all directions in which it isolates; null where they are too long: some of them would be another policy. */
function rulesOf(spec: unknown): RuleRow[] | null {
  const selector = JSON.stringify(requirementsOf(valueAt(spec, 'podSelector')));
  const rows: RuleRow[] = [];
  let room = MOST_REPEATED;
  for (const direction of directionsOf(spec)) {
    const rules = recordsAt(spec, direction);
    for (const [i, rule] of (rules.length === 0 ? [null] : rules).entries()) {
      const ports = rule && portsOf(rule);
      const peers = rule && peersOf(rule, direction === 'egress' ? 'to' : 'from');
      room -= selector.length + (ports?.length ?? 0) + (peers?.length ?? 0);
      if (room < 0) return null;
      rows.push({ direction, rule: rule && i + 1, selector, ports, peers });
    }
  }
  return rows;
}

/** Without `policyTypes` a policy isolates for ingress, and for egress where it has rules for that. */
function directionsOf(spec: unknown): Direction[] {
  const types = textsAt(spec, 'policyTypes').map((type) => type.toLowerCase());
  if (types.length === 0) return listAt(spec, 'egress').length > 0 ? ['ingress', 'egress'] : ['ingress'];
  return (['ingress', 'egress'] as const).filter((direction) => types.includes(direction));
}

/** `matchLabels` and `matchExpressions` as one list; empty selects all. */
function requirementsOf(selector: unknown): Requirement[] {
  const labels = textEntries(selector, 'matchLabels').map(([key, value]) => ({
    key,
    op: 'In',
    values: [value],
  }));
  const expressions = recordsAt(selector, 'matchExpressions').map((one) => ({
    key: textAt(one, 'key') ?? '',
    op: textAt(one, 'operator') ?? '',
    values: listAt(one, 'values').flatMap((value) => textAt(value) ?? []),
  }));
  return [...labels, ...expressions];
}

/** Null for all ports. Without a protocol a port is one of TCP, and without a port it is all of them. */
function portsOf(rule: object): string | null {
  const ports = recordsAt(rule, 'ports').map((one) => {
    const written = textAt(one, 'port');
    const isNumber = written !== null && /^\d{1,5}$/.test(written);
    return {
      protocol: (textAt(one, 'protocol') ?? 'TCP').toUpperCase(),
      port: isNumber ? Number(written) : undefined,
      name: isNumber ? undefined : (written ?? undefined),
      end: numberAt(one, 'endPort') ?? undefined,
    };
  });
  return ports.length === 0 ? null : JSON.stringify(ports);
}

/** Null for everybody. A selector that is not there is left out: an empty one selects all. */
function peersOf(rule: object, key: 'to' | 'from'): string | null {
  const selectorAt = (peer: object, which: string) => {
    const selector = valueAt(peer, which);
    return selector === undefined || selector === null ? undefined : requirementsOf(selector);
  };
  const peers = recordsAt(rule, key).map((peer) => ({
    pods: selectorAt(peer, 'podSelector'),
    namespaces: selectorAt(peer, 'namespaceSelector'),
    cidr: textAt(peer, 'ipBlock', 'cidr') ?? undefined,
    except: textsAt(peer, 'ipBlock', 'except'),
  }));
  return peers.length === 0 ? null : JSON.stringify(peers);
}

/** One rule, or a direction in which a policy isolates without any. */
interface RuleRow {
  direction: Direction;
  rule: number | null;
  selector: string;
  ports: string | null;
  peers: string | null;
}

interface PolicyRow extends Partial<RuleRow> {
  kind: string;
  name: string;
}

function writeRow(sink: Sink, policy: unknown, row: PolicyRow): void {
  const batch = sink.batch(networkPolicies);
  const { data, row: at } = batch;
  data.source_id[at] = sink.sourceId;
  data.kind[at] = row.kind;
  data.name[at] = row.name;
  writeText(batch, 'namespace', textAt(policy, 'metadata', 'namespace'));
  writeText(batch, 'direction', row.direction ?? null);
  writeNumber(batch, 'rule', row.rule ?? null);
  writeText(batch, 'pod_selector', row.selector ?? null);
  writeText(batch, 'ports', row.ports ?? null);
  writeText(batch, 'peers', row.peers ?? null);
  writeTime(batch, 'since', timeAt(policy, 'metadata', 'creationTimestamp'));
  batch.end();
}
