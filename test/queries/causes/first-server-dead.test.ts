import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'first-server-dead';
const DEAD = '10.1.0.77';

/** Six lookups ask a server first that answers none of them, and the service 5 s later. */
function waits(): Scene {
  const scene = new Scene().healthy(0, 10);
  for (let i = 0; i < 6; i++) scene.pair(10 + i * 6, `name${i}.example.com`, { a: { to: DEAD, lost: 'query' }, aaaa: { to: DEAD, lost: 'query' } });
  return scene.healthy(50, 60);
}

describe('first-server-dead', () => {
  it('is confirmed where questions begin with a server that never answers and go on to another', async () => {
    for (const evidence of ['node', 'pod'] as const) {
      const cause = await waits().cause(CAUSE, evidence);
      expect(cause).toMatchObject({
        verdict: 'confirmed',
        lookups: 6,
        summary: '10.1.0.77 answered nothing; 12 questions of 1 client began there, waited 5.0 s and went on to another server',
      });
    }
  });

  it('leaves none of its losses to other causes', async () => {
    const found = Object.entries(await waits().verdicts('pod')).filter(([, verdict]) => /confirmed|likely|possible/.test(verdict));
    expect(found).toEqual([[CAUSE, 'confirmed']]);
  });

  it('is not a server that answered once', async () => {
    expect(await waits().query(45, 'once.example.com', { to: DEAD }).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is ruled out where every query was answered', async () => {
    expect(await new Scene().healthy(0, 20).verdict(CAUSE, 'pod')).toBe('ruled_out');
  });
});
