import { describe, expect, it } from 'vitest';
import { seconds, pod, read } from './read-objects.js';

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
