import { describe, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';
import { OTHER, Scene, SERVERS, SERVICE } from '../../support/scene.js';

const CAUSE = 'no-ready-server';

/** The first server answers until second 10; six seconds later one that is there then. Both clients ask in between. */
function empty(then: 0 | 1, lost: 'query' | 'server'): Scene {
  const scene = new Scene();
  for (let i = 0; i < 20; i++) scene.query(i / 2, `well${i}.example.com`, { server: 0 });
  for (let i = 0; i < 6; i++) scene.query(10 + i, `name${i}.example.com`, { server: 0, lost }).query(10.5 + i, `name${i}.example.com`, { server: 0, lost }, { client: OTHER });
  for (let i = 0; i < 20; i++) scene.query(16 + i / 2, `well${i}.example.com`, { server: then });
  return scene;
}

/** An endpoint of the DNS service as kubectl's objects have it. */
function endpoint(address: string | null, phase: string | null): Scene {
  const object = { source_id: 31, namespace: 'kube-system', name: 'kube-dns', host_network: false };
  return new Scene()
    .healthy(0, 20)
    .evidence('cluster', 'cluster_objects', { ...object, kind: 'Endpoints', address, phase, target: address && 'coredns-x' });
}

describe('no-ready-server', () => {
  it('is confirmed where queries met no server and those that answer afterwards are others', async () => {
    const scene = empty(1, 'query');
    const cause = await scene.cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 12 });
    expect(cause['summary']).toBe('10.96.0.10 had no server from 2026-01-01 00:00:09 to 00:00:16; 12 queries were lost');
    expect(await scene.verdictsOf(['dead-backend', 'lost-queries', 'coredns-overloaded'], 'node')).toEqual({ 'dead-backend': 'ruled_out', 'lost-queries': 'ruled_out', 'coredns-overloaded': 'ruled_out' });
  });

  it('is likely where the queries reached the servers that went', async () => {
    expect(await empty(1, 'server').verdict(CAUSE, 'node')).toBe('likely');
  });

  it('is not that the same server answers again', async () => {
    for (const lost of ['query', 'server'] as const) expect(await empty(0, lost).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is likely where the node refuses what it has no server for', async () => {
    const scene = empty(0, 'query');
    scene.query(12.2, 'refused.example.com', { lost: 'query' }, { port: 41_000 });
    scene.icmp(`12.2001 10.0.0.254 > 10.0.0.1 3/3 of 10.0.0.1:41000 > ${SERVICE}:53 41000 A refused.example.com`);
    expect(await scene.verdict(CAUSE, 'node')).toEqual(expect.stringMatching(/confirmed|likely/));
  });

  it('is confirmed by endpoints of which none is ready', async () => {
    expect(await endpoint(SERVERS[0], 'not-ready').cause(CAUSE, 'cluster')).toMatchObject({
      verdict: 'confirmed',
      summary: "kube-system/kube-dns has no ready server in kubectl's objects: coredns-x (10.1.0.2) is not ready",
    });
    expect(await endpoint(null, null).verdict(CAUSE, 'cluster')).toBe('confirmed');
    expect(await endpoint(null, 'not-ready').cause(CAUSE, 'cluster')).toMatchObject({
      verdict: 'confirmed',
      summary: "kube-system/kube-dns has no ready server in kubectl's objects: none of its endpoints is ready",
    });
    expect(await endpoint(SERVERS[0], null).verdict(CAUSE, 'cluster')).toBe('no_evidence');
    expect(await endpoint(SERVERS[0], 'ready').verdict(CAUSE, 'cluster')).toBe('no_evidence');
  });

  it('is ruled out where every query was answered', async () => {
    expect(await new Scene().healthy(0, 20).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('has no evidence in a capture that does not show what stands behind the service', async () => {
    expect(await empty(1, 'query').verdict(CAUSE, 'pod')).toBe('no_evidence');
  });

  it('says from when, until when or on which side the service had no server', async () => {
    const given = await GivenModels.open();
    const told = async (from_ns: number | null, until_ns: number | null) => {
      const { story } = await given.numbers(CAUSE, {
        'work.empty_services': [{ server_id: 1, from_ns, until_ns, lost: 2, refused_before: 0, led_nowhere: 2, replaced: true }],
        'work.address_ids': [{ raw_id: 1, address_id: 1, address: SERVICE }],
        'work.address_names': [],
      });
      return story;
    };
    expect(await told(1e9, 9e9)).toBe('10.96.0.10 had no server from 1970-01-01 00:00:01 to 00:00:09; 2 queries were lost');
    expect(await told(1e9, null)).toBe('10.96.0.10 had no server from 1970-01-01 00:00:01 on; 2 queries were lost');
    expect(await told(null, 9e9)).toBe('10.96.0.10 had no server until 1970-01-01 00:00:09; 2 queries were lost');
    expect(await told(null, null)).toBe('10.96.0.10 had no server; 2 queries were lost');
    given.close();
  });
});
