import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';
import { client, lookup } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

describe('fix/cluster', () => {
  it('is one row of what is usual without evidence', async () => {
    expect(await given.ask('fix/cluster', {})).toEqual([
      {
        service: null,
        service_namespace: null,
        domain: null,
        nodelocal: '169.254.20.10',
        dns_deployment: null,
        replicas_wanted: 2,
        replicas_more: null,
        table_max_doubled: null,
      },
    ]);
  });

  it('has the addresses and names of the cluster that was seen', async () => {
    const dns = (name: string) => ({
      kind: 'Pod',
      namespace: 'kube-dns-ns',
      name,
      address: '10.1.0.2',
      owner_kind: 'ReplicaSet',
      owner: 'rke2-coredns-7c9d8f',
      labels: '{"k8s-app":"kube-dns"}',
    });
    const [found] = await given.ask('fix/cluster', {
      clients: [client('10.0.0.1', 'app', { search_list: ['shop.svc.k8s.example', 'svc.k8s.example', 'k8s.example'] })],
      servers: [
        { server: '10.43.0.10', role: 'service', queries: 900 },
        { server: '10.43.0.99', role: 'service', queries: 2 },
        { server: '169.254.30.3', role: 'nodelocal', queries: 5 },
      ],
      cluster_objects: [
        dns('rke2-coredns-7c9d8f-aaaaa'),
        dns('rke2-coredns-7c9d8f-bbbbb'),
        dns('rke2-coredns-7c9d8f-ccccc'),
        { kind: 'Service', namespace: 'kube-system', name: 'rke2-dns', address: '10.43.0.10', role: 'cluster' },
      ],
      conntrack_table: [{ source_id: 1, max_entries: 65536 }],
    });
    expect(found).toEqual({
      service: '10.43.0.10',
      service_namespace: 'kube-system',
      domain: 'k8s.example',
      nodelocal: '169.254.30.3',
      dns_deployment: 'rke2-coredns',
      replicas_wanted: 3,
      replicas_more: 4,
      table_max_doubled: 131072,
    });
  });
});

it('fix/workloads has the clients that lookups are blamed of, or that the cause names, with how their resolver is set', async () => {
  const clients = [
    client('10.0.0.1', 'a', { options: ['ndots:5'] }),
    client('10.0.0.2', 'b'),
    client('10.0.0.3', 'c'),
    client('10.0.0.4', 'd', { is_forwarder: true }),
  ];
  const rows = {
    clients,
    lookups: [lookup(1, 'x.example', { cause: 'lost-replies' }), lookup(2, 'x.example', { client: '10.0.0.3' })],
    causes: [{ cause: 'lost-replies', clients: ['default/b-1 (10.0.0.2)', '10.0.0.4'] }],
    cluster_objects: [{ kind: 'Pod', namespace: 'default', name: 'a-1', owner_kind: 'StatefulSet' }],
  };
  const found = await given.ask('fix/workloads', rows, { cause: 'lost-replies' });
  expect(found.map((row) => [row['client'], row['owner_kind'], row['options'], row['lookups']])).toEqual([
    ['10.0.0.1', 'StatefulSet', ['ndots:5'], 1],
    ['10.0.0.2', null, null, 0],
  ]);
});

it("fix/corefile is the block for all names, not another's or a node cache's", async () => {
  const plugin = (source_id: number, line: number, name: string, zones = '["."]', block = 0) => ({
    source_id,
    line,
    origin: `kube-system/coredns-${source_id}`,
    block,
    zones,
    port: 53,
    plugin: name,
    arguments: '[]',
    options: '[]',
  });
  const corefiles = [
    plugin(1, 2, 'forward'),
    plugin(1, 3, 'bind'),
    plugin(2, 2, 'forward', '["corp.example"]', 0),
    plugin(2, 6, 'errors', '["."]', 1),
    plugin(2, 7, 'forward', '["."]', 1),
  ];
  expect((await given.ask('fix/corefile', { corefiles })).map((row) => row['line'])).toEqual([6, 7]);
});
