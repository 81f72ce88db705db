import { HELPER_GRACE_SECONDS, PATIENCE_SECONDS } from './limits.js';

/** What marks all that collect makes in a cluster. */
const LABELS = { 'app.kubernetes.io/managed-by': 'dnslens-collect' };

/** A pod on a node's network, which sees what the node sees. */
export interface Helper {
  node: string;
  namespace: string;
  name: string;
  /** What `CREATION` takes on standard input. */
  manifest: string;
}

export interface HelperOptions {
  namespace: string;
  image: string;
  pullPolicy: string;
  seconds: number;
  /** Tells runs apart. */
  run: string;
}

/**
 * The pod for one node. It asks for less than `kubectl debug node/` makes: the node's network with the capabilities to
 * capture and to count (tcpdump sets its user, which takes two more), no file of the node, no service account. Its
 * resolv.conf is what kubelet gives to pods with dnsPolicy Default, as CoreDNS's are. The cluster ends it after a while,
 * even where nobody is left to delete it.
 */
export function helperOn(node: string, at: number, options: HelperOptions): Helper {
  const name = `dnslens-${options.run}-${at + 1}`;
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: options.namespace, labels: LABELS },
    spec: {
      nodeName: node,
      hostNetwork: true,
      dnsPolicy: 'Default',
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      activeDeadlineSeconds: options.seconds + HELPER_GRACE_SECONDS,
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: 'dnslens',
          image: options.image,
          imagePullPolicy: options.pullPolicy,
          command: ['sleep', `${options.seconds + HELPER_GRACE_SECONDS}`],
          securityContext: {
            runAsUser: 0,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW', 'SETUID', 'SETGID'] },
          },
        },
      ],
    },
  };
  return { node, namespace: options.namespace, name, manifest: JSON.stringify(manifest) };
}

/** kubectl's arguments that make a helper of its manifest. */
export const CREATION = ['create', '-f', '-'] as const;

/** kubectl's arguments that wait until a helper runs. */
export function readiness({ namespace, name }: Helper): string[] {
  const until = ['--for=condition=Ready', `--timeout=${PATIENCE_SECONDS}s`];
  return ['wait', '-n', namespace, `pod/${name}`, ...until];
}

/** kubectl's arguments that delete helpers, and wait until they are gone. */
export function deletion(helpers: readonly Helper[]): string[] {
  const names = helpers.map(({ name }) => name);
  const where = ['-n', helpers[0]?.namespace ?? 'kube-system'];
  return ['delete', 'pod', ...where, ...names, '--ignore-not-found', '--grace-period=0', '--timeout=30s'];
}
