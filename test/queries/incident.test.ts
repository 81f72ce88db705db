import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables, type GivenRows } from '../support/given.js';
import { APP, client, COREDNS, lookup, lost, transaction } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const SERVICE = '10.100.0.10';
const UPSTREAM = '10.0.0.2';
const servers = [
  { server: SERVICE, role: 'service', name: 'kube-system/kube-dns' },
  { server: COREDNS, role: 'coredns', name: 'kube-system/coredns-1' },
  { server: UPSTREAM, role: 'upstream', name: null },
];
const clients = [
  client(APP, 'web', { node: 'n1' }),
  client('10.0.0.9', 'job', { node: 'n2' }),
  client(COREDNS, 'coredns', { is_forwarder: true }),
];

describe('incident/way', () => {
  /** What went from each place to each, without what is 0. */
  const way = async (...transactions: GivenRows[string]) => {
    const rows = await given.ask('incident/way', { transactions, clients, servers });
    return Object.fromEntries(
      rows.map(({ from_role, from_name, to_role, to_name, ...counts }) => [
        `${String(from_role)} ${String(from_name)} > ${String(to_role)} ${String(to_name)}`,
        Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0 && count !== null)),
      ]),
    );
  };

  it('leads from the node of programs to the service, on to the server behind it, and up', async () => {
    expect(
      await way(
        transaction(1),
        transaction(2, { client: '10.0.0.9' }),
        transaction(3, { client: COREDNS, server: UPSTREAM, backend: null, from_forwarder: true }),
      ),
    ).toEqual({
      'programs n1 > service kube-system/kube-dns': { queries: 1, answered: 1 },
      'programs n2 > service kube-system/kube-dns': { queries: 1, answered: 1 },
      'service kube-system/kube-dns > coredns kube-system/coredns-1': { queries: 2, answered: 2 },
      'coredns kube-system/coredns-1 > upstream 10.0.0.2': { queries: 1, answered: 1 },
    });
  });

  it('counts a loss once, on the last stretch that it got to', async () => {
    const behind = { backend: COREDNS, query_reached_server: true };
    const found = await way(
      lost(1, { query_reached_server: false, lost_at: 'on n1' }),
      lost(2, { ...behind, response_left_server: true, lost_at: 'on n2' }),
      lost(3, { ...behind, response_left_server: false }),
      lost(4),
      transaction(5, { response_seconds: 2 }),
      lost(6, { state: 'unknown' }),
    );
    expect(found).toEqual({
      'programs n1 > service kube-system/kube-dns': { queries: 6, answered: 1, lost: 1, unseen: 2, lost_at: 'on n1' },
      'service kube-system/kube-dns > coredns kube-system/coredns-1': {
        queries: 3,
        answered: 1,
        replies_lost: 1,
        silent: 1,
        late: 1,
        lost_at: 'on n2',
      },
    });
  });

  it('says where most of the lost ones were lost', async () => {
    const at = (id: number, lost_at: string) => lost(id, { query_reached_server: false, lost_at });
    const found = await way(at(1, 'on n1'), at(2, 'on n2'), at(3, 'on n2'));
    expect(found['programs n1 > service kube-system/kube-dns']).toMatchObject({ lost: 3, lost_at: 'on n2' });
  });

  it('takes an address that nothing is known of for a server of its own', async () => {
    expect(await way(transaction(1, { client: '10.7.7.7', server: '10.8.8.8', backend: null }))).toEqual({
      'programs null > server 10.8.8.8': { queries: 1, answered: 1 },
    });
  });
});

describe('incident/worst', () => {
  const slow = (id: number, seconds: number, cause: string) => lookup(id, `n${id}`, { seconds, cause });
  const lookups = [slow(1, 5, 'a'), slow(2, 6, 'a'), slow(3, 7, 'a'), slow(4, 1, 'b'), lookup(5, 'quick')];
  const ids = async (params = {}) =>
    (await given.ask('incident/worst', { lookups, clients }, params)).map(({ lookup_id }) => lookup_id);

  it('gives the longest of each cause first, and none that was quick', async () => {
    expect(await ids()).toEqual([3, 4, 2, 1]);
    expect(await ids({ top: '2' })).toEqual([3, 4]);
  });
});

describe('incident/clients', () => {
  it('gives all clients of a workload of which one was hit, and no other', async () => {
    const lookups = [lookup(1, 'a', { cause: 'x' }), lookup(2, 'b', { client: '10.0.0.9' })];
    const twin = client('10.0.0.3', 'web', { node: 'n2' });
    const rows = await given.ask('incident/clients', { lookups, clients: [...clients, twin] });
    expect(rows).toEqual([
      { client: APP, workload: 'default/web', slow_or_failed: 1 },
      { client: '10.0.0.3', workload: 'default/web', slow_or_failed: 0 },
    ]);
  });
});
