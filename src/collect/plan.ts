import type { ClusterDns } from './dns-service.js';
import type { Helper } from './helper-pod.js';
import { LOG_SECONDS_BEFORE, MOST_LOG_BYTES, MOST_LOGGED, PATIENCE_SECONDS } from './limits.js';
import { fullName, type Pod } from './objects.js';
import { OUTPUTS } from './shapes.js';
import type { Targets } from './targets.js';
import type { Task } from './task.js';

/** What is gathered, in the order of time. */
export interface Plan {
  helpers: Helper[];
  /** For each helper: what it gathers while time passes. */
  during: { helper: Helper; tasks: Task[] }[];
  begin: Task[];
  end: Task[];
}

export interface PlanOptions {
  dns: ClusterDns;
  targets: Targets;
  helpers: Helper[];
  /** How long packets and counters are gathered. */
  seconds: number;
  /** When it begins. */
  start: Date;
}

/** Lists that are asked for before anything can be planned, and kept. */
export const LISTS: readonly Task[] = (['services', 'endpointslices', 'nodes', 'pods'] as const).map(
  (kind) => ({
    what: `${kind} of the cluster`,
    args: ['get', kind, ...(kind === 'nodes' ? [] : ['-A']), '-o', OUTPUTS[kind]],
    file: `cluster/${kind}.json`,
    seconds: PATIENCE_SECONDS,
  }),
);

const CONFIG_MAPS = [
  'coredns',
  'coredns-custom',
  'node-local-dns',
  'dns-default',
  'rke2-coredns-rke2-coredns',
];

/** Makes the list of everything that is run, from what was found. Pure, so that it can be shown before anything is done. */
export function makePlan({ dns, targets, helpers, seconds, start }: PlanOptions): Plan {
  const caches = dns.nodeLocal.filter((pod) => targets.nodes.includes(pod.spec?.nodeName ?? ''));
  return {
    helpers,
    during: helpers.map((helper) => ({ helper, tasks: nodeTasks(helper, seconds, dns.podPorts) })),
    begin: [
      ...CONFIG_MAPS.map((name) => configTask(dns.namespace, name)),
      ...dns.servers.map((pod) => metricsTask(pod, 'begin')),
      ...targets.pods.map(resolvTask),
    ],
    end: [
      ...serverLogs(dns, start),
      ...caches.map((pod) => logTask(pod, start)),
      ...[...dns.servers, ...caches].filter(hasRestarted).map(previousLogTask),
      ...dns.servers.map((pod) => metricsTask(pod, 'end')),
      {
        what: 'events of the DNS namespace',
        args: ['get', 'events', '-n', dns.namespace, '--sort-by=.lastTimestamp'],
        file: 'cluster/events.txt',
        seconds: PATIENCE_SECONDS,
        mayBeEmpty: true,
      },
      ...LISTS.filter(({ args }) => ['pods', 'endpointslices'].includes(args[1]!)).map((task) => ({
        ...task,
        what: `${task.what}, at the end`,
        file: task.file.replace('.json', '-end.json'),
      })),
    ],
  };
}

/** A command in a helper pod; the texts are ours, nothing of the cluster's stands in them. */
function inHelper({ namespace, name }: Helper, script: string): string[] {
  return ['exec', '-n', namespace, name, '--', 'sh', '-c', script];
}

/**
 * What is gathered on a node. Files carry its name: equal bytes under one name would be taken for one piece of evidence.
 * Lines of counters that dnslens does not read say what they are, so that none is taken for conntrack's.
 */
function nodeTasks(helper: Helper, seconds: number, podPorts: readonly number[]): Task[] {
  const folder = `nodes/${helper.node}`;
  const ports = [53, ...podPorts].map((port) => `port ${port}`).join(' or ');
  const each = (commands: string) =>
    `n=0; while [ $n -lt ${seconds} ]; do date -u; ${commands}; n=$((n + 1)); sleep 1; done`;
  const sysctl = (name: string) => `echo "net.netfilter.${name} = $(cat /proc/sys/net/netfilter/${name})"`;
  const during = seconds + PATIENCE_SECONDS;
  return [
    {
      what: `packets on node ${helper.node}`,
      // the time-out's own exit codes, GNU's and busybox's, are success
      args: inHelper(
        helper,
        `timeout -s INT ${seconds} tcpdump -Z root -i any -s 0 -U -w - '${ports} or icmp or icmp6'; c=$?; [ $c = 124 ] || [ $c = 143 ] || [ $c = 130 ] || exit $c`,
      ),
      file: `${folder}/${helper.node}.pcap`,
      notes: `${folder}/tcpdump.txt`,
      seconds: during,
    },
    {
      what: `conntrack counters on node ${helper.node}`,
      args: inHelper(
        helper,
        each(
          `conntrack -S 2>/dev/null || cat /proc/net/stat/nf_conntrack; ${sysctl('nf_conntrack_count')}; ${sysctl('nf_conntrack_max')}`,
        ),
      ),
      file: `${folder}/conntrack-${helper.node}.log`,
      seconds: during,
    },
    {
      what: `network counters on node ${helper.node}`,
      args: inHelper(
        helper,
        `for i in 0 1; do date -u; sed 's/^/softnet /' /proc/net/softnet_stat; sed 's/^/snmp /' /proc/net/snmp; for d in /sys/class/net/*; do d=$(basename "$d"); ethtool -S "$d" 2>/dev/null | grep -E 'allowance|drop|error|miss' | sed "s/^/$d /"; done; [ $i = 1 ] || sleep ${seconds}; done`,
      ),
      file: `${folder}/network-counters.txt`,
      seconds: during,
    },
    {
      what: `resolv.conf of node ${helper.node}`,
      args: inHelper(helper, 'cat /etc/resolv.conf'),
      file: `${folder}/resolv-${helper.node}.conf`,
      seconds: PATIENCE_SECONDS,
    },
  ];
}

function configTask(namespace: string, name: string): Task {
  return {
    what: `ConfigMap ${namespace}/${name}`,
    args: ['get', 'configmap', name, '-n', namespace, '--ignore-not-found', '-o', OUTPUTS.configmap],
    file: `cluster/configmap-${name}.json`,
    seconds: PATIENCE_SECONDS,
    mayBeEmpty: true,
  };
}

function metricsTask({ metadata }: Pod, when: 'begin' | 'end'): Task {
  const { namespace = 'default', name } = metadata;
  return {
    what: `metrics of ${name}, at the ${when}`,
    args: ['get', '--raw', `/api/v1/namespaces/${namespace}/pods/${name}:9153/proxy/metrics`],
    file: `metrics/${name}-${when}.txt`,
    seconds: PATIENCE_SECONDS,
  };
}

function resolvTask(pod: Pod): Task {
  const { namespace = 'default', name } = pod.metadata;
  return {
    what: `resolv.conf of ${fullName(pod)}`,
    args: ['exec', '-n', namespace, name, '--', 'cat', '/etc/resolv.conf'],
    file: `pods/${namespace}_${name}.conf`,
    seconds: PATIENCE_SECONDS,
  };
}

/** kubectl's arguments for all lines of pods, with their times. */
function wholeLog(namespace: string, ...pods: string[]): string[] {
  const how = ['--all-containers', '--prefix', '--timestamps', '--tail=-1'];
  return ['logs', '-n', namespace, ...pods, ...how, `--limit-bytes=${MOST_LOG_BYTES}`];
}

function since(start: Date): string {
  const time = new Date(start.getTime() - LOG_SECONDS_BEFORE * 1000);
  return `--since-time=${time.toISOString().replace(/\.\d+Z$/, 'Z')}`;
}

/** By the service's selector where it has one: pods that came while time passed are among them. */
function serverLogs({ service, namespace, servers }: ClusterDns, start: Date): Task[] {
  const selector = Object.entries(service?.spec?.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  if (service === null || selector.length === 0) return servers.map((pod) => logTask(pod, start));
  const pods = ['-l', selector.join(','), `--max-log-requests=${MOST_LOGGED}`];
  return [
    {
      what: `logs of ${fullName(service)}`,
      args: [...wholeLog(namespace, ...pods), since(start)],
      file: `logs/${service.metadata.name}.log`,
      seconds: PATIENCE_SECONDS,
      mayBeEmpty: true,
    },
  ];
}

function logTask({ metadata }: Pod, start: Date): Task {
  const { namespace = 'default', name } = metadata;
  return {
    what: `log of ${name}`,
    args: [...wholeLog(namespace, name), since(start)],
    file: `logs/${name}.log`,
    seconds: PATIENCE_SECONDS,
    mayBeEmpty: true,
  };
}

function previousLogTask({ metadata }: Pod): Task {
  const { namespace = 'default', name } = metadata;
  return {
    what: `log of ${name} before its last restart`,
    args: [...wholeLog(namespace, name), '--previous'],
    file: `logs/${name}.previous.log`,
    seconds: PATIENCE_SECONDS,
    mayBeEmpty: true,
  };
}

function hasRestarted({ status }: Pod): boolean {
  return status?.containerStatuses?.some(({ restartCount = 0 }) => restartCount > 0) === true;
}
