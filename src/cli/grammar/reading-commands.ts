import type { Command } from './command.js';

/** Commands that take evidence in. */
export const READING_COMMANDS = {
  collect: {
    summary: 'gather the evidence from a cluster, with your kubectl',
    about: [
      'Finds the DNS service, its pods and nodes, and gathers at the same time: packets and counters on the nodes, logs and metrics of the servers, their configuration, services, endpoints, nodes, pods and resolv.conf. Without --pod, --workload or --node it takes the servers and as many nodes as it may. Of pods it keeps addresses, owners and resolver settings: never env, args or secrets.',
      'It shows each command and asks once. On each node it makes a pod with the rights to capture, or uses one that is there (--through), and takes away all that it made at the end, however it ends; Ctrl-C ends the gathering with what is there. What may not be done costs that evidence and a sentence; manifest.json in the folder says what was gathered, by which command, what failed, and how far each clock is off.',
      '--dry-run prints all of it as a script for someone who has the rights. docs/collect.md has the rights that each part needs, and what leaves the cluster.',
    ],
    operand: null,
    examples: [
      ['dnslens collect --workload shop/app-a --for 60s --report', 'from nothing to the diagnosis'],
      ['dnslens collect --yes --out evidence/', 'without a question, into a folder'],
      [
        'dnslens collect --pod shop/app-a-x7k2p --in-pod --enable-log',
        "from inside a pod too, with each query in the servers' log",
      ],
      ['dnslens collect --aws --archive', "with the VPC's zones, as one file for a colleague"],
      ['dnslens collect --dry-run > collect.sh', 'a script that does the same'],
    ],
  },
  diagnose: {
    summary: 'read evidence and say what is wrong, in one; the word may be left out before a path',
    about: [
      'Reads files, folders and archives (tar, zip; compressed too) into a database of their own in the cache folder, or the one of --db, and prints the report. The same evidence again is not read again; evidence that has changed is.',
    ],
    operand: { usage: 'EVIDENCE...', least: 1, most: Infinity, completes: 'file' },
    examples: [
      ['dnslens evidence/', 'a folder'],
      ['dnslens evidence.tgz --json', "a colleague's archive, for a program"],
      ['dnslens diagnose capture.pcap coredns.log', 'some files'],
    ],
  },
  ingest: {
    summary: 'read evidence into the database',
    about: [
      'Reads captures, logs, conntrack counters and configuration; what each input is, is told from its bytes. An input that is already there is skipped. An interrupted run is finished by running it again.',
    ],
    operand: { usage: 'PATH...', least: 1, most: Infinity, completes: 'file' },
    examples: [
      ['dnslens ingest capture.pcap coredns-*.log conntrack.log', 'some files'],
      ['dnslens ingest evidence/', 'all files of a folder'],
      ['kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 | dnslens ingest -', 'standard input'],
      ['dnslens ingest node-7.pcap --label node-7', 'say which node it comes from'],
    ],
  },
  watch: {
    summary: 'look at live traffic, or files that grow: rates, and verdicts of the last minutes',
    about: [
      'Takes a tcpdump that it starts (-i), a stream on standard input (-), or captures, logs and counters that are being written, which it follows over rotations as tail -F does. Each second it counts queries, answers, NXDOMAIN, retries and open lookups; every few seconds it judges the last minutes as report does, on a quarter of a core.',
      'On a terminal it is a screen: p pauses it, / narrows it to a client or a name, o tells the story of a lookup, w writes the evidence that is kept into a folder with a database and a page, q ends it. Elsewhere it prints a line for each verdict that changed, with --json an object. docs/watch.md has what it costs.',
    ],
    operand: { usage: '[FILE...|-]', least: 0, most: Infinity, completes: 'file' },
    examples: [
      ['dnslens watch -i any', 'this machine'],
      [
        "kubectl exec POD -- tcpdump -i any -U -w - 'port 53' | dnslens watch -",
        'a pod, or a node by kubectl debug',
      ],
      ['dnslens watch coredns.log conntrack.log node.pcap', 'files that are being written'],
      ['dnslens watch -i any --json | jq -r .summary', 'for a program'],
    ],
  },
} as const satisfies Record<string, Command>;
