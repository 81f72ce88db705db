import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';
import { CACHE, OTHER, Scene, SERVERS, SERVICE } from '../../support/scene.js';

const CAUSE = 'dead-backend';

/** From second 10 on nothing that the service's address leads to the second server is answered. */
function gone(lost: 'server' | 'query' = 'server'): Scene {
  const scene = new Scene().healthy(0, 10);
  for (let i = 0; i < 24; i++) {
    const server = (i % 2) as 0 | 1;
    const fate = server === 1 ? { server, lost } : { server };
    scene.pair(10 + i * 2, `name${i}.example.com`, { a: fate, aaaa: fate, again: { server: 0 } });
  }
  return scene.pair(70, 'last.example.com', { a: { server: 0 } });
}

/** From second 10 on twelve queries that the service led to the second server are lost, and as many to the first answered. */
function outage(): Scene {
  const scene = new Scene().healthy(0, 10);
  for (let i = 0; i < 24; i++) {
    const server = (i % 2) as 0 | 1;
    scene.query(10 + i, `name${i}.example.com`, server === 1 ? { server, lost: 'server' } : { server });
  }
  return scene;
}

/** From second 10 on a third of what is asked is led to a server that never answered. */
function neverThere(): Scene {
  const scene = new Scene();
  for (let i = 0; i < 10; i++) scene.query(i, `well${i}.example.com`, { server: 0 });
  for (let i = 0; i < 36; i++) {
    scene.query(10 + i, `name${i}.example.com`, i % 3 === 2 ? { server: 1, lost: 'server' } : { server: 0 });
  }
  return scene;
}

/** From second 40 on both answer again. */
function back(scene: Scene): Scene {
  for (let i = 0; i < 20; i++) scene.query(40 + i, 'well.example.com', { server: (i % 2) as 0 | 1 });
  return scene;
}

describe('dead-backend', () => {
  it('is confirmed where one server of two has answered nothing since some moment', async () => {
    const cause = await gone().cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 12 });
    expect(cause['summary']).toMatch(/^10\.1\.0\.3 has answered nothing since 2026-01-01 00:00:09/);
  });

  it('is confirmed where the queries to it are lost before any of its legs', async () => {
    expect(await gone('query').verdict(CAUSE, 'node')).toBe('confirmed');
  });

  it('is confirmed where an endpoint was silent from the first packet on', async () => {
    const scene = new Scene();
    for (let i = 0; i < 24; i++) {
      const fate = { server: 0, ...(i % 2 ? ({ lost: 'query' } as const) : {}) } as const;
      scene.pair(i * 2, `name${i}.example.com`, { a: fate, aaaa: fate, again: { server: 0 } });
    }
    const object = { source_id: 31, namespace: 'kube-system', name: 'kube-dns', host_network: false };
    scene.evidence('cluster', 'cluster_objects', { ...object, kind: 'Service', address: SERVICE });
    const slice = { ...object, name: 'kube-dns-x7k2p', kind: 'EndpointSlice', owner: 'kube-dns' };
    for (const address of SERVERS) scene.evidence('cluster', 'cluster_objects', { ...slice, address });
    const pod = { ...object, name: 'coredns-b', kind: 'Pod', address: SERVERS[1] };
    scene.evidence('cluster', 'cluster_objects', pod);
    expect(await scene.verdict(CAUSE, 'node')).not.toBe('confirmed');
    const cause = await scene.cause(CAUSE, 'node', 'cluster');
    expect(cause).toMatchObject({ verdict: 'confirmed', summary: expect.stringMatching(/^kube-system\/coredns-b \(10\.1\.0\.3\) /) });
  });

  it('says from when to when a server was silent that came back', async () => {
    const cause = await back(outage()).cause(CAUSE, 'node');
    expect(cause['verdict']).toBe('confirmed');
    expect(cause['summary']).toMatch(/^10\.1\.0\.3 answered nothing from 2026-01-01 00:00:09 to 00:00:41; 12 queries were lost, while /);
  });

  it.each([
    ['before the first loss', 5, gone(), false],
    ['while more is lost', 30, gone(), false],
    ['before the first loss of one that never answered', 5, neverThere(), false],
    ['as it answers again', 39.5, back(outage()), true],
  ])('takes the start of a process for the end of the silence where it is: %s', async (_when, at, scene, isSaid) => {
    scene.event(at, 'listening', { message: '.:53' });
    const said = String((await scene.cause(CAUSE, 'node', 'logs'))['findings']);
    expect(said.includes('as this silence ended')).toBe(isSaid);
  });

  it('says where the cluster has no pod of the address, and advises to look for what leads there', async () => {
    const scene = gone();
    const object = { source_id: 31, namespace: 'kube-system', name: 'coredns-a', host_network: false, kind: 'Pod', address: SERVERS[0] };
    scene.evidence('cluster', 'cluster_objects', object);
    const cause = await scene.cause(CAUSE, 'node', 'cluster');
    expect(cause['findings']).toContainEqual("no pod or endpoint in the cluster's objects has the address 10.1.0.3");
    expect(cause['change']).toEqual([expect.stringMatching(/an address that no pod has\.$/)]);
    scene.evidence('cluster', 'cluster_objects', { ...object, name: 'coredns-b', address: SERVERS[1] });
    const known = await scene.cause(CAUSE, 'node', 'cluster');
    expect(String(known['findings'])).not.toContain('no pod');
    expect(String(known['change'])).toContain('Take the pod out of the service');
  });

  it('leaves nothing of what it explains to other causes', async () => {
    const found = Object.entries(await back(outage()).verdicts('node')).filter(([, verdict]) => /confirmed|likely|possible/.test(verdict));
    expect(found).toEqual([[CAUSE, 'confirmed']]);
  });

  it('is not that a server stood still and answered late what waited', async () => {
    const scene = outage();
    for (let i = 0; i < 8; i++) scene.query(20 + i, `waits${i}.example.com`, { server: 1, after: 40 - 20 - i });
    expect(await back(scene).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is confirmed by two queries that the server refused by ICMP, whatever chance may do', async () => {
    const scene = new Scene().healthy(0, 10);
    for (const port of [40_001, 40_002]) {
      scene.query(10.1, 'gone.example.com', { server: 1, lost: 'server' }, { port });
      scene.icmp(`10.1005 ${SERVERS[1]} > 10.0.0.1 3/3 of 10.0.0.1:${port} > ${SERVERS[1]}:53 ${port} A gone.example.com`);
    }
    const cause = await scene.healthy(11, 20).cause(CAUSE, 'node');
    expect(cause['verdict']).toBe('confirmed');
    expect(cause['findings']).toContainEqual(expect.stringMatching(/^10\.1\.0\.3 refused 2 queries by ICMP/));
  });

  it('takes the silence of a NodeLocal cache for its death, surely where its log has it start again', async () => {
    const scene = new Scene();
    const ask = (time: number, fate: object) => {
      scene.query(time, 'a.example', { to: CACHE, ...fate }).query(time + 0.1, 'b.example', { to: CACHE, ...fate }, { client: OTHER });
    };
    for (let i = 0; i < 10; i++) ask(i, {});
    for (let i = 10; i < 14; i++) ask(i, { lost: 'query' });
    for (let i = 20; i < 30; i++) ask(i, {});
    scene.event(19.5, 'listening', { upstream: `${CACHE}:53`, message: `.:53 on ${CACHE}` });
    const cause = await scene.cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'likely', summary: expect.stringMatching(/^the NodeLocal cache 169\.254\.20\.10 answered nothing from .*; 8 queries were lost$/) });
    const away = await scene.cause(CAUSE, 'node', 'logs');
    expect(away['verdict']).toBe('confirmed');
    // nothing of it can be taken out of the service
    expect(away['change']).toEqual([expect.stringMatching(/^Find out why the node's cache ended/), expect.stringMatching(/second nameserver/)]);
  });

  it('is possible by a flow to the service that conntrack led nowhere, and names its client', async () => {
    const flow = { source_id: 41, protocol: 'udp', dst: SERVICE, dst_port: 53, unreplied: true, assured: false };
    const to = (line: number, src: string, reply_src: string) =>
      new Scene().evidence('counters', 'conntrack_flows', { ...flow, line, src, src_port: 4000, reply_src, reply_dst: src, reply_src_port: 53, reply_dst_port: 4000 });
    const led = to(1, OTHER, SERVERS[0]);
    expect(await led.verdict(CAUSE, 'counters')).toBe('no_evidence');
    led.evidence('counters', 'conntrack_flows', { ...flow, line: 2, src: '10.0.0.7', src_port: 4001, reply_src: SERVICE, reply_dst: '10.0.0.7', reply_src_port: 53, reply_dst_port: 4001 });
    expect(await led.cause(CAUSE, 'counters')).toMatchObject({ verdict: 'possible', summary: expect.stringMatching(/^1 flow to 10\.96\.0\.10 \(10\.0\.0\.7\) stands/) });
  });

  it('is possible where the capture does not show which server a query was sent to', async () => {
    expect(await gone().verdict(CAUSE, 'pod')).toBe('possible');
  });

  it('is possible where sockets lose all that they ask and nothing names the servers', async () => {
    const scene = new Scene();
    for (let i = 0; i < 24; i++) {
      const fate = { server: 0, ...(i % 2 ? ({ lost: 'query' } as const) : {}) } as const;
      scene.pair(i * 2, `name${i}.example.com`, { a: fate, aaaa: fate, again: fate });
    }
    const cause = await scene.cause(CAUSE, 'node');
    expect(cause['verdict']).toBe('possible');
    // the twelfth was asked too near the end
    expect(cause['summary']).toMatch(/^11 sockets lost all that they asked/);
  });

  it('is not what losses on the way to all servers are', async () => {
    const scene = new Scene().healthy(0, 60);
    for (let i = 0; i < 8; i++) scene.pair(2 + i * 6, `hit${i}.example.com`, { aaaa: { lost: 'query' } });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is not that a server had few queries to answer lately', async () => {
    const scene = new Scene().healthy(0, 10);
    for (let i = 0; i < 4; i++) scene.pair(10 + i, `name${i}.example.com`, { a: { server: 0 } });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is ruled out where every query was answered', async () => {
    expect(await new Scene().healthy(0, 20).verdict(CAUSE, 'pod')).toBe('ruled_out');
  });

  it('has no evidence in logs alone, nor in a capture of queries alone', async () => {
    expect(await gone().verdict(CAUSE, 'logs')).toBe('no_evidence');
    expect(await gone().verdict(CAUSE, 'requests')).toBe('no_evidence');
  });
});

describe('dead-backend on given rows', () => {
  let given: GivenModels;
  beforeAll(async () => {
    given = await GivenModels.open();
  });
  afterAll(() => given.close());

  const LOST = { transaction_id: 1, server_id: 2, client_id: 1, client_port: 7, query_reached_server: false };
  const numbers = (rows: Record<string, Record<string, unknown>[]>) =>
    given.numbers(CAUSE, {
      'work.losses': [LOST],
      'work.service_members': [3, null].map((backend_id, i) => ({ server_id: 2, backend_id, address: SERVERS[i]! })),
      'work.judged_transactions': [{ transaction_id: 2, server_id: 2, backend_id: 3, answer_first_src_id: 3, state: 'answered', in_log: true }],
      ...rows,
    });

  it('names a server of the service that answers nothing where queries are lost', async () => {
    expect(await numbers({})).toMatchObject({ never_answered: 1, never_answered_names: SERVERS[1] });
    expect(await numbers({ 'work.losses': [] })).toMatchObject({ never_answered: 0 });
    expect(await numbers({ 'work.judged_transactions': [] })).toMatchObject({ never_answered: 0 });
  });

  it('does not rule out one that was never seen to answer', async () => {
    expect(await given.rule(CAUSE, { losses: 2, behind_service: 9, never_answered: 1 })).toBe('one-never-seen');
    expect(await given.rule(CAUSE, { losses: 0, behind_service: 9, never_answered: 1 })).toBe('all-went-on');
    expect(await given.rule(CAUSE, { losses: 2, behind_service: 9 })).toBe('all-went-on');
  });
});
