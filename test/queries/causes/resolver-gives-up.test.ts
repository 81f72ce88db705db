import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'resolver-gives-up';

/** Lookups that are refused at once: musl passes that over, asks again after 2.5 s and fails after 5. */
function refused(resolver: 'musl' | 'glibc', count = 4): Scene {
  const scene = new Scene().healthy(0, 40, resolver);
  const fate = { rcode: 'REFUSED' };
  for (let i = 0; i < count; i++) {
    const time = 2 + i * 8;
    const name = `host${i}.refused.test`;
    const port = 50_000 + i;
    for (const [later, type] of [[0, 'A'], [0.00003, 'AAAA']] as const) {
      const id = port - 20_000 + (type === 'AAAA' ? 300 : 0);
      scene.query(time + later, name, fate, { port, id, type });
      if (resolver === 'musl') scene.query(time + later + 2.5, name, fate, { port, id, type });
      else scene.query(time + later + 0.0015, name, fate, { port: port + 1000, id, type });
    }
  }
  return scene;
}

describe('resolver-gives-up', () => {
  it("is confirmed where musl's calls wait on after an error that came at once, and fail", async () => {
    const cause = await refused('musl').cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 4, clients: ['10.0.0.1'] });
  });

  it("is confirmed by a pod's capture alone", async () => {
    expect(await refused('musl').verdict(CAUSE, 'pod')).toBe('confirmed');
  });

  it('is confirmed by one such call of musl', async () => {
    expect(await refused('musl', 1).verdict(CAUSE, 'node')).toBe('confirmed');
  });

  it('is not what glibc makes of an error: it asks again at once and tells its program', async () => {
    const { verdict } = await refused('glibc').cause(CAUSE, 'node');
    expect(verdict).toBe('no_evidence');
  });

  it('is not a lost half for which musl waits as long', async () => {
    const scene = new Scene().healthy(0, 40, 'musl');
    for (let i = 0; i < 4; i++) {
      scene.pair(2 + i * 8, `hit${i}.example.com`, { resolver: 'musl', aaaa: { lost: 'query' } });
    }
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('names the errors that came where no client waited on', async () => {
    const scene = new Scene().healthy(0, 40);
    for (let i = 0; i < 6; i++) {
      scene.query(2 + i, `host${i}.example.net`, { rcode: i % 2 === 0 ? 'SERVFAIL' : 'NOTIMP' });
    }
    const { summary } = await scene.cause(CAUSE, 'node');
    expect(summary).toMatch(/^6 answers were NOTIMP or SERVFAIL at once; /);
  });

  it('is ruled out where no answer was an error', async () => {
    expect(await new Scene().healthy(0, 10).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is possible by a log alone in which a query comes again by its port and id after an error', async () => {
    const cause = (gap: number) =>
      new Scene()
        .query(1, 'db.corp.test', { rcode: 'REFUSED' }, { port: 4000, id: 7 })
        .query(1 + gap, 'db.corp.test', { rcode: 'REFUSED' }, { port: 4000, id: 7 })
        .cause(CAUSE, 'logs');
    expect(await cause(2.5)).toMatchObject({ verdict: 'possible', summary: expect.stringMatching(/^1 query of 1 client came again .* db\.corp\.test/) });
    // glibc asks again at once
    expect(await cause(0.01)).toMatchObject({ verdict: 'no_evidence' });
  });

  it('has no evidence in a capture of queries alone', async () => {
    expect(await refused('musl').verdict(CAUSE, 'requests')).toBe('no_evidence');
  });
});
