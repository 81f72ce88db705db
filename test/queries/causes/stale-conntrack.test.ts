import { describe, expect, it } from 'vitest';
import { OTHER, Scene } from '../../support/scene.js';

const CAUSE = 'stale-conntrack';

/** One client asks all from one port, which the first server answers until second 10 and nobody after it; new ports go to the second. */
function kept({ alive = false, alsoLost = 0 } = {}): Scene {
  const scene = new Scene();
  for (let i = 0; i < 30; i++) {
    scene.query(i, `kept${i}.example.com`, { server: 0, ...(i < 10 ? {} : { lost: 'query' }) }, { client: OTHER, port: 41_001, id: 700 + i });
    scene.query(i + 0.4, `new${i}.example.com`, { server: i < 10 || (alive && i % 2 === 0) ? 0 : 1 });
    if (i >= 10 && i < 10 + alsoLost) scene.query(i + 0.6, `also${i}.example.com`, { server: 1, lost: 'query' });
  }
  return scene.query(45, 'last.example.com', { server: 1 });
}

describe('stale-conntrack', () => {
  it('is confirmed where one port goes on to a server that answers nobody any more', async () => {
    const scene = kept();
    const cause = await scene.cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 20, findings: ['10.1.0.2 answered it before and has answered nobody since'] });
    expect(cause['summary']).toMatch(/^20 queries were lost, all that came from port 41001 of 10\.0\.0\.9 \(since 2026-01-01 00:00:09\), while 19 other flows were answered$/);
    expect(await scene.verdictsOf(['dead-backend', 'lost-queries'], 'node')).toEqual({ 'dead-backend': 'ruled_out', 'lost-queries': 'ruled_out' });
  });

  it('is not where that server goes on to answer others', async () => {
    expect(await kept({ alive: true }).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is not where new ports lose as much', async () => {
    expect(await kept({ alsoLost: 20 }).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('has no evidence in logs alone', async () => {
    expect(await kept().verdict(CAUSE, 'logs')).toBe('no_evidence');
  });
});
