import { describe, expect, it } from 'vitest';
import { CACHE, OTHER, SERVICE, Scene } from '../../support/scene.js';

const CAUSE = 'nodelocal-bypass';

/** APP asks one address, the other client another; each answers for itself unless it is the service's. */
function asking(app: string, other: string): Scene {
  const scene = new Scene();
  for (let i = 0; i < 12; i++) {
    scene.pair(1 + i, `name${i}.example.com`, { a: { to: app }, aaaa: { to: app } });
    scene.pair(1.5 + i, `name${i}.example.com`, { client: OTHER, a: { to: other }, aaaa: { to: other } });
  }
  return scene;
}

const rules = (scene: Scene) => scene.event(0, 'nodelocal-rule', { upstream: `${SERVICE}:53` });

describe('nodelocal-bypass', () => {
  it('is confirmed where one client asks the cache and another the service address', async () => {
    const { verdict, kind, summary, clients } = await asking(CACHE, SERVICE).cause(CAUSE, 'node');
    expect([verdict, kind, clients]).toEqual(['confirmed', 'cost', [OTHER]]);
    expect(summary).toBe(`${OTHER} sent 24 queries to the service address past the cache at ${CACHE}`);
  });

  it('is possible where a cache is configured and all clients seen go past it', async () => {
    expect(await rules(asking(SERVICE, SERVICE)).verdict(CAUSE, 'node', 'logs')).toBe('possible');
  });

  it('is ruled out where all clients ask the cache', async () => {
    expect(await asking(CACHE, CACHE).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is not that the cache owns the service address too and answers there itself', async () => {
    const scene = new Scene();
    for (let i = 0; i < 12; i++) {
      const client = i % 2 ? OTHER : '10.0.0.1';
      const fate = { to: '10.96.0.11' };
      scene.pair(1 + i, `name${i}.example.com`, { client, a: fate, aaaa: fate });
    }
    expect(await rules(scene).verdict(CAUSE, 'node', 'logs')).toBe('ruled_out');
  });

  it('has no evidence where no answer shows who gave it', async () => {
    const scene = rules(asking(SERVICE, SERVICE)).withoutLog(0).withoutLog(1);
    expect(await scene.verdict(CAUSE, 'requests', 'logs')).toBe('no_evidence');
  });

  it('is ruled out where there is no cache', async () => {
    expect(await asking(SERVICE, SERVICE).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('has no evidence in a capture of one pod that asks the cache, nor in logs alone', async () => {
    expect(await asking(CACHE, SERVICE).verdict(CAUSE, 'pod')).toBe('no_evidence');
    expect(await rules(asking(CACHE, SERVICE)).verdict(CAUSE, 'logs')).toBe('no_evidence');
  });
});
