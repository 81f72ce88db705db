import type { EndpointSlice, Node, Objects, Pod, Service } from '../../src/collect/objects.js';

const POD_OF = { kind: 'ReplicaSet', name: 'web-6d4cf56db6', controller: true };

/** A pod that runs. */
export function pod(namespace: string, name: string, node: string, more: Partial<Pod['metadata']> = {}): Pod {
  return {
    metadata: { namespace, name, ...more },
    spec: { nodeName: node },
    status: { phase: 'Running', containerStatuses: [{ restartCount: 0 }] },
  };
}

/** A DNS service and the slice of its pods. */
export function dnsService(
  namespace: string,
  name: string,
  app: string | null,
  pods: readonly string[],
  podPort = 53,
): { service: Service; slice: EndpointSlice } {
  return {
    service: {
      metadata: { namespace, name, ...(app === null ? {} : { labels: { 'k8s-app': app } }) },
      spec: { clusterIP: '10.96.0.10', ports: [{ port: 53, protocol: 'UDP' }] },
    },
    slice: {
      metadata: { namespace, name: `${name}-x`, labels: { 'kubernetes.io/service-name': name } },
      ports: [
        { name: 'dns', port: podPort },
        { name: 'metrics', port: 9153 },
      ],
      endpoints: pods.map((server) => ({ targetRef: { kind: 'Pod', name: server } })),
    },
  };
}

/** A cluster as kubeadm makes it: two DNS servers on two of three nodes, two web pods. */
export function kubeadm(): Objects {
  const { service, slice } = dnsService('kube-system', 'kube-dns', 'kube-dns', ['coredns-a', 'coredns-b']);
  service.spec!.selector = { 'k8s-app': 'kube-dns' };
  const server = { labels: { 'k8s-app': 'kube-dns' } };
  return {
    services: [{ metadata: { namespace: 'shop', name: 'web' }, spec: { ports: [{ port: 80 }] } }, service],
    slices: [slice],
    nodes: ['n1', 'n2', 'n3'].map((name): Node => ({ metadata: { name } })),
    pods: [
      pod('kube-system', 'coredns-a', 'n1', server),
      pod('kube-system', 'coredns-b', 'n2', server),
      pod('shop', 'web-6d4cf56db6-aaaaa', 'n3', { ownerReferences: [POD_OF] }),
      pod('shop', 'web-6d4cf56db6-bbbbb', 'n3', { ownerReferences: [POD_OF] }),
    ],
  };
}
