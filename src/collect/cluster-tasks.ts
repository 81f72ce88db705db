import { type ClusterDns, selectorOf } from './dns-service.js';
import { LOG_SECONDS_BEFORE, MOST_LOG_BYTES, MOST_LOGGED, PATIENCE_SECONDS } from './limits.js';
import { fullName, type Pod } from './objects.js';
import { OUTPUTS } from './output-shapes.js';
import type { Task } from './task.js';

type Listed = 'services' | 'endpointslices' | 'nodes' | 'pods' | 'networkpolicies';

function listTask(kind: Listed): Task {
  return {
    what: `${kind} of the cluster`,
    evidence: 'objects',
    args: ['get', kind, ...(kind === 'nodes' ? [] : ['-A']), '-o', OUTPUTS[kind]],
    file: `cluster/${kind}.json`,
    seconds: PATIENCE_SECONDS,
  };
}

/** Lists that are asked for before anything can be planned, and kept. */
export const LISTS: readonly Task[] = (['services', 'endpointslices', 'nodes', 'pods'] as const).map(
  listTask,
);

const CONFIG_MAPS = [
  'coredns',
  'coredns-custom',
  'node-local-dns',
  'dns-default',
  'rke2-coredns-rke2-coredns',
];

/** The servers' configuration, by the names that distributions give it. */
export function configTasks(namespace: string): Task[] {
  return CONFIG_MAPS.map((name) => ({
    what: `ConfigMap ${namespace}/${name}`,
    evidence: 'configurations',
    args: ['get', 'configmap', name, '-n', namespace, '--ignore-not-found', '-o', OUTPUTS.configmap],
    file: `cluster/configmap-${name}.json`,
    seconds: PATIENCE_SECONDS,
    mayBeEmpty: true,
  }));
}

/** What says which packets of pods are let through. */
export const POLICIES: Task = { ...listTask('networkpolicies'), mayBeEmpty: true };

/** What came and went while time passed. */
export function endTasks(namespace: string): Task[] {
  return [
    {
      what: `events of pods in ${namespace}`,
      evidence: 'objects',
      args: [
        'get',
        'events',
        '-n',
        namespace,
        '--field-selector=involvedObject.kind=Pod',
        '-o',
        OUTPUTS.events,
      ],
      file: 'cluster/events.json',
      seconds: PATIENCE_SECONDS,
      mayBeEmpty: true,
    },
    ...[...LISTS.filter(({ file }) => /pods|endpointslices/.test(file)), POLICIES].map((task) => ({
      ...task,
      what: `${task.what}, at the end`,
      file: task.file.replace('.json', '-end.json'),
    })),
  ];
}

/** A server's counters, through the API server; at the port that the pod names for them, else its plugin's own. */
export function metricsTask({ metadata, spec }: Pod, when: 'begin' | 'end', port: number): Task {
  const { namespace = 'default', name } = metadata;
  const named = spec?.containers?.flatMap(({ ports = [] }) => ports).find((one) => one.name === 'metrics');
  const at = named?.containerPort ?? port;
  return {
    what: `metrics of ${name}, at the ${when}`,
    evidence: 'metrics',
    args: ['get', '--raw', `/api/v1/namespaces/${namespace}/pods/${name}:${at}/proxy/metrics`],
    file: `metrics/${name}-${when}.txt`,
    label: name,
    seconds: PATIENCE_SECONDS,
  };
}

/** A pod's own /etc/resolv.conf. */
export function resolvTask(pod: Pod): Task {
  const { namespace = 'default', name } = pod.metadata;
  return {
    what: `resolv.conf of ${fullName(pod)}`,
    evidence: 'configurations',
    args: ['exec', '-n', namespace, name, '--', 'cat', '/etc/resolv.conf'],
    file: `pods/${namespace}_${name}.conf`,
    label: name,
    seconds: PATIENCE_SECONDS,
  };
}

/** kubectl's arguments for all lines of pods, with their times. */
function wholeLog(namespace: string, ...pods: string[]): string[] {
  const how = ['--all-containers', '--prefix', '--timestamps', '--tail=-1'];
  return ['logs', '-n', namespace, ...pods, ...how, `--limit-bytes=${MOST_LOG_BYTES}`];
}

function since(start: Date): string {
  return sinceTime(new Date(start.getTime() - LOG_SECONDS_BEFORE * 1000));
}

/** kubectl's argument for lines from a time on. */
export function sinceTime(time: Date): string {
  return `--since-time=${time.toISOString().replace(/\.\d+Z$/, 'Z')}`;
}

/** kubectl's arguments for the pods with these labels, as many as may be read at once. */
export function labelled(selector: string): string[] {
  return ['-l', selector, `--max-log-requests=${MOST_LOGGED}`];
}

/** By the service's selector where it has one: pods that came while time passed are among them. */
export function serverLogs(dns: ClusterDns, start: Date): Task[] {
  const { service, namespace, servers } = dns;
  const selector = selectorOf(dns);
  if (service === null || selector === null) return servers.map((pod) => logTask(pod, start));
  return [
    {
      what: `logs of ${fullName(service)}`,
      evidence: 'logs',
      args: [...wholeLog(namespace, ...labelled(selector)), since(start)],
      file: `logs/${service.metadata.name}.log`,
      seconds: PATIENCE_SECONDS,
      mayBeEmpty: true,
    },
  ];
}

/** One pod's log. */
export function logTask(pod: Pod, start: Date): Task {
  const { namespace = 'default', name } = pod.metadata;
  return {
    what: `log of ${name}`,
    evidence: 'logs',
    args: [...wholeLog(namespace, name), since(start)],
    file: `logs/${name}.log`,
    ...ofPod(pod),
    seconds: PATIENCE_SECONDS,
    mayBeEmpty: true,
  };
}

/** The servers' lines as they come from a time on. They are in the same files as all of the lines are in the end. */
export function followedLogs(dns: ClusterDns, caches: readonly Pod[], from: Date, seconds: number): Task[] {
  const tasks = [...serverLogs(dns, from), ...caches.map((pod) => logTask(pod, from))];
  return tasks.map((task) => ({
    ...task,
    what: `${task.what} as they come`,
    args: [
      ...task.args.filter((word) => !/^--(?:limit-bytes|since-time)=/.test(word)),
      sinceTime(from),
      '-f',
    ],
    seconds: seconds + 3 * PATIENCE_SECONDS,
    follows: true as const,
  }));
}

/** What a container that has ended wrote, of each pod that was restarted. */
export function previousLogTasks(pods: readonly Pod[]): Task[] {
  return pods.filter(hasRestarted).map((pod) => {
    const { namespace = 'default', name } = pod.metadata;
    return {
      what: `log of ${name} before its last restart`,
      evidence: 'logs',
      args: [...wholeLog(namespace, name), '--previous'],
      file: `logs/${name}.previous.log`,
      ...ofPod(pod),
      seconds: PATIENCE_SECONDS,
      mayBeEmpty: true,
    };
  });
}

function ofPod({ metadata, spec }: Pod): { label: string; node?: string } {
  const node = spec?.nodeName;
  return { label: metadata.name, ...(node === undefined ? {} : { node }) };
}

function hasRestarted({ status }: Pod): boolean {
  return status?.containerStatuses?.some(({ restartCount = 0 }) => restartCount > 0) === true;
}
