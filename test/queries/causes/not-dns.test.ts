import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'not-dns';
const SUFFIXES = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

/** Walks whose steps are `apart` seconds from each other, each answered after `after`. */
function walking(apart: number, after = 0.001): Scene {
  const scene = new Scene().healthy(0, 10);
  for (let i = 0; i < 12; i++) scene.walk(11 + i, `www.known${i % 3}.com`);
  for (let i = 0; i < 4; i++) {
    const start = 30 + i * 8;
    const missing = { rcode: 'NXDOMAIN', after };
    SUFFIXES.forEach((suffix, step) => {
      scene.pair(start + step * apart, `api.slow${i}.com.${suffix}`, { a: missing, aaaa: missing });
    });
    scene.pair(start + SUFFIXES.length * apart, `api.slow${i}.com`);
  }
  return scene;
}

describe('not-dns', () => {
  it("is confirmed where answers are on the client's own leg at once and the next name is asked late", async () => {
    const cause = await walking(0.6).cause(CAUSE, 'pod');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 4 });
    expect(cause['summary']).toMatch(/the program went on up to 0\.6 s late$/);
  });

  it('is ruled out where it is the answers that are late', async () => {
    expect(await walking(0.605, 0.6).verdict(CAUSE, 'pod')).toBe('ruled_out');
  });

  it('has no evidence in a capture of queries alone', async () => {
    expect(await walking(0.6).verdict(CAUSE, 'requests')).toBe('no_evidence');
  });
});
