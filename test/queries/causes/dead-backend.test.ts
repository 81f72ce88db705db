import { describe, expect, it } from 'vitest';
import { Scene, SERVERS, SERVICE } from '../../support/scene.js';

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

describe('dead-backend', () => {
  it('is confirmed where one server of two has answered nothing since some moment', async () => {
    const cause = await gone().cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 12 });
    expect(cause['summary']).toMatch(/^10\.1\.0\.3 has answered nothing since 2026-01-01 00:00:09/);
  });

  it('is confirmed where the queries to it are lost before any of its legs', async () => {
    expect(await gone('query').verdicts('node')).toMatchObject({ [CAUSE]: 'confirmed' });
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
    expect(await scene.verdicts('node')).not.toMatchObject({ [CAUSE]: 'confirmed' });
    const cause = await scene.cause(CAUSE, 'node', 'cluster');
    expect(cause).toMatchObject({ verdict: 'confirmed', summary: expect.stringMatching(/^kube-system\/coredns-b \(10\.1\.0\.3\) /) });
  });

  it('is possible where the capture does not show which server a query was sent to', async () => {
    expect(await gone().verdicts('pod')).toMatchObject({ [CAUSE]: 'possible' });
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
    expect(await scene.verdicts('node')).toMatchObject({ [CAUSE]: 'ruled_out' });
  });

  it('is not that a server had few queries to answer lately', async () => {
    const scene = new Scene().healthy(0, 10);
    for (let i = 0; i < 4; i++) scene.pair(10 + i, `name${i}.example.com`, { a: { server: 0 } });
    expect(await scene.verdicts('node')).toMatchObject({ [CAUSE]: 'ruled_out' });
  });

  it('is ruled out where every query was answered', async () => {
    expect(await new Scene().healthy(0, 20).verdicts('pod')).toMatchObject({ [CAUSE]: 'ruled_out' });
  });

  it('has no evidence in logs alone, nor in a capture of queries alone', async () => {
    expect(await gone().verdicts('logs')).toMatchObject({ [CAUSE]: 'no_evidence' });
    expect(await gone().verdicts('requests')).toMatchObject({ [CAUSE]: 'no_evidence' });
  });
});
