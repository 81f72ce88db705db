import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'flood';

/** One client asks so many names below one domain, each once or again and again. */
function crawling(names: number, distinct: number): Scene {
  const scene = new Scene().healthy(0, 20);
  for (let i = 0; i < names; i++) {
    scene.query(21 + i * 0.02, `n${i % distinct}.list.example.org`, { rcode: 'NXDOMAIN' });
  }
  return scene;
}

describe('flood', () => {
  it('is confirmed by hundreds of names below one domain that are asked once each, and says who asks them', async () => {
    const { verdict, kind, summary, findings } = await crawling(600, 600).cause(CAUSE, 'node');
    expect([verdict, kind]).toEqual(['confirmed', 'cost']);
    expect(summary).toBe('600 of 640 lookups (94 %) are for 600 names below list.example.org, hardly any asked twice');
    expect(findings).toEqual(['10.0.0.1: 600 lookups below list.example.org']);
  });

  it('is only possible where such lookups were slow or failed, which it does not do by itself', async () => {
    const scene = crawling(600, 600).query(40, 'last.list.example.org', { rcode: 'NXDOMAIN', after: 3 });
    expect(await scene.cause(CAUSE, 'node')).toMatchObject({ verdict: 'possible', rule: 'one-domain-hurt' });
  });

  it('is ruled out where a few names are asked as often', async () => {
    expect(await crawling(600, 20).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is ruled out for a handful of queries', async () => {
    expect(await crawling(40, 40).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('has no evidence without a capture', async () => {
    expect(await crawling(40, 40).verdict(CAUSE, 'logs')).toBe('no_evidence');
  });
});
