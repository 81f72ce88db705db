import { UserError } from '../store/user-error.js';
import type { ClusterDns } from './dns-service.js';
import { MOST_NODES, MOST_PODS } from './limits.js';
import { fullName, type Objects, type Pod } from './objects.js';

/** What the user named. */
export interface Wanted {
  pods: readonly string[];
  workloads: readonly string[];
  nodes: readonly string[];
}

/** Where to look. */
export interface Targets {
  nodes: string[];
  pods: Pod[];
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
      throw new UserError(`there is no node ${node} in this cluster (kubectl get nodes)`);
  }
  const isNamed = named.length + wanted.nodes.length > 0;
  const ordered = [...wanted.nodes, ...nodesOf(named), ...nodesOf(dns.servers), ...(isNamed ? [] : there)];
  const all = [...new Set(ordered)];
  const nodes = all.slice(0, MOST_NODES);
  const notes = [];
  if (all.length > nodes.length) {
    notes.push(
      `${all.length - nodes.length} of ${all.length} nodes are left out; --node names those to look at`,
    );
  }
  const onNodes = (pod: Pod) => nodes.includes(pod.spec?.nodeName ?? '');
  const pods = (isNamed && named.length > 0 ? named : objects.pods).filter(
    (pod) =>
      onNodes(pod) &&
      pod.status?.phase === 'Running' &&
      pod.spec?.hostNetwork !== true &&
      !dns.servers.includes(pod),
  );
  return { nodes, pods: oneOfEach(pods).slice(0, MOST_PODS), notes };
}

function podNamed(name: string, { pods }: Objects): Pod {
  const [namespace, pod] = splitName(name, '--pod');
  const found = pods.find(({ metadata }) => metadata.name === pod && metadata.namespace === namespace);
  if (!found)
    throw new UserError(`there is no pod ${namespace}/${pod} in this cluster (kubectl get pods -A)`);
  return found;
}

function podsOf(name: string, { pods }: Objects): Pod[] {
  const [namespace, workload] = splitName(name, '--workload');
  const found = pods.filter((pod) => pod.metadata.namespace === namespace && workloadOf(pod) === workload);
  if (found.length > 0) return found;
  throw new UserError(
    `no pod of a workload ${namespace}/${workload} is in this cluster (kubectl get pods -A)`,
  );
}

function splitName(name: string, flag: string): [namespace: string, name: string] {
  const parts = name.split('/');
  if (parts.length > 2 || parts.includes('')) throw new UserError(`${flag} ${name} must be NAMESPACE/NAME`);
  return parts.length === 2 ? [parts[0]!, parts[1]!] : ['default', parts[0]!];
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
    const key = `${fullName({ metadata: { ...pod.metadata, name: workloadOf(pod) } })}`;
    if (!seen.has(key)) seen.set(key, pod);
  }
  return [...seen.values()];
}
