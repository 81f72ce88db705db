import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'search-amplification';

function walks(count: number, well = 0): Scene {
  const scene = new Scene().healthy(40, 40 + well);
  for (let i = 0; i < count; i++) scene.walk(1 + i * 2, `www.site${i}.com`);
  return scene;
}

describe('search-amplification', () => {
  it('is confirmed where walks waste a noticeable share of the queries', async () => {
    const cause = await walks(12, 10).cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', kind: 'cost', clients: ['10.0.0.1'] });
    expect(cause['summary']).toMatch(/^12 lookups of 1 client walked the search list; 96 of \d+ queries/);
  });

  it('is confirmed by queries alone', async () => {
    expect(await walks(12).verdict(CAUSE, 'requests')).toBe('confirmed');
  });

  it('names no ndots that would break a lookup of musl', async () => {
    const scene = new Scene();
    for (let i = 0; i < 4; i++) scene.walk(1 + i * 2, `www.site${i}.com`, { resolver: 'musl' });
    const answered = { rcode: 'NOERROR' };
    const missing = { rcode: 'NXDOMAIN' };
    for (let i = 0; i < 4; i++) {
      scene.pair(60 + i, 'db.web.default.svc.cluster.local', { resolver: 'musl', a: missing, aaaa: missing });
      scene.pair(60.005 + i, 'db.web.svc.cluster.local', { resolver: 'musl', a: answered, aaaa: answered });
    }
    const { change } = await scene.cause(CAUSE, 'node');
    expect((change as string[])[0]).toMatch(
      /ndots to 2 .* nothing seen here breaks \(ndots 1 would break 4 lookups\)/,
    );
  });

  it("advises nothing that what-if would say spares nothing: autopath for walks that no name ends", async () => {
    const scene = new Scene().healthy(40, 40);
    const suffixes = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];
    const missing = { a: { rcode: 'NXDOMAIN' }, aaaa: { rcode: 'NXDOMAIN' } };
    for (let i = 0; i < 12; i++)
      for (const [step, name] of [...suffixes.map((suffix) => `gone${i}.vendor.example.${suffix}`), `gone${i}.vendor.example`].entries())
        scene.pair(100 + 2 * i + 0.005 * step, name, missing);
    const { verdict, change } = await scene.cause(CAUSE, 'node');
    expect(verdict).toBe('confirmed');
    expect(change).toContainEqual(expect.stringMatching(/trailing dot/));
    expect(change).not.toContainEqual(expect.stringMatching(/autopath/));
    const answered = await walks(12, 10).cause(CAUSE, 'node');
    expect(answered['change']).toContainEqual(expect.stringMatching(/autopath/));
  });

  it('is likely by few walks', async () => {
    expect(await walks(4).verdict(CAUSE, 'node')).toBe('likely');
  });

  it('is possible where walks are rare', async () => {
    expect(await walks(2, 40).verdict(CAUSE, 'node')).toBe('possible');
  });

  it('is likely by lines of a log alone', async () => {
    expect(await walks(12, 10).verdict(CAUSE, 'logs')).toBe('likely');
  });

  it("counts lines of a log below the cluster's own domain, whatever its name", async () => {
    const scene = new Scene().healthy(40, 50);
    for (const suffix of ['default.svc.k8s.corp.example', 'svc.k8s.corp.example', 'k8s.corp.example']) {
      for (let i = 0; i < 12; i++) scene.query(1 + i, `www.site${i}.com.${suffix}`, { rcode: 'NXDOMAIN' });
    }
    const cause = await scene.cause(CAUSE, 'logs');
    expect(cause).toMatchObject({ verdict: 'likely' });
    expect(cause['summary']).toMatch(/^36 of 76 lines/);
  });

  it('is not what NXDOMAIN of absolute names is', async () => {
    const scene = new Scene().healthy(0, 10);
    for (let i = 0; i < 20; i++) {
      const missing = { rcode: 'NXDOMAIN' };
      scene.pair(1 + i, `gone${i}.example.org`, { a: missing, aaaa: missing });
    }
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
    expect(await scene.verdict(CAUSE, 'logs')).toBe('ruled_out');
  });

  it('is not likely by one such line, nor ruled out by a few others', async () => {
    const one = new Scene().query(1, 'db.shop.svc.cluster.local.cluster.local', { rcode: 'NXDOMAIN' }).query(2, 'db.shop.svc.cluster.local');
    expect(await one.verdict(CAUSE, 'logs')).toBe('possible');
    const few = new Scene().query(1, 'www.site.com').query(2, 'www.site.net');
    expect(await few.verdict(CAUSE, 'logs')).toBe('no_evidence');
    expect(await few.verdict(CAUSE, 'node')).toBe('no_evidence');
  });

  it('has no evidence in counters alone', async () => {
    const scene = walks(12).counters([0, {}], [30, {}]);
    expect(await scene.verdict(CAUSE, 'counters')).toBe('no_evidence');
  });
});
