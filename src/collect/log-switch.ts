import { parseCorefile, type ServerBlock } from '../cluster/corefile/parser.js';
import { labelled, sinceTime } from './cluster-tasks.js';
import { type ClusterDns, selectorOf } from './dns-service.js';
import type { Undo } from './post.js';

/** A ConfigMap with a Corefile, as the shapes leave it. */
export interface Config {
  metadata: { name: string; namespace?: string };
  data?: Record<string, string>;
}

/** How the servers are made to log each query for a while. */
export interface LogSwitch {
  /** kubectl's arguments that change the servers' configuration, if it still is what was read. */
  on: readonly string[];
  /** Those that put it back, if nobody else has changed it since. */
  off: Undo;
  /** Those that print the servers' log since the change. */
  watch: (since: Date) => string[];
  /** Servers that have to take the change. */
  servers: number;
}

/** What a server's log has once it works by a changed Corefile (plugin/reload). */
export const RELOADED = 'Reloading complete';

/** Whether the servers log queries, and how they can be made to. */
export type LogState =
  { state: 'on' | 'unknown' } | { state: 'off'; change: LogSwitch } | { state: 'fixed'; why: string };

const KEY = 'Corefile';

/** What a server's Corefile says of its log. */
export function logState(dns: ClusterDns, configs: readonly Config[]): LogState {
  const config = configs.find(
    ({ metadata, data }) => data?.[KEY] !== undefined && !metadata.name.startsWith('node-local'),
  );
  if (!config) return { state: 'unknown' };
  const before = config.data![KEY]!;
  const { isOn, reloads, text } = withLog(before);
  if (isOn) return { state: 'on' };
  const { name, namespace = dns.namespace } = config.metadata;
  if (!reloads)
    return {
      state: 'fixed',
      why: `ConfigMap ${name} has no plugin reload, so that only a restart would turn it on`,
    };
  if (name === 'dns-default')
    return {
      state: 'fixed',
      why: `OpenShift's operator writes it: oc patch dns.operator/default --type=merge -p '{"spec":{"logLevel":"Debug"}}'`,
    };
  const pods = labelled(selectorOf(dns) ?? 'k8s-app=kube-dns');
  return {
    state: 'off',
    change: {
      on: exchange(namespace, name, before, text),
      off: {
        left: `the log plugin may be on still, in ConfigMap ${namespace}/${name}`,
        args: exchange(namespace, name, text, before),
      },
      watch: (since) => ['logs', '-n', namespace, ...pods, '--tail=-1', sinceTime(since)],
      servers: dns.servers.length,
    },
  };
}

/** A JSON Patch (RFC 6902) that changes nothing where the text is no longer the one that is expected. */
function exchange(namespace: string, name: string, from: string, to: string): string[] {
  const path = `/data/${KEY}`;
  const patch = [
    { op: 'test', path, value: from },
    { op: 'replace', path, value: to },
  ];
  return ['patch', 'configmap', name, '-n', namespace, '--type=json', '-p', JSON.stringify(patch)];
}

/** A Corefile with the plugin log in each server block that has it neither itself nor by a snippet. */
export function withLog(text: string): { isOn: boolean; reloads: boolean; text: string } {
  const { blocks } = parseCorefile(text);
  const without = blocks.filter((block) => !has(block, 'log'));
  const lines = text.split('\n');
  for (const { keysEnd } of without.toReversed()) lines.splice(keysEnd, 0, '    log');
  return {
    isOn: blocks.length > 0 && without.length === 0,
    reloads: blocks.some((block) => has(block, 'reload')),
    text: lines.join('\n'),
  };
}

function has({ plugins }: ServerBlock, plugin: string): boolean {
  return plugins.some(({ name }) => name === plugin);
}
