import { describe, expect, it } from 'vitest';
import { read } from './read-objects.js';

describe('objects of the network', () => {
  it('give the addresses of a service', async () => {
    const service = {
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: 'kube-system' },
      spec: {
        type: 'LoadBalancer',
        clusterIP: '10.100.0.10',
        clusterIPs: ['10.100.0.10', 'fd00::a'],
        externalIPs: ['198.51.100.1'],
        selector: { 'k8s-app': 'kube-dns' },
        ports: [{ name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 }],
      },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }, { hostname: 'x.elb.amazonaws.com' }] } },
    };
    const { objects } = await read(service);
    expect(objects.map(({ address, role }) => [address, role])).toEqual([
      ['10.100.0.10', 'cluster'],
      ['fd00::a', 'cluster'],
      ['198.51.100.1', 'external'],
      ['203.0.113.9', 'load-balancer'],
    ]);
    expect(objects[0]).toMatchObject({
      target: '{"k8s-app":"kube-dns"}',
      ports: '[{"name":"dns","port":53,"protocol":"UDP"}]',
    });
  });

  it('give a headless service without address', async () => {
    const { objects } = await read({
      kind: 'Service',
      metadata: { name: 'db' },
      spec: { clusterIP: 'None' },
    });
    expect(objects).toMatchObject([{ name: 'db', address: null }]);
  });

  it('give the pods behind Endpoints and EndpointSlices, ready or not', async () => {
    const targetRef = { kind: 'Pod', name: 'dns-1' };
    const endpoints = {
      kind: 'Endpoints',
      metadata: { name: 'kube-dns' },
      subsets: [
        {
          addresses: [{ ip: '10.0.0.1', nodeName: 'n1', targetRef }],
          notReadyAddresses: [{ ip: '10.0.0.2' }],
          ports: [{ port: 53 }],
        },
      ],
    };
    const slice = {
      kind: 'EndpointSlice',
      metadata: { name: 'kube-dns-x', labels: { 'kubernetes.io/service-name': 'kube-dns' } },
      addressType: 'IPv4',
      endpoints: [
        { addresses: ['10.0.0.1'], conditions: { ready: true }, targetRef, nodeName: 'n1' },
        { addresses: ['10.0.0.2'], conditions: { ready: false } },
      ],
    };
    const { objects } = await read([endpoints, slice]);
    expect(
      objects.map(({ kind, address, target, phase, owner }) => [kind, address, target, phase, owner]),
    ).toEqual([
      ['Endpoints', '10.0.0.1', 'dns-1', 'ready', null],
      ['Endpoints', '10.0.0.2', null, 'not-ready', null],
      ['EndpointSlice', '10.0.0.1', 'dns-1', 'ready', 'kube-dns'],
      ['EndpointSlice', '10.0.0.2', null, 'not-ready', 'kube-dns'],
    ]);
  });

  it("give a node's addresses", async () => {
    const addresses = [
      { type: 'InternalIP', address: '192.168.0.1' },
      { type: 'ExternalIP', address: '203.0.113.1' },
      { type: 'Hostname', address: 'ip-192-168-0-1' },
    ];
    const { objects } = await read({ kind: 'Node', metadata: { name: 'n1' }, status: { addresses } });
    expect(objects.map(({ address, role, node }) => [address, role, node])).toEqual([
      ['192.168.0.1', 'internal', 'n1'],
      ['203.0.113.1', 'external', 'n1'],
    ]);
  });
});
