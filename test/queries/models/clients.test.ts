import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

const POD = { source_id: 9, kind: 'Pod', namespace: 'shop', name: 'app-1', address: '10.0.0.1', role: 'pod', host_network: false };

describe('clients', () => {
  const pair = (seconds: number, client: string, port: number, ids: [number, number], second = port) => [
    `${seconds}0 ${client}:${port} > 10.96.0.10:53 ${ids[0]} A? n${seconds}.example`,
    `${seconds}1 ${client}:${second} > 10.96.0.10:53 ${ids[1]} AAAA? n${seconds}.example`,
    `${seconds}2 10.96.0.10:53 > ${client}:${port} ${ids[0]} A n${seconds}.example`,
    `${seconds}3 10.96.0.10:53 > ${client}:${second} ${ids[1]} AAAA n${seconds}.example answers=0`,
  ];
  const three = (one: (seconds: number) => string[]) => [1.1, 2.1, 3.1].flatMap(one);

  it.each([
    ['glibc', (s: number) => pair(s, '10.0.0.1', 4000 + s * 10, [60000 - s * 10, 7])],
    ['musl', (s: number) => pair(s, '10.0.0.1', 4000 + s * 10, [500, 700])],
    ['go', (s: number) => pair(s, '10.0.0.1', 4000 + s * 10, [60000 - s * 10, 7], 5000 + s * 10)],
  ])('look like %s by the sockets and ids of their pairs', async (resolver, one) => {
    const wire = (await Wire.open()).messages(...three(one)).until(60);
    expect(await wire.rows('select resolver from clients')).toEqual([{ resolver }]);
  });

  it('look like no resolver before three pairs are seen', async () => {
    const wire = (await Wire.open()).messages(...pair(1.1, '10.0.0.1', 4000, [500, 700])).until(60);
    expect(await wire.rows('select resolver from clients')).toEqual([{ resolver: null }]);
  });

  it('have the pod and workload of the cluster', async () => {
    const wire = (await Wire.open())
      .insert('cluster_objects', { ...POD, owner_kind: 'ReplicaSet', owner: 'app-6d4cf56db6' })
      .messages(...pair(1.1, '10.0.0.1', 4000, [500, 700]));
    expect(await wire.rows('select client_name, workload_name, namespace, pod, workload from clients')).toEqual([
      { client_name: 'shop/app-1', workload_name: 'shop/app', namespace: 'shop', pod: 'app-1', workload: 'app' },
    ]);
  });

  it('have their address for a name of their workload where nothing is known', async () => {
    const wire = (await Wire.open()).messages(...pair(1.1, '10.0.0.1', 4000, [500, 700]));
    expect(await wire.rows('select client_name, workload_name from clients')).toEqual([{ client_name: null, workload_name: '10.0.0.1' }]);
  });

  it('have the name of their node where no pod is known', async () => {
    const wire = (await Wire.open())
      .insert('cluster_objects', { ...POD, kind: 'Node', namespace: null, name: 'node-1' })
      .messages(...pair(1.1, '10.0.0.1', 4000, [500, 700]));
    expect(await wire.rows('select client_name, workload_name, pod, node from clients')).toEqual([
      { client_name: 'node-1', workload_name: 'node node-1', pod: null, node: 'node-1' },
    ]);
  });
});
