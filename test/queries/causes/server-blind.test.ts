import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'server-blind';

const waits = (scene: Scene, lines: number) => {
  for (let i = 0; i < lines; i++) {
    scene.event(i / 2, 'kubernetes-api', { message: '[INFO] plugin/kubernetes: waiting for Kubernetes API before starting server' });
  }
  return scene;
};
const unsynced = (scene: Scene) =>
  scene.event(6, 'kubernetes-api', { message: '[WARNING] plugin/kubernetes: starting server with unsynced Kubernetes API' });
const fails = (scene: Scene, lines: number) => {
  for (let i = 0; i < lines; i++) {
    scene.event(7 + i, 'client-go', {
      upstream: '10.96.0.1:443',
      reason: 'i/o timeout',
      message: 'Failed to watch *v1.Service: dial tcp 10.96.0.1:443: i/o timeout',
    });
  }
  return scene;
};

describe('server-blind', () => {
  it('is confirmed where CoreDNS serves without a view and cannot reach the API, and names the API', async () => {
    const cause = await fails(unsynced(waits(new Scene(), 2)), 1).cause(CAUSE, 'logs');
    expect(cause).toMatchObject({ verdict: 'confirmed', summary: expect.stringMatching(/10\.96\.0\.1:443: i\/o timeout$/) });
  });

  it('is likely where it only says that it began without one, or only that it cannot reach the API', async () => {
    expect(await unsynced(new Scene()).verdict(CAUSE, 'logs')).toBe('likely');
    expect(await fails(new Scene(), 3).verdict(CAUSE, 'logs')).toBe('likely');
  });

  it('is what names of the cluster that fail at once are blamed on then', async () => {
    const scene = fails(unsynced(new Scene().healthy(0, 20)), 3);
    for (let i = 0; i < 4; i++) scene.query(8 + i, `db${i}.shop.svc.cluster.local`, { rcode: 'SERVFAIL' });
    expect(await scene.cause(CAUSE, 'node', 'logs')).toMatchObject({ verdict: 'confirmed', lookups: 4 });
  });

  it('is not what the lines of a healthy start are', async () => {
    const scene = waits(new Scene(), 3);
    expect(await scene.verdict(CAUSE, 'logs')).toBe('no_evidence');
    for (let i = 0; i < 12; i++) scene.query(8 + i, `db${i}.shop.svc.cluster.local`);
    expect(await scene.verdict(CAUSE, 'logs')).toBe('ruled_out');
  });
});
