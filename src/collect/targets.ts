import { UserError } from '../base/user-error.js';
import type { ClusterDns } from './dns-service.js';
import { MOST_INSIDE, MOST_NODES, MOST_PODS } from './limits.js';
import { fullName, type Objects, type Pod } from './objects.js';

/** What the user named. */
export interface Wanted {
  pods: readonly string[];
  workloads: readonly string[];
  nodes: readonly string[];
  /** Whether to capture inside of the pods too. */
  inside: boolean;
  /** A workload with a pod on each node's network that is to be used; null to make pods. */
  through: string | null;
}

/** Where to look. */
export interface Targets {
  nodes: string[];
  /** Whose resolv.conf is read. */
  pods: Pod[];
  /** Those that are captured in. */
  inside: Pod[];
  /** The pod of `through` on each node that has one. */
  through: ReadonlyMap<string, Pod>;
  /** Sentences about what is left out. */
  notes: string[];
}

/**
 * The nodes and pods to look at: those named, their pods' nodes, and those of the DNS servers; without a name, as many
 * nodes as are allowed, the servers' first. Throws UserError for a name that the cluster does not have.
 */
export function chooseTargets(wanted: Wanted, objects: Objects, dns: ClusterDns): Targets {
  const named = [
    ...wanted.pods.map((name) => podNamed(name, objects)),
    ...wanted.workloads.flatMap((name) => podsOf(name, objects)),
  ];
  const there = objects.nodes.map(({ metadata }) => metadata.name);
  for (const node of wanted.nodes) {
    if (!there.includes(node))
      throw new UserError('not-in-cluster', `there is no node ${node} in this cluster (kubectl get nodes)`);
  }
  const isNamed = named.length + wanted.nodes.length > 0;
  const ordered = [...wanted.nodes, ...nodesOf(named), ...nodesOf(dns.servers), ...(isNamed ? [] : there)];
  const all = [...new Set(ordered)];
  const nodes = all.slice(0, MOST_NODES);
  const notes: string[] = [];
  if (all.length > nodes.length) {
    notes.push(
      `${all.length - nodes.length} of ${all.length} nodes are left out; --node names those to look at`,
    );
  }
  const isChosen = (pod: Pod) =>
    nodes.includes(pod.spec?.nodeName ?? '') &&
    pod.status?.phase === 'Running' &&
    pod.spec?.hostNetwork !== true &&
    !dns.servers.includes(pod);
  const pods = named.length > 0 ? named.filter(isChosen) : oneOfEach(objects.pods.filter(isChosen));
  const bounded = (all: Pod[], most: number, what: string) => {
    if (all.length > most) notes.push(`${all.length - most} of ${all.length} pods are left out of ${what}`);
    return all.slice(0, most);
  };
  if (wanted.inside && named.length === 0)
    throw new UserError(
      'conflicting-flags',
      '--in-pod captures inside of the pods of --pod and --workload; name some',
    );
  return {
    nodes,
    pods: bounded(pods, MOST_PODS, 'reading resolv.conf'),
    inside: wanted.inside ? bounded(pods, MOST_INSIDE, 'captures inside of them') : [],
    through: wanted.through === null ? new Map() : onNetworkOf(nodes, wanted.through, objects, notes),
    notes,
  };
}

/** A workload's pod on the network of each of these nodes. Throws UserError where it is on none of them. */
function onNetworkOf(
  nodes: readonly string[],
  name: string,
  objects: Objects,
  notes: string[],
): Map<string, Pod> {
  const running = podsOf(name, objects, '--through').filter(
    ({ spec, status }) => spec?.hostNetwork === true && status?.phase === 'Running',
  );
  const found = new Map(running.map((pod) => [pod.spec?.nodeName ?? '', pod]));
  const without = nodes.filter((node) => !found.has(node));
  if (without.length === nodes.length)
    throw new UserError(
      'not-in-cluster',
      `no pod of ${name} is on the network of a node that is looked at (hostNetwork)`,
    );
  if (without.length > 0) notes.push(`${name} has no pod on the network of ${without.join(', ')}`);
  return found;
}

function podNamed(name: string, { pods }: Objects): Pod {
  const [namespace, pod] = splitName(name, '--pod');
  const found = pods.find(({ metadata }) => metadata.name === pod && metadata.namespace === namespace);
  if (!found)
    throw new UserError(
      'not-in-cluster',
      `there is no pod ${namespace}/${pod} in this cluster (kubectl get pods -A)`,
    );
  return found;
}

function podsOf(name: string, { pods }: Objects, flag = '--workload'): Pod[] {
  const [namespace, workload] = splitName(name, flag);
  const found = pods.filter((pod) => pod.metadata.namespace === namespace && workloadOf(pod) === workload);
  if (found.length > 0) return found;
  throw new UserError(
    'not-in-cluster',
    `no pod of a workload ${namespace}/${workload} is in this cluster (kubectl get pods -A)`,
  );
}

function splitName(name: string, flag: string): [namespace: string, name: string] {
  const parts = name.split('/');
  if (parts.length > 2 || parts.includes(''))
    throw new UserError('wrong-value', `${flag} ${name} must be NAMESPACE/NAME`);
  return parts.length === 2 ? [parts[0]!, parts[1]!] : ['default', parts[0]!];
}

/** Workloads whose pods ask the servers, by NAMESPACE/NAME; those of the DNS service's namespace are the system's own. */
export function workloadsOf({ pods }: Objects, dns: ClusterDns): string[] {
  const asking = pods.filter(
    ({ metadata, spec }) => metadata.namespace !== dns.namespace && spec?.hostNetwork !== true,
  );
  return oneOfEach(asking).map(fullWorkload);
}

/** `NAMESPACE/WORKLOAD`. */
function fullWorkload(pod: Pod): string {
  return fullName({ metadata: { ...pod.metadata, name: workloadOf(pod) } });
}

/** The name of what a person deployed: a Deployment's pods belong to a ReplicaSet whose name ends in a hash. */
function workloadOf({ metadata }: Pod): string {
  const owners = metadata.ownerReferences ?? [];
  const owner = owners.find(({ controller }) => controller) ?? owners[0];
  if (owner?.name === undefined) return metadata.name;
  return owner.kind === 'ReplicaSet' ? owner.name.replace(/-[a-z0-9]{1,10}$/, '') : owner.name;
}

function nodesOf(pods: readonly Pod[]): string[] {
  return pods.map(({ spec }) => spec?.nodeName).filter((node) => node !== undefined);
}

function oneOfEach(pods: readonly Pod[]): Pod[] {
  const seen = new Map<string, Pod>();
  for (const pod of pods) {
    const key = fullWorkload(pod);
    if (!seen.has(key)) seen.set(key, pod);
  }
  return [...seen.values()];
}
