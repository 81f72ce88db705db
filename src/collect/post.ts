import { HELPER_GRACE_SECONDS, PATIENCE_SECONDS } from './limits.js';
import { fullName, type Pod } from './objects.js';

/** What marks all pods that collect makes in a cluster. */
const LABELS = { 'app.kubernetes.io/managed-by': 'dnslens-collect' };

/** One run of kubectl that makes something ready, and what is said where it fails. */
export interface Step {
  args: readonly string[];
  stdin?: string;
  /** How often it is tried, a second apart. */
  tries?: number;
  failing: string;
}

/** A place in the cluster where commands run: on a node's network, or inside a pod that is looked at. */
export interface Post {
  /** As sentences name it: `node n1`, `pod shop/web-1`. */
  place: string;
  /** The node that it is on: its clock and its resolver are this node's. */
  node: string;
  /** The pod that is looked at from inside; null where it is the node. */
  inside: Pod | null;
  namespace: string;
  pod: string;
  container: string | null;
  /** What makes it ready, in order; nothing where it is there. */
  make: readonly Step[];
  /** kubectl's arguments that print why it does not start. */
  reason: readonly string[];
}

export interface PostOptions {
  namespace: string;
  image: string;
  pullPolicy: string;
  seconds: number;
  /** Tells runs apart. */
  run: string;
}

/**
 * A pod for one node. It asks for less than `kubectl debug node/` makes: the node's network with the capabilities to
 * capture and to count (tcpdump sets its user, which takes two more), no file of the node, no service account. Its
 * resolv.conf is what kubelet gives to pods with dnsPolicy Default, as CoreDNS's are. The cluster ends it after a while,
 * even where nobody is left to delete it.
 */
export function ownPod(node: string, at: number, options: PostOptions): Post {
  const { namespace } = options;
  const pod = `dnslens-${options.run}-${at + 1}`;
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: pod, namespace, labels: LABELS },
    spec: {
      nodeName: node,
      hostNetwork: true,
      dnsPolicy: 'Default',
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 0,
      activeDeadlineSeconds: lifetime(options),
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: 'dnslens',
          image: options.image,
          imagePullPolicy: options.pullPolicy,
          command: ['sleep', `${lifetime(options)}`],
          securityContext: {
            runAsUser: 0,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW', 'SETUID', 'SETGID'] },
          },
        },
      ],
    },
  };
  const until = ['--for=condition=Ready', `--timeout=${PATIENCE_SECONDS}s`];
  return {
    place: `node ${node}`,
    node,
    inside: null,
    namespace,
    pod,
    container: null,
    make: [
      {
        args: ['create', '-f', '-'],
        stdin: JSON.stringify(manifest),
        failing: 'a pod could not be made there',
      },
      { args: ['wait', '-n', namespace, `pod/${pod}`, ...until], failing: 'the pod there did not start' },
    ],
    reason: waitingFor(namespace, pod, '{.status.containerStatuses[0].state.waiting.reason}'),
  };
}

/** A pod that is on the node's network already, and has the tools and the rights. */
export function existingPod(node: string, { metadata }: Pod): Post {
  const { namespace = 'default', name } = metadata;
  return {
    place: `node ${node}`,
    node,
    inside: null,
    namespace,
    pod: name,
    container: null,
    make: [],
    reason: [],
  };
}

/** A container beside those of a pod, in its network. It ends by itself, and cannot be taken out of the pod's record. */
export function besideContainers(pod: Pod, at: number, options: PostOptions): Post {
  const { namespace = 'default', name } = pod.metadata;
  const container = `dnslens-${options.run}-in${at + 1}`;
  const place = `pod ${fullName(pod)}`;
  const waits = `trap 'exit 0' TERM; sleep ${lifetime(options)} & wait`;
  const { image, pullPolicy } = options;
  const how = [`--image=${image}`, `--image-pull-policy=${pullPolicy}`, '--profile=netadmin'];
  const path = `{.status.ephemeralContainerStatuses[?(@.name=="${container}")].state.waiting.reason}`;
  return {
    place,
    node: pod.spec?.nodeName ?? '',
    inside: pod,
    namespace,
    pod: name,
    container,
    make: [
      {
        args: ['debug', '-n', namespace, name, ...how, '-c', container, '--', 'sh', '-c', waits],
        failing: 'no container could be added to it',
      },
      {
        args: ['exec', '-n', namespace, name, '-c', container, '--', 'true'],
        tries: PATIENCE_SECONDS,
        failing: 'the container that was added to it did not start',
      },
    ],
    reason: waitingFor(namespace, name, path),
  };
}

/** How long what is made lives without anybody who ends it; seconds. */
function lifetime({ seconds }: PostOptions): number {
  return seconds + HELPER_GRACE_SECONDS;
}

function waitingFor(namespace: string, pod: string, path: string): string[] {
  return ['get', 'pod', pod, '-n', namespace, '-o', `jsonpath=${path}`];
}

/** kubectl's arguments that run a script in a post; the texts are ours, nothing of the cluster's stands in them. */
export function inPost({ namespace, pod, container }: Post, script: string, ...how: string[]): string[] {
  const where = container === null ? [] : ['-c', container];
  return ['exec', ...how, '-n', namespace, pod, ...where, '--', 'sh', '-c', script];
}

/**
 * The same for a command that runs while time passes: it ends when standard input closes, which it does when dnslens or
 * kubectl is gone, however it went. The pod may be another's, where nobody else would end it. Exit codes of `alsoDone`
 * are success, as 0 is.
 */
export function untilClosed(post: Post, command: string, alsoDone: readonly number[] = []): string[] {
  const watch = '{ read -r x <&3; kill $p; } >/dev/null 2>&1 & w=$!';
  return inPost(
    post,
    `exec 3<&0; { ${command}; } & p=$!; ${watch}; wait $p; s=$?; kill $w 2>/dev/null; ${alsoDone.map((code) => `[ $s = ${code} ] || `).join('')}exit $s`,
    '-i',
  );
}

/** How what was made is taken away again: one run of kubectl each, all that are needed. */
export function removals(posts: readonly Post[]): Undo[] {
  const own = posts.filter(({ inside, make }) => inside === null && make.length > 0);
  const beside = posts.filter(({ inside }) => inside !== null);
  const names = own.map(({ pod }) => pod);
  const where = ['-n', own[0]?.namespace ?? 'kube-system'];
  return [
    ...(own.length === 0
      ? []
      : [
          {
            left: 'pods were left behind (the cluster ends them by itself)',
            args: [
              'delete',
              'pod',
              ...where,
              ...names,
              '--ignore-not-found',
              '--grace-period=0',
              '--timeout=30s',
            ],
          },
        ]),
    ...beside.map((post) => ({
      left: `a container in ${post.place} may run on (it ends by itself)`,
      args: inPost(post, 'kill 1'),
      optional: true as const,
    })),
  ];
}

/** A run of kubectl that undoes what was done in a cluster; it may be run where nothing was done. */
export interface Undo {
  /** What is the matter where it fails, as the beginning of a sentence. */
  left: string;
  args: readonly string[];
  /** Whether it fails where nothing was done. */
  optional?: true;
}
