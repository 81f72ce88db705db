import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'search-wildcard';
const SUFFIXES = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local', 'corp.example'];

/** Walks of names that the suffix corp.example answers, or denies as `own` says. */
function walks(names: readonly string[], own: (name: string) => boolean): Scene {
  const scene = new Scene().healthy(0, 5);
  [...names, ...names].forEach((name, i) => {
    const answered = own(name);
    SUFFIXES.forEach((suffix, step) => {
      const fate = { rcode: step === 3 && answered ? 'NOERROR' : 'NXDOMAIN' };
      scene.pair(6 + i + step * 0.005, `${name}.${suffix}`, { a: fate, aaaa: fate });
    });
    if (!answered) scene.pair(6 + i + 0.03, name);
  });
  return scene;
}

const FOREIGN = ['www.google.com', 'api.github.org', 'cdn.shop.net'];

describe('search-wildcard', () => {
  it('is confirmed where a suffix answers names of others and of the cluster, and names the suffix', async () => {
    const cause = await walks([...FOREIGN, 'db.shop.svc.cluster.local'], () => true).cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 0 });
    expect(cause['summary']).toMatch(/^the search suffix corp\.example answers .* all 4 names .*api\.github\.org/);
    expect(cause['clients']).toEqual([expect.stringContaining('10.0.0.1')]);
  });

  it('is likely where it is not seen with what the names were answered', async () => {
    expect(await walks(FOREIGN, () => true).verdict(CAUSE, 'node')).toBe('likely');
  });

  it('is not what a suffix is that has some names of its own', async () => {
    const names = [...FOREIGN, 'api.build', 'wiki.intern', 'ci.build'];
    const scene = walks(names, (name) => /build|intern/.test(name));
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('has no evidence where no walk came past such a suffix', async () => {
    expect(await new Scene().healthy(0, 20).verdict(CAUSE, 'node')).toBe('no_evidence');
  });
});
