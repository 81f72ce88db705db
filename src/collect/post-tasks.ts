import { PATIENCE_SECONDS } from './limits.js';
import { inPost, type Post, untilClosed } from './post.js';
import type { Task } from './task.js';

/** What is gathered at a post while time passes. */
export function postTasks(post: Post, seconds: number, podPorts: readonly number[]): Task[] {
  const packets = packetsTask(post, seconds, podPorts);
  return post.inside === null ? [packets, ...nodeTasks(post, seconds)] : [packets];
}

/** The exit codes of GNU's and of busybox's timeout where the time is over. */
const TIMED_OUT = [124, 143];

/** Where a post's files go, and what they are named after: equal bytes under one name would be taken for one piece of evidence. */
function placeOf({ node, inside }: Post): { folder: string; name: string; label: string } {
  if (inside === null) return { folder: `nodes/${node}`, name: node, label: node };
  const { namespace = 'default', name } = inside.metadata;
  return { folder: `pods/${namespace}_${name}`, name: `${namespace}_${name}`, label: name };
}

function packetsTask(post: Post, seconds: number, podPorts: readonly number[]): Task {
  const { folder, name, label } = placeOf(post);
  const ports = [53, ...podPorts].map((port) => `port ${port}`).join(' or ');
  const capture = `tcpdump -Z root -i any -s 0 -B 16384 -U -w - '${ports} or icmp or icmp6'`;
  const run = `exec timeout -s TERM ${seconds} ${capture}`;
  return {
    what: `packets ${post.inside === null ? 'on' : 'in'} ${post.place}`,
    evidence: 'captures',
    args: untilClosed(post, run, TIMED_OUT),
    file: `${folder}/${name}.pcap`,
    notes: `${folder}/tcpdump.txt`,
    node: post.node,
    label,
    streams: true,
    seconds: seconds + PATIENCE_SECONDS,
  };
}

/** What is printed is as src/conntrack and src/counters read it: an interface's counters stand below its name. */
function nodeTasks(post: Post, seconds: number): Task[] {
  const { folder, name, label } = placeOf(post);
  const until = `e=$(($(date +%s) + ${seconds}))`;
  const each = (commands: string) =>
    untilClosed(post, `${until}; while [ $(date +%s) -lt $e ]; do date -u; ${commands}; sleep 1; done`);
  const sysctl = (key: string) => `echo "net.netfilter.${key} = $(cat /proc/sys/net/netfilter/${key})"`;
  const of = { evidence: 'counters', node: post.node, label, streams: true } as const;
  const during = seconds + PATIENCE_SECONDS;
  return [
    {
      ...of,
      what: `conntrack counters on ${post.place}`,
      args: each(
        `conntrack -S 2>/dev/null || cat /proc/net/stat/nf_conntrack; ${sysctl('nf_conntrack_count')}; ${sysctl('nf_conntrack_max')}`,
      ),
      file: `${folder}/conntrack-${name}.log`,
      seconds: during,
    },
    {
      ...of,
      what: `network counters on ${post.place}`,
      args: each(
        `cat /proc/net/softnet_stat; grep ^Udp: /proc/net/snmp; for d in /sys/class/net/*; do d=\${d##*/}; echo "== $d =="; ethtool -S "$d" 2>/dev/null | grep -E 'NIC|allowance|drop|err|miss'; done`,
      ),
      file: `${folder}/network-counters-${name}.txt`,
      seconds: during,
    },
    {
      what: `names of the interfaces of ${post.place}`,
      evidence: 'interfaces',
      args: inPost(post, 'for d in /sys/class/net/*; do echo "$(cat $d/ifindex) ${d##*/}"; done'),
      file: `${folder}/interfaces-${name}.txt`,
      node: post.node,
      label,
      seconds: PATIENCE_SECONDS,
    },
    {
      what: `resolv.conf of ${post.place}`,
      evidence: 'configurations',
      args: inPost(post, 'cat /etc/resolv.conf'),
      file: `${folder}/resolv-${name}.conf`,
      label,
      seconds: PATIENCE_SECONDS,
    },
  ];
}
