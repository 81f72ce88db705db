import { basename } from 'node:path';

/** The part of a path that kubelet names after a pod: /var/log/pods/NAMESPACE_POD_UID/CONTAINER/0.log. */
const KUBELET_POD = /(?:^|\/)pods\/[a-z0-9-]+_([a-z0-9.-]+)_[0-9a-f-]{32,36}\//;

/** /var/log/containers/POD_NAMESPACE_CONTAINER-ID.log. */
const KUBELET_CONTAINER = /^([a-z0-9.-]+)_[a-z0-9-]+_[a-z0-9-]+-[0-9a-f]{64}\.log/;

/** A folder of a node among others, as collect and must-gather lay them out: nodes/NODE/FILE. */
const NODES_FOLDER = /(?:^|\/)nodes\/([a-z0-9][a-z0-9.-]{0,252})\/[^/]+$/;

/** EC2's private DNS names of nodes, by IP or resource. */
const EC2_NODE = /(?:^|[^a-z0-9])((?:ip(?:-\d{1,3}){4}|i-[0-9a-f]{17})(?:\.[a-z0-9-]+)*)/;

/** Letters and digits that Kubernetes makes suffixes of: no vowels, no look-alikes (k8s.io/apimachinery/pkg/util/rand). */
export const SUFFIX = '[bcdfghjklmnpqrstvwxz2456789]';

/** A pod of a Deployment: NAME-REPLICASET-SUFFIX. A DaemonSet's has one suffix, which says little, so DNS servers only. */
const DEPLOYMENT_POD = new RegExp(
  `(?:^|[^a-z0-9-])([a-z0-9][a-z0-9-]*-${SUFFIX}{6,10}-${SUFFIX}{5})(?![a-z0-9-])`,
);
const DNS_POD = new RegExp(
  `(?:^|[^a-z0-9-])((?:node-local-dns|nodelocaldns|coredns|kube-dns)-${SUFFIX}{5})(?![a-z0-9-])`,
);

/** Endings of evidence that an EC2 node's name, which has dots itself, would else swallow. */
const ENDING = /(?:\.(?:pcap(?:ng)?\d*|cap|dmp|log|txt|json|out|gz|zst|xz|lz4|\d+))+$/i;

/**
 * The node or pod that a path clearly names: kubelet's log folders, a folder of nodes, an EC2 node's name in the file's
 * name or its folder's, a pod's name with the suffix that Kubernetes gives. Null where it does not.
 */
export function labelFromPath(path: string): string | null {
  const named = KUBELET_POD.exec(path) ?? KUBELET_CONTAINER.exec(basename(path)) ?? NODES_FOLDER.exec(path);
  if (named) return named[1]!;
  for (const part of path.split('/').slice(-2).reverse()) {
    const name = part.replace(ENDING, '');
    const found = EC2_NODE.exec(name) ?? DEPLOYMENT_POD.exec(name) ?? DNS_POD.exec(name);
    if (found) return found[1]!;
  }
  return null;
}
