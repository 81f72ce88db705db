import type { Instant } from '../../base/time/instant.js';
import type { Sink } from '../../raw/sink.js';
import { recordsAt, textAt, textsAt, valueAt } from '../../base/loose-json.js';
import { addOption, emptyConfig, plainName, type ResolverConfig } from '../resolv/parse-resolv-conf.js';
import { writeResolverConfig } from '../resolv/write-config.js';
import type { ItemPlace } from './object-row.js';
import { factsOf, type ObjectAddress, timeAt, writeObject } from './object-row.js';

/** Writes a pod's addresses. A pod on the host's network has its node's, with role `host`. */
export function writePod(sink: Sink, pod: unknown, name: string, position: string): void {
  const facts = factsOf(pod, 'Pod', name);
  facts.node = textAt(pod, 'spec', 'nodeName');
  facts.hostNetwork = valueAt(pod, 'spec', 'hostNetwork') === true;
  facts.phase = textAt(pod, 'status', 'phase');
  facts.since = timeAt(pod, 'status', 'startTime') ?? facts.since;
  facts.until ??= facts.phase === 'Succeeded' || facts.phase === 'Failed' ? lastFinish(pod) : null;
  const role = facts.hostNetwork ? 'host' : 'pod';
  writeObject(
    sink,
    facts,
    podAddresses(pod, facts.hostNetwork).map((address) => ({ address, role })),
    position,
  );
}

function podAddresses(pod: unknown, hostNetwork: boolean): ObjectAddress['address'][] {
  const status = valueAt(pod, 'status');
  const listed = recordsAt(status, 'podIPs').map((entry) => textAt(entry, 'ip'));
  const host = hostNetwork
    ? [textAt(status, 'hostIP'), ...recordsAt(status, 'hostIPs').map((entry) => textAt(entry, 'ip'))]
    : [];
  const all = [textAt(status, 'podIP'), ...listed, ...host];
  return [...new Set(all.filter((address): address is string => address !== null && address !== ''))];
}

/** When the last container of a finished pod ended. */
function lastFinish(pod: unknown): Instant | null {
  const times = recordsAt(pod, 'status', 'containerStatuses')
    .map((container) => timeAt(container, 'state', 'terminated', 'finishedAt'))
    .filter((time) => time !== null);
  return times.reduce<Instant | null>(
    (last, time) => (last && last.seconds >= time.seconds ? last : time),
    null,
  );
}

/**
 * Writes what a pod, or the pod template of a workload, says of its resolver, where it says more than the
 * default (`dnsPolicy: ClusterFirst` alone). Only what is declared: the policy adds to it at run time.
 */
export function writePodDns(sink: Sink, object: unknown, name: string, spec: unknown, at: ItemPlace): void {
  const policy = textAt(spec, 'dnsPolicy');
  const dns = valueAt(spec, 'dnsConfig');
  const declared = typeof dns === 'object' && dns !== null && Object.keys(dns).length > 0;
  if (!declared && (policy === null || policy === 'ClusterFirst')) return;
  const config: ResolverConfig = emptyConfig();
  config.nameservers = textsAt(dns, 'nameservers');
  config.search = textsAt(dns, 'searches').map(plainName);
  for (const option of recordsAt(dns, 'options')) {
    const value = textAt(option, 'value');
    const word = textAt(option, 'name');
    const isNumber =
      word === null || addOption(value === null || value === '' ? word : `${word}:${value}`, config);
    if (!isNumber) {
      const detail = 'A dnsConfig has an option whose value is no number; it has no effect.';
      sink.problem({ code: 'bad-resolver-value', detail, position: at.position });
    }
  }
  const owner = { name, namespace: textAt(object, 'metadata', 'namespace') };
  writeResolverConfig(sink, { origin: 'dnsConfig', line: at.item, owner, config, policy });
}
