import { DEFAULT_SECONDS } from '../../collect/limits.js';
import type { Flag } from './flag.js';

const COMMANDS = ['collect'] as const;

/** The options of `dnslens collect`. */
export const COLLECT_FLAGS = [
  {
    name: 'pod',
    kind: 'list',
    value: 'NAMESPACE/POD',
    help: 'a pod that has the trouble; may be given several times',
    commands: COMMANDS,
  },
  {
    name: 'workload',
    kind: 'list',
    value: 'NAMESPACE/NAME',
    help: 'a deployment, stateful set or the like whose pods have it; may be given several times',
    commands: COMMANDS,
  },
  {
    name: 'for',
    kind: 'text',
    value: 'TIME',
    help: 'how long packets and counters are gathered, such as 60s or 5m',
    default: `${DEFAULT_SECONDS}s`,
    commands: COMMANDS,
  },
  {
    name: 'context',
    kind: 'text',
    value: 'CONTEXT',
    help: "kubectl's context; without it the current one",
    commands: COMMANDS,
  },
  {
    name: 'namespace',
    kind: 'text',
    value: 'NAMESPACE',
    help: "where the pods on nodes are made; default the DNS service's",
    commands: COMMANDS,
  },
  {
    name: 'image',
    kind: 'text',
    value: 'IMAGE',
    help: 'the image of what is made in the cluster, with tcpdump, conntrack and ethtool',
    default: 'docker.io/nicolaka/netshoot:v0.13',
    commands: COMMANDS,
  },
  {
    name: 'image-pull-policy',
    kind: 'text',
    value: 'POLICY',
    choices: ['IfNotPresent', 'Always', 'Never'],
    help: 'when that image is pulled',
    default: 'IfNotPresent',
    commands: COMMANDS,
  },
  {
    name: 'in-pod',
    kind: 'switch',
    help: 'capture inside of the pods too, each in a container that is added to it and stays in its record',
    commands: COMMANDS,
  },
  {
    name: 'through',
    kind: 'text',
    value: 'NAMESPACE/NAME',
    help: "a workload with a pod on each node's network and the tools, such as a daemon set for debugging, to use in the place of pods of its own",
    commands: COMMANDS,
  },
  {
    name: 'enable-log',
    kind: 'switch',
    help: "turn the servers' log plugin on for the time where it is off, and put it back",
    commands: COMMANDS,
  },
  {
    name: 'aws',
    kind: 'switch',
    help: "with your aws CLI: the records of the nodes' VPC's private zones, and whether its resolver logs queries",
    commands: COMMANDS,
  },
  {
    name: 'archive',
    kind: 'switch',
    help: 'one file, DIR.tar.zst, in the place of the folder',
    commands: COMMANDS,
  },
  { name: 'yes', kind: 'switch', help: 'do not ask before anything is made', commands: COMMANDS },
  {
    name: 'dry-run',
    kind: 'switch',
    help: 'print a script that gathers the same, and do nothing but look at the cluster',
    commands: COMMANDS,
  },
  {
    name: 'watch',
    kind: 'switch',
    help: 'show what is gathered while it comes, as dnslens watch does; its key q ends the gathering',
    commands: COMMANDS,
  },
  { name: 'report', kind: 'switch', help: 'report on what was gathered', commands: COMMANDS },
] as const satisfies readonly Flag[];
