import {
  configTasks,
  endTasks,
  followedLogs,
  LISTS,
  logTask,
  metricsTask,
  POLICIES,
  previousLogTasks,
  resolvTask,
  serverLogs,
} from './cluster-tasks.js';
import type { ClusterDns } from './dns-service.js';
import type { LogSwitch } from './log-switch.js';
import type { Post } from './post.js';
import { postTasks } from './post-tasks.js';
import type { Targets } from './targets.js';
import type { Task } from './task.js';

/** What is gathered, in the order of time. */
export interface Plan {
  /** What was gathered already, in order to plan. */
  looked: Task[];
  /** How the servers are made to log; null where they are left alone. */
  log: LogSwitch | null;
  /** For each post: what it gathers while time passes. */
  during: { post: Post; tasks: Task[] }[];
  begin: Task[];
  end: Task[];
  /** What runs beside that for who watches. */
  followed: Task[];
}

export interface PlanOptions {
  dns: ClusterDns;
  targets: Targets;
  posts: Post[];
  log: LogSwitch | null;
  /** What is asked of AWS. */
  aws: { looked: Task[]; begin: Task[] };
  /** How long packets and counters are gathered. */
  seconds: number;
  /** When it begins. */
  start: Date;
  /** Whether somebody watches what comes. */
  watched: boolean;
}

/** The ports of CoreDNS's and of NodeLocal's plugin prometheus. */
const METRICS_PORTS = { server: 9153, cache: 9253 };

/** Makes the list of everything that is run, from what was found. Pure, so that it can be shown before anything is done. */
export function makePlan({ dns, targets, posts, log, aws, seconds, start, watched }: PlanOptions): Plan {
  const caches = dns.nodeLocal.filter((pod) => targets.nodes.includes(pod.spec?.nodeName ?? ''));
  const metrics = (when: 'begin' | 'end') => [
    ...dns.servers.map((pod) => metricsTask(pod, when, METRICS_PORTS.server)),
    ...caches.map((pod) => metricsTask(pod, when, METRICS_PORTS.cache)),
  ];
  return {
    looked: [...LISTS, ...configTasks(dns.namespace), ...aws.looked],
    log,
    during: posts.map((post) => ({ post, tasks: postTasks(post, seconds, dns.podPorts) })),
    begin: [...metrics('begin'), ...targets.pods.map(resolvTask), POLICIES, ...aws.begin],
    end: [
      ...metrics('end'),
      ...serverLogs(dns, start),
      ...caches.map((pod) => logTask(pod, start)),
      ...previousLogTasks([...dns.servers, ...caches]),
      ...endTasks(dns.namespace),
    ],
    followed: watched ? followedLogs(dns, caches, start, seconds) : [],
  };
}
