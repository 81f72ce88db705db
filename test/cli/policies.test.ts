import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { dnslens, temporaryFolder } from '../support/cli.js';

const object = (apiVersion: string, kind: string, namespace: string, name: string, more: object) => ({
  apiVersion,
  kind,
  metadata: { name, namespace, ...(more as { metadata?: object }).metadata },
  ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'metadata')),
});
const pod = (namespace: string, name: string, podIP: string, labels: object) =>
  object('v1', 'Pod', namespace, name, {
    metadata: { labels },
    spec: { nodeName: 'n1' },
    status: { phase: 'Running', podIP },
  });

const ports = [
  { name: 'dns', port: 5353, protocol: 'UDP' },
  { name: 'dns-tcp', port: 5353, protocol: 'TCP' },
];
const OBJECTS = [
  pod('orders', 'api-0', '10.7.0.4', { app: 'api' }),
  pod('orders', 'cron-0', '10.7.0.5', { app: 'cron' }),
  pod('dns', 'resolver-0', '10.7.1.2', { app: 'resolver' }),
  object('v1', 'Service', 'dns', 'resolver', {
    spec: {
      clusterIP: '172.30.0.10',
      selector: { app: 'resolver' },
      ports: [{ name: 'dns', port: 53, protocol: 'UDP' }],
    },
  }),
  object('discovery.k8s.io/v1', 'EndpointSlice', 'dns', 'resolver-abc', {
    metadata: { labels: { 'kubernetes.io/service-name': 'resolver' } },
    addressType: 'IPv4',
    ports,
    endpoints: [{ addresses: ['10.7.1.2'], conditions: { ready: true } }],
  }),
];
/** Lets the service's port through, and the servers listen on another. */
const POLICY = object('networking.k8s.io/v1', 'NetworkPolicy', 'orders', 'guard', {
  spec: {
    podSelector: { matchLabels: { app: 'api' } },
    policyTypes: ['Egress'],
    egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }],
  },
});

describe('network policies', () => {
  it('are told of from YAML beside pods in JSON, and dnslens fix writes the one that is missing', () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, 'objects.json'),
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: OBJECTS }),
    );
    writeFileSync(join(cwd, 'policy.yaml'), stringify(POLICY));
    expect(dnslens(['ingest', 'objects.json', 'policy.yaml', '-q'], { cwd })).toMatchObject({
      code: 0,
      stderr: '',
    });
    const report = dnslens(['report', 'diagnosis/causes', '--json'], { cwd });
    const causes = JSON.parse(report.stdout) as Record<string, unknown>[];
    expect(causes.find(({ cause }) => cause === 'policy-blocks-dns')).toMatchObject({
      verdict: 'possible',
      summary:
        'orders/guard leaves 1 pod no way to DNS over UDP (orders/api-0), where the network plugin enforces policies; what becomes of its queries this evidence does not show',
    });
    const { stdout } = dnslens(['fix', 'policy-blocks-dns'], { cwd });
    expect(stdout).toContain(
      "kubectl apply -f - <<'EOF'\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n",
    );
    for (const line of [
      'namespace: orders',
      'app: api',
      'kubernetes.io/metadata.name: dns',
      'app: resolver',
      'port: 5353',
    ])
      expect(stdout).toContain(` ${line}\n`);
  }, 180_000);
});
