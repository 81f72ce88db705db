import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kubernetesObjects } from '../../../src/cluster/objects/kubernetes-objects.js';
import { readBytes } from '../../support/memory-sink.js';
import { seconds, stringify } from './read-objects.js';

const policy = (spec: unknown, more: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'lock', namespace: 'shop', creationTimestamp: '2026-02-03T04:05:06Z' },
  spec,
  ...more,
});

async function read(...objects: unknown[]) {
  const { rows, problems } = await readBytes(
    kubernetesObjects,
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );
  expect(problems).toEqual([]);
  return rows.network_policies ?? [];
}

describe('a network policy', () => {
  it('gives a row for each rule of a direction', async () => {
    const egress = [
      {
        ports: [
          { protocol: 'UDP', port: 53 },
          { port: 'web' },
          { port: 6000, endPort: 6010, protocol: 'TCP' },
        ],
        to: [
          { namespaceSelector: {}, podSelector: { matchLabels: { app: 'dns' } } },
          { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
        ],
      },
      {},
    ];
    const selector = {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['data'] }],
    };
    const rows = await read(policy({ podSelector: selector, policyTypes: ['Egress'], egress }));
    expect(rows).toMatchObject([
      { kind: 'NetworkPolicy', namespace: 'shop', name: 'lock', direction: 'egress', rule: 1 },
      { direction: 'egress', rule: 2, ports: null, peers: null },
    ]);
    expect(rows[0]!['since']).toBe(seconds('2026-02-03T04:05:06Z'));
    const parts = ['pod_selector', 'ports', 'peers'].map((name) => JSON.parse(rows[0]![name] as string));
    expect(parts).toEqual([
      [
        { key: 'app', op: 'In', values: ['web'] },
        { key: 'tier', op: 'NotIn', values: ['data'] },
      ],
      [
        { protocol: 'UDP', port: 53 },
        { protocol: 'TCP', name: 'web' },
        { protocol: 'TCP', port: 6000, end: 6010 },
      ],
      [
        { pods: [{ key: 'app', op: 'In', values: ['dns'] }], namespaces: [], except: [] },
        { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
      ],
    ]);
  });

  it.each([
    ['without types, for ingress alone', { podSelector: {} }, [['ingress', null]]],
    [
      'without types, for egress too where it has rules for that',
      { podSelector: {}, egress: [{}] },
      [
        ['ingress', null],
        ['egress', 1],
      ],
    ],
    ['for the types that it names', { podSelector: {}, policyTypes: ['Egress'] }, [['egress', null]]],
    [
      'whatever rules it has beside',
      { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}], egress: [{}] },
      [['ingress', 1]],
    ],
  ])('isolates %s', async (_, spec, expected) => {
    const rows = await read(policy(spec));
    expect(rows.map(({ direction, rule }) => [direction, rule])).toEqual(expected);
  });

  it('is one row that says no more where its rules are of another kind', async () => {
    const others = [
      ['CiliumNetworkPolicy', 'cilium.io/v2', 'CiliumNetworkPolicy'],
      ['NetworkPolicy', 'crd.projectcalico.org/v1', 'CalicoNetworkPolicy'],
      ['GlobalNetworkPolicy', 'crd.projectcalico.org/v1', 'GlobalNetworkPolicy'],
      ['AdminNetworkPolicy', 'policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'],
    ];
    const rows = await read(
      ...others.map(([kind, apiVersion]) => policy({ egress: [{}] }, { kind, apiVersion })),
    );
    expect(rows.map(({ kind, direction }) => [kind, direction])).toEqual(
      others.map(([, , kind]) => [kind, null]),
    );
  });

  it('is read the same from YAML', async () => {
    const spec = {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ ports: [{ protocol: 'UDP', port: 53 }] }],
    };
    const { rows } = await readBytes(kubernetesObjects, stringify(policy(spec)));
    expect(rows.network_policies).toEqual(await read(policy(spec)));
  });

  it('with more rules than any real one is kept as one that is not judged', async () => {
    const values = Array.from({ length: 200 }, (_, i) => `${'v'.repeat(60)}${i}`);
    const selector = { matchExpressions: [{ key: 'app', operator: 'In', values }] };
    const spec = {
      podSelector: selector,
      policyTypes: ['Egress'],
      egress: Array.from({ length: 100 }, () => ({})),
    };
    const { rows, problems } = await readBytes(kubernetesObjects, JSON.stringify(policy(spec)));
    expect(rows.network_policies).toMatchObject([{ name: 'lock', direction: null }]);
    expect(problems).toMatchObject([{ code: 'object-too-large' }]);
  });

  it('takes any spec', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (spec) => {
        const { rows } = await readBytes(kubernetesObjects, JSON.stringify(policy(spec)));
        expect(rows.network_policies?.length ?? 0).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
