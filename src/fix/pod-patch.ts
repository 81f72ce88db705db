import { shellWord } from '../base/shell-word.js';
import type { PodChange } from '../causes/fix-steps.js';
import { groupBy } from '../what-if/lookups.js';
import type { Facts, Filling } from './fill.js';

/** A row of the query fix/workloads. */
export interface HitClient {
  client: string;
  namespace: string | null;
  workload: string | null;
  owner_kind: string | null;
  resolver: string | null;
  options: string[] | null;
  search_list: string[] | null;
  nameservers: string[] | null;
  lookups: number;
  wasted_queries: number;
}

export interface PodPatches {
  commands: string[];
  /** The clients whose resolvers these change. */
  clients: string[];
  /** What could not be written, a sentence each. */
  notes: string[];
}

/** What kubectl patches for an owner of pods; a ReplicaSet is its Deployment's. */
const PATCHED: Readonly<Record<string, string>> = {
  ReplicaSet: 'deployment',
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
};

/** Workloads that are written out; of more the first are, those with most lookups hit. */
const MOST = 12;

/** `kubectl patch` for each workload that was hit. A patch replaces lists whole, so that each has what the pods have already. */
export function podPatches(
  change: PodChange,
  hit: readonly HitClient[],
  filling: Filling,
  numbers: Facts,
): PodPatches {
  const chosen = hit.filter(({ resolver }) => change.resolver === null || resolver === change.resolver);
  const groups = groupBy(chosen, ({ client, namespace, workload }) =>
    JSON.stringify(workload === null ? client : [namespace, workload]),
  );
  groups.sort((a, b) => weight(b) - weight(a));
  const patches: PodPatches = { commands: [], clients: [], notes: [] };
  for (const clients of groups.slice(0, MOST)) {
    const [first] = clients as [HitClient];
    const spec = podSpec(change, clients, filling, numbers);
    const kind = PATCHED[first.owner_kind ?? ''];
    if (spec === null)
      patches.notes.push(
        `${nameOf(first)}: how its resolver is set is not known, or has nothing to take out`,
      );
    else if (first.owner_kind !== null && kind === undefined)
      patches.notes.push(
        `${nameOf(first)} is made by a ${first.owner_kind}, whose pods cannot be patched; put this into its pod template: ${JSON.stringify(spec)}`,
      );
    else {
      const patch = shellWord(JSON.stringify({ spec: { template: { spec } } }));
      const words = [
        `-n ${filling.word('namespace', first.namespace)}`,
        `patch ${kind ?? filling.blank('KIND', 'which kind of workload it is, deployment for one, this evidence does not tell')}`,
        filling.word('workload', first.workload),
      ];
      patches.commands.push(`kubectl ${words.join(' ')} --type merge -p ${patch}`);
      patches.clients.push(...clients.map(({ client }) => client));
    }
  }
  if (groups.length > MOST)
    patches.notes.push(`${groups.length - MOST} more workloads were hit; they need the same`);
  return patches;
}

function weight(clients: readonly HitClient[]): number {
  return clients.reduce((sum, { lookups, wasted_queries }) => sum + 1e6 * lookups + wasted_queries, 0);
}

function nameOf({ client, namespace, workload }: HitClient): string {
  return workload === null ? client : [namespace, workload].filter((part) => part !== null).join('/');
}

/** Suffixes that a number of a cause names: one, or a list. */
export function suffixesOf(number: unknown): string[] {
  return [number ?? []].flat().map(String);
}

/** The part of a pod's spec that is to change; null where it cannot be told. */
function podSpec(
  { options, without }: PodChange,
  clients: readonly HitClient[],
  filling: Filling,
  numbers: Facts,
): object | null {
  const known = clients.find((client) => client.options !== null) ?? clients[0]!;
  const set = Object.entries(options).map(([name, template]) => [name, filling.text(template)] as const);
  const names = set.map(([name]) => name);
  const kept = (known.options ?? []).map((option) => option.split(':', 2) as [string, string?]);
  const dnsConfig = {
    options: [...kept.filter(([name]) => !names.includes(name)), ...set].map(([name, value]) =>
      value === undefined || value === '' ? { name } : { name, value },
    ),
  };
  if (without === null) return { dnsConfig };
  const gone = suffixesOf(numbers[without]);
  const { search_list: searches, nameservers } = known;
  const left = searches?.filter((suffix) => !gone.includes(suffix)) ?? [];
  if (
    nameservers === null ||
    nameservers.length === 0 ||
    searches === null ||
    left.length === searches.length
  )
    return null;
  return { dnsPolicy: 'None', dnsConfig: { nameservers, searches: left, ...dnsConfig } };
}
