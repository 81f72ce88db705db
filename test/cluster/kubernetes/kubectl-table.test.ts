import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kubectlTable } from '../../../src/cluster/kubernetes/kubectl-table.js';
import { readBytes } from '../../support/memory-sink.js';

async function read(text: string) {
  const { rows, problems } = await readBytes(kubectlTable, text);
  return { objects: rows.cluster_objects ?? [], problems };
}

const sniff = (text: string): number => kubectlTable.sniff(Buffer.from(text), 'x');

const PODS = 'NAME   READY   STATUS    RESTARTS   AGE   IP   NODE   NOMINATED NODE   READINESS GATES\n';
const pod = (name: string, ip: string, node: string, status = 'Running', restarts = '0'): string =>
  `${name}   1/1     ${status}   ${restarts}   5d3h   ${ip}   ${node}   <none>           <none>\n`;

describe('a table of pods', () => {
  it('gives their addresses and nodes, also of those that were restarted', async () => {
    const text = PODS + pod('web-7d4b9c6f5d-x2k4z', '10.42.1.9', 'n-a', 'Running', '3 (2d4h ago)');
    expect(sniff(text)).toBe(1);
    expect(await read(text)).toMatchObject({
      objects: [
        { kind: 'Pod', name: 'web-7d4b9c6f5d-x2k4z', address: '10.42.1.9', role: 'pod', node: 'n-a' },
      ],
      problems: [],
    });
  });

  it('tells pods on the network of their node by the address that they share', async () => {
    const { objects } = await read(
      PODS +
        pod('proxy-zz2zz', '172.20.0.4', 'n-a') +
        pod('cni-4kk4k', '172.20.0.4', 'n-a') +
        pod('cache-9bb9b', '10.42.1.5', 'n-a'),
    );
    expect(objects.map(({ role, host_network }) => [role, host_network])).toEqual([
      ['host', true],
      ['host', true],
      ['pod', false],
    ]);
  });

  it("tells them by the table of nodes and by EC2's names, wherever these stand", async () => {
    const nodes =
      '\nNAME   STATUS   ROLES    AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE   KERNEL-VERSION   CONTAINER-RUNTIME\n' +
      'node/n-b   Ready,SchedulingDisabled   <none>   9d   v1.31.2   172.20.0.7   <none>   Some Linux 4.2 (LTS)   6.1.0   containerd://1.7\n';
    const { objects } = await read(
      PODS +
        pod('pod/agent-4kk4k', '172.20.0.7', 'n-b') +
        pod('agent-9bb9b', '172.20.3.8', 'ip-172-20-3-8.ec2.internal') +
        nodes,
    );
    expect(objects).toMatchObject([
      { kind: 'Node', name: 'n-b', address: '172.20.0.7', role: 'internal' },
      { kind: 'Pod', name: 'agent-4kk4k', role: 'host' },
      { kind: 'Pod', name: 'agent-9bb9b', role: 'host' },
    ]);
  });

  it('leaves the address out where its network cannot be told, and where the pod has ended', async () => {
    const { objects } = await read(
      PODS +
        pod('agent-4kk4k', '172.20.0.7', 'n-b') +
        pod('etcd-n-c', '172.20.0.8', 'n-c') +
        pod('job-8x7zk-2wq4c', '10.42.0.3', 'n-c', 'Completed'),
    );
    expect(objects.map(({ name, address }) => [name, address])).toEqual([
      ['job-8x7zk-2wq4c', null],
      ['agent-4kk4k', null],
      ['etcd-n-c', null],
    ]);
  });
});

describe('tables of services and what is behind them', () => {
  it('give addresses, ports and readiness as far as the table shows it', async () => {
    const { objects, problems } = await read(`$ kubectl get svc,ep,endpointslices -A
NAMESPACE     NAME               TYPE        CLUSTER-IP     EXTERNAL-IP   PORT(S)                  AGE
kube-system   service/kube-dns   ClusterIP   10.43.0.10     <none>        53/UDP,53/TCP,9153/TCP   90d
edge          service/lb         LoadBalancer   10.43.7.7   a.elb.example,198.51.100.9   80:31080/TCP   2d

NAMESPACE     NAME                 ENDPOINTS                                   AGE
kube-system   endpoints/kube-dns   10.42.0.5:53,10.42.0.5:9153,[fd00::5]:53 + 3 more...   90d
shop          endpoints/none       <none>                                      3h
shop          endpoints/sick                                                   3h

NAMESPACE     NAME                                               ADDRESSTYPE   PORTS        ENDPOINTS             AGE
kube-system   endpointslice.discovery.k8s.io/kube-dns-x5kzq      IPv4          9153,53,53   10.42.0.5,10.42.2.6   90d
`);
    expect(objects).toMatchObject([
      { kind: 'Service', name: 'kube-dns', address: '10.43.0.10', role: 'cluster', phase: 'ClusterIP' },
      { kind: 'Service', name: 'lb', address: '10.43.7.7', role: 'cluster' },
      { kind: 'Service', name: 'lb', address: '198.51.100.9', role: 'load-balancer' },
      { kind: 'Endpoints', address: '10.42.0.5', phase: 'ready', ports: '[{"port":53},{"port":9153}]' },
      { kind: 'Endpoints', address: 'fd00::5', phase: 'ready' },
      { kind: 'Endpoints', name: 'none', namespace: 'shop', address: null, phase: null },
      { kind: 'Endpoints', name: 'sick', namespace: 'shop', address: null, phase: 'not-ready' },
      { kind: 'EndpointSlice', owner_kind: 'Service', owner: 'kube-dns', address: '10.42.0.5', phase: null },
      { kind: 'EndpointSlice', owner: 'kube-dns', address: '10.42.2.6', phase: null },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['table-cut']);
  });

  it('are kept around a line that is none of theirs', async () => {
    const { objects, problems } = await read(
      'NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE\na ClusterIP 10.43.0.2 <none> 53/UDP 1d\nb Clu\nc ClusterIP None <none> 53/UDP 1d\n',
    );
    expect(objects.map(({ name, address }) => [name, address])).toEqual([
      ['a', '10.43.0.2'],
      ['c', null],
    ]);
    expect(problems).toMatchObject([{ code: 'table-row', position: 'line 3' }]);
  });
});

it('tells of pods without addresses how often DNS servers restarted, and why they do not run', async () => {
  const text = `NAMESPACE     NAME                       READY   STATUS             RESTARTS        AGE
shop          web-6b8f7d9c5-x2x7k        0/1     CrashLoopBackOff   41              2d
kube-system   coredns-7c65d6cfc9-4hpwl   0/1     CrashLoopBackOff   17 (2m4s ago)   2d
kube-system   coredns-7c65d6cfc9-z8ltq   1/1     Running            3               2d
kube-system   coredns-7c65d6cfc9-q6n2b   1/1     Running            0               2d
`;
  expect(sniff(text)).toBe(1);
  const { rows, problems } = await readBytes(kubectlTable, text);
  expect(rows.cluster_objects!.map(({ name, address, phase }) => [name, address, phase])).toEqual([
    ['web-6b8f7d9c5-x2x7k', null, null],
    ['coredns-7c65d6cfc9-4hpwl', null, null],
    ['coredns-7c65d6cfc9-z8ltq', null, 'Running'],
    ['coredns-7c65d6cfc9-q6n2b', null, 'Running'],
  ]);
  expect(rows.log_events).toMatchObject([
    {
      event: 'server-restarted',
      upstream: 'coredns-7c65d6cfc9-4hpwl',
      reason: 'CrashLoopBackOff',
      count: 17,
      time: null,
      line: 3,
    },
    {
      event: 'server-restarted',
      upstream: 'coredns-7c65d6cfc9-z8ltq',
      reason: 'restarted',
      count: 3,
      line: 4,
    },
  ]);
  expect(problems).toEqual([]);
});

it('gives each line of a table as an object or a problem, whatever stands in its cells', async () => {
  const cell = fc.constantFrom('1/1', 'Running', 'Error', '0', '5d', '10.42.0.9', 'fd00::1', '<none>', 'n-a');
  const any = fc.array(fc.oneof(cell, fc.stringMatching(/^[!-~]{1,12}$/)), { minLength: 2, maxLength: 9 });
  const good = fc.tuple(
    fc.constantFrom('10.42.0.9', 'fd00::1', '::x', '<none>'),
    fc.constantFrom('n-a', '<none>'),
  );
  const line = fc.oneof(
    any.map((cells) => (name: string) => `${name} ${cells.join(' ')}\n`),
    good.map(
      ([ip, node]) =>
        (name: string) =>
          pod(name, ip, node),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
      const { objects, problems } = await read(PODS + lines.map((print, i) => print(`p${i}-a`)).join(''));
      const passedOver = problems.filter(({ code }) => code === 'table-row');
      const count = passedOver.reduce((sum, problem) => sum + problem.count, 0);
      expect(new Set(objects.map(({ name }) => name)).size + count).toBe(lines.length);
    }),
    { numRuns: 200 },
  );
});
