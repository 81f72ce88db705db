import { describe, expect, it } from 'vitest';
import { OTHER, Scene, SERVERS } from '../../support/scene.js';

const CAUSE = 'overlay-checksum';

/** Queries to the server on another node are lost on the way; the kernel's log and the objects are evidence of their own. */
function onlyNear(): Scene {
  const scene = new Scene();
  for (let i = 0; i < 12; i++) scene.query(1 + i * 2, `near${i}.example.com`, { server: 0 });
  for (let i = 0; i < 12; i++) {
    const again = { id: 500 + i, port: 31_000 + i };
    scene.query(1.5 + i * 2, `far${i}.example.com`, { server: 1, lost: 'server', logged: false }, again);
    scene.query(6.5 + i * 2, `far${i}.example.com`, { server: 1, lost: 'server', logged: false }, again);
  }
  for (let i = 0; i < 6; i++) scene.query(60 + i, `near${i}.example.com`, { server: 0 });
  const pods = { 'app-a': ['10.0.0.1', 'n1'], 'app-b': [OTHER, 'n1'], 'dns-1': [SERVERS[0], 'n1'], 'dns-2': [SERVERS[1], 'n2'] } as const;
  for (const [name, [address, node]] of Object.entries(pods)) {
    const pod = { source_id: 31, kind: 'Pod', namespace: 'shop', name, address, role: 'pod', node, host_network: false };
    scene.evidence('cluster', 'cluster_objects', pod);
  }
  const said = { upstream: '192.0.2.7:8472', reason: 'UDP: bad checksum', level: null };
  return scene.event(5, 'kernel-bad-checksum', said).event(25, 'kernel-bad-checksum', said);
}

describe('overlay-checksum', () => {
  it("is confirmed by the kernel's line and losses to servers on other nodes only", async () => {
    const cause = await onlyNear().cause(CAUSE, 'node', 'cluster', 'logs');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 12 });
    expect(cause['findings']).toContain('2 packets to 192.0.2.7, port 8472');
  });

  it("is possible without the kernel's log, as other things lie between nodes too", async () => {
    expect(await onlyNear().cause(CAUSE, 'node', 'cluster')).toMatchObject({ verdict: 'possible', rule: 'only-the-same-node' });
  });

  it("is the root of the silence of servers on other nodes", async () => {
    const dead = await onlyNear().cause('dead-backend', 'node', 'cluster', 'logs');
    expect(dead).toMatchObject({ root: CAUSE, lookups: 0 });
  });

  it('is likely by the kernel alone', async () => {
    expect(await onlyNear().verdict(CAUSE, 'logs')).toBe('likely');
  });

  it('has no evidence where it is not known which servers are on other nodes', async () => {
    expect(await onlyNear().verdict(CAUSE, 'node')).toBe('no_evidence');
  });

  it("takes a line on another port for none of an overlay's", async () => {
    const scene = new Scene().healthy(0, 5).event(2, 'kernel-bad-checksum', { upstream: '192.0.2.7:9999' });
    expect(await scene.verdict(CAUSE, 'logs')).toBe('no_evidence');
  });

  it('is ruled out where every query was answered', async () => {
    expect(await new Scene().healthy(0, 20).verdict(CAUSE, 'node')).toBe('ruled_out');
  });
});
