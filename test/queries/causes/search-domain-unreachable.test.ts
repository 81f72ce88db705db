import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'search-domain-unreachable';
const CLUSTER = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];

/** Walks over the cluster's suffixes and corp.test, which answers `corp` to the first `bad` of them and NXDOMAIN to the others. */
function walks(count: number, corp: { rcode: string; after: number }, bad = count): Scene {
  const scene = new Scene();
  const missing = { rcode: 'NXDOMAIN' };
  for (let i = 0; i < count; i++) {
    const time = 1 + i * 10;
    const name = `www.site${i}.com`;
    CLUSTER.forEach((suffix, step) => {
      scene.pair(time + step * 0.005, `${name}.${suffix}`, { a: missing, aaaa: missing });
    });
    const fate = i < bad ? corp : { ...missing, after: 0.01 };
    scene.pair(time + 0.015, `${name}.corp.test`, { a: fate, aaaa: fate });
    scene.pair(time + 0.02 + fate.after, name);
  }
  return scene.healthy(count * 10, count * 10 + 10);
}

describe('search-domain-unreachable', () => {
  it('is confirmed where the steps below one suffix fail and all others are answered', async () => {
    const cause = await walks(6, { rcode: 'SERVFAIL', after: 4 }).cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 6 });
    expect(cause['summary']).toMatch(/6 of 6 names asked below corp\.test failed/);
  });

  it("is confirmed by a pod's capture alone", async () => {
    expect(await walks(6, { rcode: 'SERVFAIL', after: 4 }).verdict(CAUSE, 'pod')).toBe('confirmed');
  });

  it('is possible where one suffix fails now and then, and no other', async () => {
    const cause = await walks(15, { rcode: 'SERVFAIL', after: 4 }, 3).cause(CAUSE, 'node');
    expect(cause['verdict']).toBe('possible');
    expect(cause['summary']).toMatch(/^3 of 15 names asked below corp\.test failed/);
  });

  it('is ruled out where every suffix is answered', async () => {
    expect(await walks(6, { rcode: 'NXDOMAIN', after: 0.01 }).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is not that a name outside the search list fails', async () => {
    const scene = walks(6, { rcode: 'NXDOMAIN', after: 0.01 });
    const failing = { rcode: 'SERVFAIL', after: 4 };
    for (let i = 0; i < 5; i++) scene.pair(62 + i * 6, `host${i}.broken.test`, { a: failing, aaaa: failing });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is possible by lines of a log alone, and names the suffix', async () => {
    const cause = await walks(6, { rcode: 'SERVFAIL', after: 4 }).cause(CAUSE, 'logs');
    expect(cause).toMatchObject({ verdict: 'possible', rule: 'logged' });
    expect(cause['summary']).toMatch(/12 of 12 lines of logs for names below the search suffix corp\.test ended in an error/);
  });

  it('is possible by errors that a log names for one suffix alone', async () => {
    const failed = (names: string[]) => {
      const scene = new Scene();
      for (const name of names) scene.failed(null, name, 'read udp 10.1.0.2:4->10.0.0.253:53: i/o timeout', { reason: 'i/o timeout' });
      return scene;
    };
    const names = ['db.shop.svc.cluster.local.lan', 'www.site.com.lan', 'api.site.com.lan'];
    expect(await failed(names).cause(CAUSE, 'logs')).toMatchObject({ verdict: 'possible', summary: expect.stringMatching(/suffix lan$/) });
    expect(await failed([...names, 'www.site.com', 'www.other.com']).verdict(CAUSE, 'logs')).toBe('no_evidence');
  });

  it('is not ruled out by a lookup or two', async () => {
    const scene = new Scene().pair(1, 'www.site.com').pair(2, 'www.site.com');
    expect(await scene.verdict(CAUSE, 'node')).toBe('no_evidence');
  });
});
