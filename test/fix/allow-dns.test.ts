import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allowDns } from '../../src/fix/allow-dns.js';
import { Filling } from '../../src/fix/fill.js';

const lacking = (more: object = {}) =>
  JSON.stringify({
    namespace: 'shop',
    direction: 'egress',
    selector: JSON.stringify([{ key: 'app', op: 'In', values: ['web'] }]),
    dns_namespace: 'openshift-dns',
    dns_selector: JSON.stringify({ 'dns.operator.openshift.io/daemonset-dns': 'default' }),
    ports: [5353],
    ...more,
  });

function written(...texts: string[]) {
  const filling = new Filling({});
  const { commands, notes } = allowDns('missing', { missing: texts }, filling);
  const manifests = commands
    .join('\n')
    .split("kubectl apply -f - <<'EOF'\n")
    .slice(1)
    .map((text) => {
      expect(text.trimEnd()).toMatch(/\nEOF$/);
      return parse(text.trimEnd().replace(/\nEOF$/, '')) as Record<string, Record<string, unknown>>;
    });
  return { manifests, notes, blanks: filling.blanks.map(({ word }) => word) };
}

describe('a policy that lets DNS through', () => {
  it("is for the pods that are isolated, to the servers' pods and their port", () => {
    expect(written(lacking()).manifests).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'allow-dns', namespace: 'shop' },
        spec: {
          podSelector: { matchLabels: { app: 'web' } },
          policyTypes: ['Egress'],
          egress: [
            {
              to: [
                {
                  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } },
                  podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
                },
              ],
              ports: [
                { protocol: 'UDP', port: 5353 },
                { protocol: 'TCP', port: 5353 },
              ],
            },
          ],
        },
      },
    ]);
  });

  it('has a name of its own for each selector of a namespace, and expressions as they were', () => {
    const selector = JSON.stringify([
      { key: 'tier', op: 'NotIn', values: ['data'] },
      { key: 'app', op: 'Exists', values: [] },
    ]);
    const { manifests } = written(lacking({ selector: '[]' }), lacking({ selector }));
    expect(manifests.map(({ metadata, spec }) => [metadata!['name'], spec!['podSelector']])).toEqual([
      ['allow-dns', {}],
      [
        'allow-dns-2',
        {
          matchExpressions: [
            { key: 'tier', operator: 'NotIn', values: ['data'] },
            { key: 'app', operator: 'Exists' },
          ],
        },
      ],
    ]);
  });

  it('lets everybody in to the servers where they are what is isolated', () => {
    const [manifest] = written(lacking({ direction: 'ingress' })).manifests;
    expect(manifest!['metadata']!['name']).toBe('allow-dns-from-all');
    expect(manifest!['spec']).toMatchObject({
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ namespaceSelector: {} }] }],
    });
  });

  it('pastes no name that is no plain one', () => {
    const evil = "x'\nEOF\nrm -rf /";
    expect(written(lacking({ namespace: evil, dns_namespace: evil })).blanks).toEqual([
      'NAMESPACE',
      'DNS_NAMESPACE',
    ]);
    const [noLabels] = written(lacking({ dns_selector: JSON.stringify({ app: evil }) })).manifests;
    expect(JSON.stringify(noLabels)).not.toContain('rm -rf');
    const { manifests, notes } = written(
      lacking({ selector: JSON.stringify([{ key: 'app', op: 'In', values: [evil] }]) }),
    );
    expect(manifests).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/^a policy of shop has a selector that is no plain one/)]);
  });

  it('is written for twelve, and the others are said', () => {
    const { manifests, notes } = written(...Array.from({ length: 13 }, () => lacking()));
    expect(manifests).toHaveLength(12);
    expect(notes).toEqual(['1 more policies lack a rule for DNS; they need the same']);
  });
});
