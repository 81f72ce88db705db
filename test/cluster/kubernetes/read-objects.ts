import { stringify as toYaml } from 'yaml';
import { kubernetesObjects } from '../../../src/cluster/objects/kubernetes-objects.js';
import { readBytes } from '../../support/memory-sink.js';

/** As kubectl prints it: without anchors and aliases. */
export const stringify = (value: unknown, options = {}): string =>
  toYaml(value, { aliasDuplicateObjects: false, ...options });

export const seconds = (iso: string): bigint => BigInt(Date.parse(iso)) * 1_000_000n;

export const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'app-a-6d4cf56db6-aaaaa',
    namespace: 'shop',
    creationTimestamp: '2025-02-20T10:00:00Z',
    labels: { app: 'app-a', 'pod-template-hash': '6d4cf56db6' },
    ownerReferences: [
      { kind: 'Node', name: 'other' },
      { kind: 'ReplicaSet', name: 'app-a-6d4cf56db6', controller: true },
    ],
  },
  spec: { nodeName: 'ip-192-168-0-1', dnsPolicy: 'ClusterFirst' },
  status: {
    phase: 'Running',
    startTime: '2025-02-20T10:00:01Z',
    podIP: '192.168.3.113',
    podIPs: [{ ip: '192.168.3.113' }, { ip: 'FD00::0:1' }],
    hostIP: '192.168.0.1',
  },
};

export async function read(objects: unknown) {
  const { rows, problems } = await readBytes(
    kubernetesObjects,
    typeof objects === 'string' ? objects : JSON.stringify(objects),
  );
  return {
    objects: rows.cluster_objects ?? [],
    configs: rows.resolver_configs ?? [],
    corefiles: rows.corefiles ?? [],
    problems,
  };
}
