import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'coredns-overloaded';

/** Answers for cluster names that come after most of a second, which the log calls quick. */
function throttled(logged = 0.0003): Scene {
  const scene = new Scene().healthy(0, 30);
  for (let i = 0; i < 6; i++) {
    const late = { after: 1.2, logged };
    scene.pair(5 + i * 3, 'tetris.default.svc.cluster.local', { a: late, aaaa: late });
  }
  return scene;
}

describe('coredns-overloaded', () => {
  it('is confirmed where answers are late on the wire and quick in the log', async () => {
    const cause = await throttled().cause(CAUSE, 'node', 'logs');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 6 });
  });

  it('is confirmed by one server that stood still and then took up all that had come', async () => {
    const scene = new Scene();
    for (let i = 0; i < 400; i++) {
      // the other one answers all along
      const still = i >= 100 && i < 140;
      scene.query(i / 5, `well${i % 7}.example.com`, { server: still ? 0 : ((i % 2) as 0 | 1) });
    }
    for (let i = 0; i < 12; i++) {
      scene.query(20.1 + i / 2, `waits${i}.example.com`, { server: 1, after: 7.9 - i / 2, logged: 0.0004 });
    }
    const cause = await scene.cause(CAUSE, 'node', 'logs');
    expect(cause).toMatchObject({ verdict: 'confirmed', rule: 'stood-still', lookups: 12 });
    expect(cause['summary']).toMatch(/^10\.1\.0\.3 stood still from .* and then 12 queries at once/);
  });

  it('is confirmed where the log says that max_concurrent was reached and clients were refused', async () => {
    const scene = new Scene().healthy(0, 30).event(9, 'max-concurrent', { count: 8 });
    for (let i = 0; i < 6; i++) scene.query(5 + i * 3, `name${i}.example.com`, { rcode: 'REFUSED' });
    expect(await scene.verdict(CAUSE, 'node', 'logs')).toBe('confirmed');
  });

  it("is likely by the log's word alone", async () => {
    const scene = new Scene().healthy(0, 5).event(9, 'max-concurrent', { count: 8 });
    expect(await scene.verdict(CAUSE, 'logs')).toBe('likely');
  });

  it("is likely without the log where upstreams' answers are seen and none was waited for", async () => {
    const scene = throttled();
    for (let i = 0; i < 5; i++) scene.forward(1 + i, 'www.example.net', { after: 0.01 });
    expect(await scene.verdict(CAUSE, 'node')).toBe('likely');
  });

  it('is possible by a capture in one pod alone', async () => {
    expect(await throttled().verdict(CAUSE, 'pod')).toBe('possible');
  });

  it('is not what a slow upstream is: late in the log too', async () => {
    const scene = throttled(1.19);
    for (let i = 0; i < 6; i++) {
      scene.forward(5.001 + i * 3, 'tetris.default.svc.cluster.local', { after: 1.18 });
    }
    expect(await scene.verdictsOf([CAUSE, 'upstream-slow'], 'node', 'logs')).toEqual({ [CAUSE]: 'ruled_out', 'upstream-slow': 'confirmed' });
  });

  it('is to blame where the log is late too, though nothing upstream was', async () => {
    const scene = throttled();
    scene.forward(20, 'www.example.net', { after: 0.01 });
    scene.pair(25, 'cache.default.svc.cluster.local', { a: { after: 1.2, logged: 1.19, server: 0 }, aaaa: { after: 1.2, logged: 1.19 } });
    expect(
      await scene.ask("select distinct cause from lookups where name like 'cache.%'", 'node', 'logs'),
    ).toEqual([{ cause: CAUSE }]);
  });

  it('is not what a zone is that is always refused', async () => {
    const scene = new Scene().healthy(0, 30);
    for (let i = 0; i < 6; i++) scene.query(5 + i * 3, `name${i}.refused.test`, { rcode: 'REFUSED' });
    expect(await scene.verdict(CAUSE, 'node', 'logs')).toBe('ruled_out');
  });

  it('is ruled out where answers come quickly', async () => {
    expect(await new Scene().healthy(0, 20).verdict(CAUSE, 'pod')).toBe('ruled_out');
  });

  it('has no evidence in logs that say nothing of it', async () => {
    expect(await throttled().verdict(CAUSE, 'logs')).toBe('no_evidence');
  });
});
