import type { EndpointSlice, Objects, Pod, Service } from './objects.js';

const NAMES = /^(?:kube-dns|coredns|dns-default|.*-coredns|.*-kube-dns)$/;
const APPS = new Set(['kube-dns', 'coredns']);
const NODE_LOCAL = /^node-?local-?dns/;

/** A cluster's DNS: what serves it, and the caches on nodes before it. */
export interface ClusterDns {
  service: Service | null;
  namespace: string;
  servers: Pod[];
  nodeLocal: Pod[];
  /** Ports that the servers listen on where they are not the service's: OpenShift's 5353. */
  podPorts: number[];
}

/** Finds the DNS service (kube-dns, coredns, rke2, OpenShift's dns-default) by label, name and port, and its pods. */
export function findDns({ services, slices, pods }: Objects): ClusterDns {
  const service = services.filter(isDns).sort((a, b) => rank(b) - rank(a))[0] ?? null;
  const namespace = service?.metadata.namespace ?? 'kube-system';
  const own = service ? slices.filter((slice) => isOf(slice, service)) : [];
  const named = new Set(
    own.flatMap(({ endpoints = [] }) => endpoints.map(({ targetRef }) => targetRef?.name)),
  );
  const servers = pods.filter(
    (pod) =>
      pod.metadata.namespace === namespace &&
      (named.has(pod.metadata.name) || APPS.has(pod.metadata.labels?.['k8s-app'] ?? '')),
  );
  const nodeLocal = pods.filter(({ metadata }) =>
    NODE_LOCAL.test(metadata.labels?.['k8s-app'] ?? metadata.name),
  );
  const dnsPorts = own.flatMap(({ ports = [] }) => ports.filter(({ name }) => name?.startsWith('dns')));
  const podPorts = [...new Set(dnsPorts.map(({ port }) => port ?? 53))].filter((port) => port !== 53);
  return { service, namespace, servers, nodeLocal, podPorts };
}

/** The labels by which the service chooses its pods, as kubectl takes them; null where it chooses none. */
export function selectorOf({ service }: ClusterDns): string | null {
  const labels = Object.entries(service?.spec?.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  return labels.length === 0 ? null : labels.join(',');
}

function isDns(service: Service): boolean {
  const asks = service.spec?.ports?.some(({ port }) => port === 53) === true;
  return asks && service.spec?.clusterIP !== 'None' && rank(service) > 0;
}

/** A service of the system's own namespaces comes before one of the same name elsewhere. */
function rank({ metadata }: Service): number {
  const app = APPS.has(metadata.labels?.['k8s-app'] ?? '') ? 2 : 0;
  const name = NAMES.test(metadata.name) ? 1 : 0;
  if (app + name === 0) return 0;
  return app + name + (/^(?:kube-system|openshift-dns)$/.test(metadata.namespace ?? '') ? 4 : 0);
}

function isOf(slice: EndpointSlice, { metadata }: Service): boolean {
  const service = slice.metadata.labels?.['kubernetes.io/service-name'];
  return service === metadata.name && slice.metadata.namespace === metadata.namespace;
}
