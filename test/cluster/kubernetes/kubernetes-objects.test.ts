import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify as toYaml } from 'yaml';
import { kubernetesObjects } from '../../../src/cluster/kubernetes/kubernetes-objects.js';
import { readBytes } from '../../support/memory-sink.js';

/** As kubectl prints it: without anchors and aliases. */
const stringify = (value: unknown, options = {}): string =>
  toYaml(value, { aliasDuplicateObjects: false, ...options });

const seconds = (iso: string): bigint => BigInt(Date.parse(iso)) * 1_000_000n;

const pod = {
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

async function read(objects: unknown) {
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

describe('a pod', () => {
  it('has a row for each of its addresses', async () => {
    const { objects, configs, problems } = await read(pod);
    expect(problems).toEqual([]);
    expect(configs).toEqual([]);
    expect(objects.map(({ address }) => address)).toEqual(['192.168.3.113', 'fd00::1']);
    expect(objects[0]).toEqual({
      source_id: 1,
      kind: 'Pod',
      namespace: 'shop',
      name: 'app-a-6d4cf56db6-aaaaa',
      address: '192.168.3.113',
      role: 'pod',
      node: 'ip-192-168-0-1',
      host_network: false,
      owner_kind: 'ReplicaSet',
      owner: 'app-a-6d4cf56db6',
      target: null,
      ports: null,
      labels: '{"app":"app-a","pod-template-hash":"6d4cf56db6"}',
      phase: 'Running',
      since: seconds('2025-02-20T10:00:01Z'),
      until: null,
    });
  });

  it("shares its node's address on the host's network", async () => {
    const host = {
      ...pod,
      spec: { ...pod.spec, hostNetwork: true },
      status: { hostIP: '192.168.0.1', podIP: '192.168.0.1' },
    };
    const { objects } = await read(host);
    expect(objects).toMatchObject([{ address: '192.168.0.1', role: 'host', host_network: true }]);
  });

  it('held its address until its last container ended', async () => {
    const ended = (at: string) => ({ state: { terminated: { finishedAt: at } } });
    const containerStatuses = [ended('2025-02-20T11:00:00Z'), ended('2025-02-20T10:30:00Z')];
    const { objects } = await read({
      ...pod,
      status: { ...pod.status, phase: 'Succeeded', containerStatuses },
    });
    expect(objects[0]!.until).toBe(seconds('2025-02-20T11:00:00Z'));
  });

  it('without address has a row all the same', async () => {
    expect((await read({ ...pod, status: { phase: 'Pending' } })).objects).toMatchObject([
      { address: null, phase: 'Pending' },
    ]);
  });

  it('says what it declares of its resolver', async () => {
    const dnsConfig = {
      nameservers: ['1.2.3.4'],
      searches: ['NS1.svc.example.', 'my.dns'],
      options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
    };
    const { configs } = await read({ ...pod, spec: { dnsPolicy: 'None', dnsConfig } });
    expect(configs).toMatchObject([
      {
        owner: pod.metadata.name,
        namespace: 'shop',
        origin: 'dnsConfig',
        nameservers: '["1.2.3.4"]',
        search: '["ns1.svc.example","my.dns"]',
        ndots: 2,
        options: '["ndots:2","edns0"]',
        policy: 'None',
      },
    ]);
  });
});

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

describe('other objects', () => {
  it('let owners be followed', async () => {
    const set = {
      kind: 'ReplicaSet',
      metadata: { name: 'a-6d4', ownerReferences: [{ kind: 'Deployment', name: 'a', controller: true }] },
    };
    const { objects, problems } = await read({
      kind: 'List',
      items: [set, { kind: 'Secret', metadata: { name: 's' } }],
    });
    expect(objects).toMatchObject([
      { kind: 'ReplicaSet', name: 'a-6d4', owner_kind: 'Deployment', owner: 'a', address: null },
    ]);
    expect(problems).toEqual([]);
  });

  it('give the Corefile of a ConfigMap', async () => {
    const data = { Corefile: '.:53 {\n  errors\n}\n', 'log.override': 'log\n', other: 'x' };
    const { corefiles } = await read({
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      data,
    });
    expect(corefiles).toMatchObject([
      { origin: 'kube-system/coredns', plugin: 'errors' },
      { origin: 'kube-system/coredns:log.override', plugin: 'log' },
    ]);
  });

  it('of a typed list need not repeat their kind', async () => {
    const { kind: _, ...item } = pod;
    expect((await read({ kind: 'PodList', apiVersion: 'v1', items: [item] })).objects).toMatchObject([
      { kind: 'Pod' },
      { kind: 'Pod' },
    ]);
  });
});

describe('YAML', () => {
  it('is read like JSON: single objects, several documents, a List', async () => {
    const other = { ...pod, metadata: { name: 'b', namespace: 'shop' } };
    const wanted = await read([pod, other]);
    for (const text of [
      `${stringify(pod)}---\n${stringify(other)}`,
      stringify({ apiVersion: 'v1', items: [pod, other], kind: 'List', metadata: { resourceVersion: '' } }),
      stringify({ apiVersion: 'v1', kind: 'List', items: [pod, other] }, { indentSeq: false }),
    ]) {
      expect(kubernetesObjects.sniff(Buffer.from(text), 'x')).toBeGreaterThan(0.8);
      const found = await read(text);
      expect(found.problems).toEqual([]);
      expect(found.objects).toEqual(wanted.objects);
    }
  });

  it('of a template keeps the Corefile in it', async () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\n  labels: {{ labels }}\ndata:\n  Corefile: |\n    . {\n        errors\n    }\n';
    expect((await read(text)).corefiles).toMatchObject([{ origin: 'coredns', plugin: 'errors' }]);
  });

  it.each([
    [
      'aliases that multiply',
      `a: &a [x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((key, i) => `${key}: &${key} [${Array(8).fill(`*${'abcdefghij'[i]}`).join(',')}]`).join('\n')}\n`,
    ],
    ['100,000 levels', `a: ${'['.repeat(100_000)}\n`],
    ['100,000 levels of dashes', `${'- '.repeat(100_000)}x\n`],
    ['30,000 keys', `${Array.from({ length: 30_000 }, (_, i) => `key${i}: 1`).join('\n')}\n`],
  ])('with %s loses that document only', async (_, hostile) => {
    const head = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';
    const { objects, problems } = await read(`${head}---\n${hostile}---\n${head}`);
    expect(objects.map(({ name }) => name)).toEqual(['a', 'a']);
    expect(problems).toMatchObject([{ code: 'yaml-object' }]);
  });
});

describe('wrong types', () => {
  it('are passed over, whatever they are', async () => {
    const kinds = [
      'Pod',
      'Service',
      'Node',
      'Endpoints',
      'EndpointSlice',
      'Ingress',
      'ConfigMap',
      'Deployment',
      'CronJob',
    ];
    const junk = fc.jsonValue({ maxDepth: 3 });
    const keys = fc.constantFrom(
      'podIPs',
      'podIP',
      'hostIP',
      'addresses',
      'ingress',
      'clusterIPs',
      'ports',
      'selector',
      'dnsConfig',
      'options',
      'template',
      'endpoints',
      'phase',
    );
    const part = fc.dictionary(keys, fc.oneof(junk, fc.dictionary(keys, junk)));
    const object = fc.record({
      kind: fc.constantFrom(...kinds),
      metadata: fc.record({
        name: fc.constant('x'),
        namespace: junk,
        labels: junk,
        ownerReferences: junk,
        creationTimestamp: junk,
      }),
      spec: fc.oneof(junk, part),
      status: fc.oneof(junk, part),
      subsets: junk,
      endpoints: junk,
      data: junk,
    });
    await fc.assert(
      fc.asyncProperty(object, async (one) => {
        const { objects } = await read({ items: [one, pod] });
        expect(objects.filter(({ name }) => name === pod.metadata.name)).toHaveLength(2);
      }),
    );
  });
});

describe('telling Kubernetes objects', () => {
  it.each([
    ['{"Name":"a.example.","Type":"A","TTL":60,"ResourceRecords":[{"Value":"1.2.3.4"}]}', 0],
    ['{"log":"[INFO] 10.0.0.1:53 ...","stream":"stdout","time":"2025-02-20T10:00:00Z"}\n', 0],
    ['[INFO] plugin/reload\n', 0],
    ['nameserver 10.0.0.1\n', 0],
  ])('gives nothing to %s', (text, score) =>
    expect(kubernetesObjects.sniff(Buffer.from(text), 'x')).toBe(score),
  );

  it('knows a first object that is larger than what it may look at', () => {
    const large = JSON.stringify({
      apiVersion: 'v1',
      items: [{ kind: 'ConfigMap', data: { a: 'x'.repeat(100_000) } }],
    });
    expect(kubernetesObjects.sniff(Buffer.from(large).subarray(0, 65536), 'x')).toBeGreaterThan(0.8);
  });
});

describe('a transcript with YAML in it', () => {
  it('is read from prompt to prompt', async () => {
    const text = `$ kubectl get pod a -o yaml\n${stringify(pod)}[root@node ~]# kubectl get pod b -o yaml\n${stringify(pod)}`;
    const { objects, problems } = await read(text);
    expect(objects).toHaveLength(4);
    expect(problems).toEqual([]);
    expect(kubernetesObjects.sniff(Buffer.from(text), 'x')).toBeGreaterThan(0.6);
  });
});

describe('what multiplies', () => {
  it('many addresses by large labels is bounded', async () => {
    const podIPs = Array.from({ length: 20_000 }, (_, i) => ({ ip: `10.0.${i >> 8}.${i & 255}` }));
    const labels = { a: 'x'.repeat(50_000) };
    const { objects, problems } = await read({ ...pod, metadata: { name: 'a', labels }, status: { podIPs } });
    expect(objects.length).toBeLessThan(100);
    expect(problems).toMatchObject([{ code: 'object-too-large' }]);
  });
});
