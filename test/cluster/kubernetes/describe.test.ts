import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kubectlDescribe } from '../../../src/cluster/kubernetes/describe.js';
import { chooseReader } from '../../../src/ingest/choose-reader.js';
import { KINDS } from '../../../src/ingest/kinds.js';
import { readBytes } from '../../support/memory-sink.js';

const kindOf = (text: string) => chooseReader(KINDS, Buffer.from(text), 'x')?.kind;
const read = async (text: string) => {
  const { rows, problems } = await readBytes(kubectlDescribe, text);
  return { objects: rows['cluster_objects'] ?? [], events: rows['log_events'] ?? [], problems };
};

const POD = `Name:                 coredns-7c65-x2x
Namespace:            kube-system
Node:                 node-7/10.1.0.7
Start Time:           Tue, 03 Mar 2026 10:00:00 +0000
Labels:               k8s-app=kube-dns
                      pod-template-hash=7c65
Annotations:          <none>
Status:               Running
IP:                   10.244.7.3
IPs:
  IP:           10.244.7.3
Controlled By:  ReplicaSet/coredns-7c65
Containers:
  coredns:
    Image:         coredns:1.11.1
    State:          Running
      Started:      Tue, 03 Mar 2026 10:20:05 +0000
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
      Finished:     Tue, 03 Mar 2026 10:20:03 +0000
    Ready:          True
    Restart Count:  4
Conditions:
  Type              Status
  Ready             True
Events:
  Type     Reason     Age                  From     Message
  ----     ------     ----                 ----     -------
  Normal   Pulled     12m                  kubelet  Container image already present on machine
  Warning  Unhealthy  2m (x12 over 10m)    kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503
`;

describe('kubectl describe pod', () => {
  it('gives its address, node, owner and labels', async () => {
    expect(kindOf(POD)).toBe('kubectl-describe');
    expect((await read(POD)).objects).toMatchObject([
      {
        kind: 'Pod',
        namespace: 'kube-system',
        name: 'coredns-7c65-x2x',
        address: '10.244.7.3',
        role: 'pod',
        node: 'node-7',
        owner: 'coredns-7c65',
        phase: 'Running',
        labels: '{"k8s-app":"kube-dns","pod-template-hash":"7c65"}',
      },
    ]);
  });

  it("tells a server's restarts, how it ended last and what Kubernetes warns of", async () => {
    const { events } = await read(POD);
    const at = BigInt(Date.parse('2026-03-03T10:20:03Z')) * 1_000_000n;
    expect(events.map(({ event, time, reason, count }) => [event, time, reason, count])).toEqual([
      ['server-restarted', at, 'OOMKilled', 4],
      ['killed-for-memory', at, 'OOMKilled', 1],
      ['kubernetes-event', null, 'Unhealthy', 12],
    ]);
  });

  it('tells its events also where a paste has lost the blanks between columns', async () => {
    const flat = POD.split('\n')
      .map((line) => line.trim().replaceAll(/ +/g, ' '))
      .join('\n');
    expect((await read(flat)).events).toMatchObject([
      {
        event: 'kubernetes-event',
        reason: 'Unhealthy',
        count: 12,
        message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
      },
    ]);
  });

  it('has nothing to tell of a pod that is no server, nor of one that never restarted', async () => {
    expect((await read(POD.replaceAll('coredns', 'web').replace('kube-dns', 'web'))).events).toEqual([]);
    expect(
      (await read(POD.replaceAll('coredns', 'coredns-autoscaler').replace('kube-dns', 'x'))).events,
    ).toEqual([]);
    const well = POD.replace('Count:  4', 'Count:  0').replace(/ {2}Warning.*\n/, '');
    expect((await read(well)).events).toEqual([]);
  });

  it("knows a pod on its node's network", async () => {
    const { objects } = await read(POD.replaceAll('10.244.7.3', '10.1.0.7'));
    expect(objects).toMatchObject([{ address: '10.1.0.7', role: 'host', host_network: true }]);
  });
});

const SERVICE = (endpoints: string) => `Name:              kube-dns
Namespace:         kube-system
Labels:            k8s-app=kube-dns
Annotations:       prometheus.io/port: 9153
Selector:          k8s-app=kube-dns
Type:              ClusterIP
IP Families:       IPv4
IP:                10.96.0.10
IPs:               10.96.0.10
Port:              dns  53/UDP
TargetPort:        53/UDP
Endpoints:         ${endpoints}
Session Affinity:  None
Events:            <none>
`;

describe('kubectl describe of what stands before servers', () => {
  const endpoints = async (text: string) =>
    (await read(text)).objects
      .filter(({ kind }) => kind !== 'Service')
      .map(({ address, phase }) => [address, phase]);

  it('gives a service, and the endpoints that it shows', async () => {
    const { objects } = await read(SERVICE('10.244.7.3:53,10.244.8.4:53'));
    expect(objects[0]).toMatchObject({
      kind: 'Service',
      address: '10.96.0.10',
      target: '{"k8s-app":"kube-dns"}',
    });
    expect(await endpoints(SERVICE('10.244.7.3:53,10.244.8.4:53'))).toEqual([
      ['10.244.7.3', 'ready'],
      ['10.244.8.4', 'ready'],
    ]);
  });

  it('tells none from none that is ready', async () => {
    expect(await endpoints(SERVICE('<none>'))).toEqual([[null, null]]);
    expect(await endpoints(SERVICE(''))).toEqual([[null, 'not-ready']]);
  });

  it('gives endpoints, ready and not', async () => {
    const text = `Name:         kube-dns
Namespace:    kube-system
Labels:       k8s-app=kube-dns
Annotations:  <none>
Subsets:
  Addresses:          10.244.7.3
  NotReadyAddresses:  10.244.8.4
  Ports:
    Name     Port  Protocol
    ----     ----  --------
    dns      53    UDP
Events:  <none>
`;
    expect(kindOf(text)).toBe('kubectl-describe');
    expect((await read(text)).objects).toMatchObject([
      {
        kind: 'Endpoints',
        address: '10.244.7.3',
        phase: 'ready',
        ports: '[{"name":"dns","port":53,"protocol":"UDP"}]',
      },
      { kind: 'Endpoints', address: '10.244.8.4', phase: 'not-ready' },
    ]);
  });

  it('gives a slice with its service', async () => {
    const text = `Name:         kube-dns-x7x
Namespace:    kube-system
Labels:       kubernetes.io/service-name=kube-dns
AddressType:  IPv4
Ports:
  Name     Port  Protocol
  ----     ----  --------
  dns      53    UDP
Endpoints:
  - Addresses:  10.244.7.3
    Conditions:
      Ready:    false
    Hostname:   <unset>
    TargetRef:  Pod/coredns-7c65-x2x
    NodeName:   node-7
`;
    expect((await read(text)).objects).toMatchObject([
      {
        kind: 'EndpointSlice',
        owner: 'kube-dns',
        address: '10.244.7.3',
        phase: 'not-ready',
        target: 'coredns-7c65-x2x',
        node: 'node-7',
      },
    ]);
  });

  it('gives a node', async () => {
    const text = `Name:               node-7
Roles:              worker
Labels:             kubernetes.io/hostname=node-7
Addresses:
  InternalIP:  10.1.0.7
  Hostname:    node-7
Capacity:
  cpu:  4
`;
    expect((await read(text)).objects).toMatchObject([
      { kind: 'Node', name: 'node-7', address: '10.1.0.7', role: 'internal' },
    ]);
  });

  it('reads several objects, and says which is of no kind that is read', async () => {
    const { objects, problems } = await read(
      `${POD}\n\n${SERVICE('<none>')}\n\nName:  x\nData\n====\na: b\n`,
    );
    expect(new Set(objects.map(({ kind }) => kind))).toEqual(new Set(['Pod', 'Service', 'Endpoints']));
    expect(problems).toMatchObject([{ code: 'described-object' }]);
  });

  it('passes an object over that is longer than any, and reads on', async () => {
    const { objects, problems } = await read(`${POD}${'  x:  1\n'.repeat(20_001)}${SERVICE('<none>')}`);
    expect(objects.map(({ kind }) => kind)).toEqual(['Service', 'Endpoints']);
    expect(problems).toMatchObject([{ code: 'described-object' }]);
  });

  it('leaves a described ConfigMap to the reader of Corefiles', () => {
    const text =
      'Name:         coredns\nNamespace:    kube-system\nLabels:       <none>\n\nData\n====\nCorefile:\n----\n.:53 {\n    errors\n    cache 30\n}\n';
    expect(kindOf(text)).toBe('corefile');
  });
});

it('no text makes it throw', async () => {
  const lines = fc.constantFrom(
    ...POD.split('\n'),
    ...SERVICE('').split('\n'),
    'Subsets:',
    'AddressType: IPv4',
    'Endpoints:',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(lines, fc.string())), async (text) => {
      await readBytes(kubectlDescribe, text.join('\n'));
    }),
    { numRuns: 100 },
  );
});
