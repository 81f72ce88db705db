import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ns } from '../../support/either-side.js';
import { GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

type Labels = Record<string, string>;
const labels = (of: Labels) => JSON.stringify(of);
const is = (key: string, ...values: string[]) => ({ key, op: 'In', values });
const DNS = is('k8s-app', 'kube-dns');
const IN_KUBE_SYSTEM = is('kubernetes.io/metadata.name', 'kube-system');
const UDP_53 = [{ protocol: 'UDP', port: 53 }];

/** A server of DNS in kube-system, in words of SQL. */
const SERVER = { port: '53', namespace: "'kube-system'", pod: "'coredns-1'" };

interface Given {
  /** Rules of egress of the policy shop/lock; null is a rule for nothing. */
  egress?: ({ ports?: unknown; peers?: unknown } | null)[];
  selector?: unknown;
  pod?: Labels;
  more?: Record<string, unknown>[];
  server?: Partial<typeof SERVER>;
  caches?: object[];
}

const policy = (row: object) => ({ source_id: 1, kind: 'NetworkPolicy', namespace: 'shop', name: 'lock', direction: 'egress', pod_selector: '[]', ...row });

/** What is left to the pods of the namespace shop, by protocol. */
async function ways({ egress = [null], selector = [], pod = { app: 'web' }, more = [], server = {}, caches = [] }: Given) {
  const at = { ...SERVER, ...server };
  const found = await given.rows('work.policy_ways', {
    'raw.network_policies': [
      ...egress.map((rule, i) => policy({
        rule: rule && i + 1,
        pod_selector: JSON.stringify(selector),
        ports: rule?.ports ? JSON.stringify(rule.ports) : null,
        peers: rule?.peers ? JSON.stringify(rule.peers) : null,
      })),
      ...more.map(policy),
    ] as never,
    'work.pods': `
      select 'shop' as namespace, 'web-1' as name, '${labels(pod)}' as labels, 1 as source_id, ['10.0.0.1'] as addresses
      union all select 'shop', 'db-1', '${labels({ tier: 'data' })}', 2, ['10.0.0.2']
      union all select 'kube-system', 'coredns-1', '${labels({ 'k8s-app': 'kube-dns' })}', 1, ['10.1.0.2']`,
    'work.dns_endpoints': `select '10.1.0.2' as address, ${at.port}::INTEGER as port, ['10.96.0.10'] as services, ${at.namespace} as namespace, ${at.pod} as pod`,
    'work.node_caches': caches as never,
  });
  return Object.fromEntries(
    found.filter(({ namespace, source_id }) => namespace === 'shop' && source_id === 1).map(({ protocol, state }) => [protocol, state]),
  );
}
const udp = async (of: Given) => (await ways(of))['UDP'];

describe('policies that isolate pods', () => {
  it('block where no rule lets anything through', async () => {
    expect(await ways({})).toEqual({ UDP: 'blocked', TCP: 'blocked' });
  });

  it('let all through by a rule without ports and peers', async () => {
    expect(await ways({ egress: [{}] })).toEqual({ UDP: 'open', TCP: 'open' });
  });

  it('say of each protocol by itself what they let through', async () => {
    expect(await ways({ egress: [{ ports: UDP_53 }] })).toEqual({ UDP: 'open', TCP: 'blocked' });
    expect(await ways({ egress: [{ ports: [{ protocol: 'TCP' }] }] })).toEqual({ UDP: 'blocked', TCP: 'open' });
    expect(await udp({ egress: [{ ports: [{ protocol: 'UDP', port: 1, end: 53 }] }] })).toBe('open');
    expect(await udp({ egress: [{ ports: [{ protocol: 'UDP', port: 1, end: 52 }] }] })).toBe('blocked');
  });

  it("see the port of the server's pod, not that of the service", async () => {
    expect(await udp({ egress: [{ ports: UDP_53 }], server: { port: '5353' } })).toBe('blocked');
    expect(await udp({ egress: [{ ports: UDP_53 }], server: { port: 'null' } })).toBe('undecided');
  });

  it('may mean the server by a name of a port', async () => {
    expect(await udp({ egress: [{ ports: [{ protocol: 'UDP', name: 'dns' }] }] })).toBe('undecided');
    expect(await udp({ egress: [{ ports: [{ protocol: 'UDP', port: 5300 }, { protocol: 'UDP', name: 'dns' }] }] })).toBe('undecided');
    expect(await udp({ egress: [{ ports: [{ protocol: 'TCP', name: 'dns' }] }] })).toBe('blocked');
  });

  it('leave those alone that they do not select, and say nothing of those whose labels nobody carries', async () => {
    expect(await udp({ selector: [is('app', 'web', 'api')] })).toBe('blocked');
    expect(await udp({ selector: [is('app', 'db')] })).toBe('open');
    // another input's pods carry it: this one's may have been left out
    expect(await udp({ selector: [is('tier', 'data')] })).toBe('undecided');
    expect(await udp({ selector: [is('k8s-app', 'kube-dns')] })).toBe('open');
    expect(await udp({ selector: [{ key: 'app', op: 'NotIn', values: ['db'] }, { key: 'k8s-app', op: 'DoesNotExist' }, { key: 'app', op: 'Exists' }] })).toBe('blocked');
    expect(await udp({ selector: [{ key: 'app', op: 'NotIn', values: ['web'] }] })).toBe('open');
  });

  it.each([
    ['the pods of DNS in their namespace', [{ pods: [DNS], namespaces: [IN_KUBE_SYSTEM] }], 'open'],
    ['the pods of DNS in all namespaces', [{ pods: [DNS], namespaces: [] }], 'open'],
    ['the pods of DNS in its own namespace', [{ pods: [DNS] }], 'blocked'],
    ['all pods of its own namespace', [{ pods: [] }], 'blocked'],
    ['other pods of all namespaces', [{ pods: [is('k8s-app', 'metrics')], namespaces: [] }], 'blocked'],
    ['another namespace', [{ namespaces: [is('kubernetes.io/metadata.name', 'db')] }], 'blocked'],
    ['namespaces by labels that are not seen', [{ namespaces: [is('team', 'infra')] }], 'undecided'],
    ['pods by labels that are not seen', [{ pods: [is('role', 'dns')], namespaces: [IN_KUBE_SYSTEM] }], 'undecided'],
    ['one that is not DNS and one of whom that is not known', [{ pods: [] }, { namespaces: [is('team', 'infra')] }], 'undecided'],
    ['a peer of no known kind', [{}], 'undecided'],
    ["the server's network", [{ cidr: '10.1.0.0/16', except: ['10.1.9.0/24'] }], 'open'],
    ['a network but the server', [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/24'] }], 'blocked'],
    ['another network', [{ cidr: '192.0.2.0/24', except: [] }], 'blocked'],
    // before or after translation: plugins differ
    ["the service's address", [{ cidr: '10.96.0.10/32', except: [] }], 'undecided'],
    ['everybody of IPv6', [{ cidr: '::/0', except: [] }], 'blocked'],
  ])('that let %s through', async (_, peers, state) => {
    expect(await udp({ egress: [{ peers }] })).toBe(state);
  });

  it('let through what any of them lets, and may where it is not known whom that selects', async () => {
    const allow = { name: 'allow', rule: 1, ports: JSON.stringify(UDP_53) };
    expect(await udp({ more: [allow] })).toBe('open');
    expect(await udp({ more: [{ ...allow, pod_selector: JSON.stringify([is('unseen', 'x')]) }] })).toBe('undecided');
    expect(await udp({ more: [{ ...allow, namespace: 'other' }] })).toBe('blocked');
    expect(await udp({ more: [{ ...allow, direction: 'ingress' }] })).toBe('blocked');
  });

  it("block around the servers as well, and do not know a source's address there", async () => {
    const around = { namespace: 'kube-system', name: 'dns', direction: 'ingress', pod_selector: JSON.stringify([DNS]) };
    expect(await udp({ egress: [], more: [{ ...around, rule: null }] })).toBe('blocked');
    expect(await udp({ egress: [], more: [{ ...around, rule: 1, peers: '[{"namespaces":[]}]' }] })).toBe('open');
    expect(await udp({ egress: [], more: [{ ...around, rule: 1, peers: JSON.stringify([{ namespaces: [is('kubernetes.io/metadata.name', 'db')] }]) }] })).toBe('blocked');
    expect(await udp({ egress: [], more: [{ ...around, rule: 1, peers: '[{"cidr":"192.0.2.0/24"}]' }] })).toBe('undecided');
  });

  it("do not look at a server on its node's network, nor surely at a node's cache", async () => {
    expect(await udp({ server: { pod: 'null', namespace: 'null' } })).toBe('undecided');
    expect(await udp({ caches: [{ server_id: 1, address: '169.254.20.10' }] })).toBe('undecided');
  });
});

describe('where a packet to DNS ends', () => {
  const service = { source_id: 1, kind: 'Service', namespace: 'kube-system', name: 'kube-dns', address: '10.96.0.10', role: 'cluster', host_network: false, ports: '[{"name":"dns","port":53,"protocol":"UDP"}]' };
  const slice = { ...service, kind: 'EndpointSlice', name: 'kube-dns-x', owner_kind: 'Service', owner: 'kube-dns', role: 'endpoint', phase: 'ready', address: '10.1.0.2' };
  const endpoints = async (...more: object[]) => (await given.rows('work.dns_endpoints', { 'raw.cluster_objects': [service, ...more] as never })).map(({ address, port }) => [address, port]);

  it('is the port of UDP that the endpoints name, the one of DNS first', async () => {
    const ports = [{ name: 'admin', port: 10, protocol: 'UDP' }, { name: 'dns', port: 5353, protocol: 'UDP' }, { name: 'dns-tcp', port: 53, protocol: 'TCP' }];
    expect(await endpoints({ ...slice, ports: JSON.stringify(ports) })).toEqual([['10.1.0.2', 5353]]);
    expect(await endpoints({ ...slice, ports: '[{"port":53},{"port":9153}]' })).toEqual([['10.1.0.2', 53]]);
    expect(await endpoints({ ...slice, ports: '[{"port":9153}]' })).toEqual([['10.1.0.2', null]]);
  });

  it('is a ready one where there is any', async () => {
    const away = { ...slice, address: '10.1.0.3', phase: 'not-ready' };
    expect(await endpoints(slice, away)).toHaveLength(1);
    expect(await endpoints(away)).toHaveLength(1);
  });

  it('is none of a service of something else', async () => {
    const other = { ...service, ports: '[{"name":"web","port":80,"protocol":"TCP"}]', name: 'web' };
    expect(await endpoints(other, { ...slice, owner: 'web', ports: other.ports })).toEqual([]);
  });
});

describe('queries of pods that policies cut off', () => {
  /** Queries at these seconds of the pod that is cut off, and of another. */
  async function client(since: number, queries: Record<number, string>, others: readonly string[] = [], more = {}) {
    const query = (id: number, client_id: number, second: number, state: string) => ({
      transaction_id: id, client_id, server_id: 9, protocol: 0, asked_ns: ns(second), timed: true, state, from_forwarder: false, query_reached_server: state === 'answered', ...(client_id === 1 ? more : {}),
    });
    const all = [
      ...Object.entries(queries).map(([second, state], i) => query(i, 1, Number(second), state)),
      ...others.map((state, i) => query(100 + i, 2, 100, state)),
    ];
    const tables = {
      'work.policy_pods': `select 'shop' as namespace, 'web-1' as name, '10.0.0.1' as address, 'blocked' as state, 'blocked' as tcp_state, ${ns(since)} as since_ns, ['shop/lock'] as policies, true as by_egress, false as by_ingress`,
      'work.dns_endpoints': "select '10.1.0.2' as address, 53 as port, ['10.96.0.10'] as services",
      'work.address_ids': [['10.0.0.1', 1], ['10.0.0.2', 2], ['10.96.0.10', 9]].map(([address, id]) => ({ raw_id: id!, address_id: id!, address: address! })),
      'work.judged_transactions': all,
      'work.losses': all.filter(({ state }) => state === 'unanswered').map(({ transaction_id, client_id, asked_ns }) => ({ transaction_id, client_id, asked_ns })),
    };
    return (await given.rows('work.policy_clients', tables as never))[0];
  }

  it('were lost by the policy where none was answered', async () => {
    expect(await client(0, { 10: 'unanswered', 20: 'unanswered' }, ['answered'])).toMatchObject({ hit: true, lost: 2, others_asked: 0 });
    expect(await client(0, { 90: 'unanswered', 110: 'unanswered' }, ['answered'])).toMatchObject({ hit: true, lost: 2, not_reached: 2, others_asked: 1, others_lost: 0 });
  });

  it('were not where one was answered or reached a server', async () => {
    expect(await client(0, { 10: 'unanswered', 20: 'answered' })).toMatchObject({ hit: false, answered: 1 });
    expect(await client(0, { 10: 'unanswered' }, [], { query_reached_server: true })).toMatchObject({ hit: false, reached: 1 });
  });

  it('are looked at from when the policy was made, and answers once the plugin had ten seconds', async () => {
    const around = { 95: 'answered', 105: 'unanswered', 120: 'unanswered' };
    expect(await client(100, around)).toMatchObject({ hit: true, answered_before: 1, lost: 2 });
    expect(await client(100, { ...around, 109.9: 'answered' })).toMatchObject({ hit: true });
    expect(await client(100, { ...around, 110: 'answered' })).toMatchObject({ hit: false });
    expect(await client(130, around)).toMatchObject({ hit: false, lost: 0 });
  });

  it("were lost by something else where a tenth of other pods' queries were too", async () => {
    const queries = { 90: 'unanswered', 110: 'unanswered' };
    const oneOf = (number: number) => ['unanswered', ...Array<string>(number - 1).fill('answered')];
    expect(await client(0, queries, oneOf(10))).toMatchObject({ hit: true });
    expect(await client(0, queries, oneOf(8))).toMatchObject({ hit: false });
  });

  it('are told by no time where a capture has none', async () => {
    expect(await client(100, { 110: 'unanswered' }, [], { timed: false })).toBeUndefined();
    expect(await client(0, { 110: 'unanswered' }, [], { timed: false })).toMatchObject({ hit: true });
  });
});
