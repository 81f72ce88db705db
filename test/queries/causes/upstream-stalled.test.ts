import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'upstream-stalled';
const ZONES = ['shop.example', 'bank.example', 'mail.example'];

/** Programs ask one zone after the other, each 0.4 s; `fate` says how long the upstream takes at a time (undefined: no answer). */
function asked(seconds: number, fate: (time: number, zone: number) => number | undefined): Scene {
  const scene = new Scene().healthy(0, 3);
  for (let i = 0; i < seconds / 0.4; i++) {
    const time = 4 + i * 0.4;
    const name = `www${i}.${ZONES[i % 3]}`;
    const after = fate(time, i % 3);
    scene.forward(time + 0.001, name, after === undefined ? {} : { after });
    if (after === undefined) scene.forward(time + 2.001, name, { after: 0.01 });
    scene.query(time, name, { after: (after ?? 2.01) + 0.002, server: 0 });
  }
  return scene;
}

const within = (time: number) => time >= 12 && time < 16;

describe('upstream-stalled', () => {
  it('is confirmed where an upstream answers nothing in time for a while, for all zones alike', async () => {
    // what it got meanwhile it answers at the end
    const scene = asked(20, (time) => (within(time) ? 16.5 - time : 0.01));
    const rows = await scene.ask('select * from causes', 'node', 'logs');
    const found = Object.fromEntries(rows.map((row) => [row['cause'], row]));
    expect(found[CAUSE]).toMatchObject({ verdict: 'confirmed', rule: 'stood-still' });
    expect(found[CAUSE]!['summary']).toMatch(/10\.0\.0\.253 answered nothing in time for 4\.0 s, .*: 10 queries/);
    expect(found[CAUSE]!['lookups']).toBeGreaterThan(5);
    expect(found['upstream-slow']).toMatchObject({ verdict: 'ruled_out', lookups: 0 });
    expect(found['upstream-silent']).toMatchObject({ verdict: 'ruled_out', lookups: 0 });
  });

  it('is not what one zone is that is slow for a while', async () => {
    const verdicts = await asked(20, (time, zone) => (within(time) && zone === 1 ? 1.5 : 0.01)).verdictsOf([CAUSE, 'upstream-slow'], 'node');
    expect(verdicts).toMatchObject({ [CAUSE]: 'ruled_out' });
    expect(verdicts['upstream-slow']).not.toBe('ruled_out');
  });

  it('is not what losses of one query in three are', async () => {
    // no row of lost ones is longer than chance makes it
    const lost = new Set([1, 4, 5, 9, 10, 11, 15, 20, 21, 26, 27, 28, 29, 30, 35, 38, 41, 44]);
    const scene = asked(20, (time) => (lost.has(Math.round((time - 4) / 0.4)) ? undefined : 0.01));
    expect(await scene.verdictsOf([CAUSE, 'upstream-silent'], 'node')).toEqual({ [CAUSE]: 'ruled_out', 'upstream-silent': 'confirmed' });
  });

  it('is not what an upstream is that is silent to the end', async () => {
    const scene = asked(20, (time) => (time > 12 ? 30 : 0.01));
    expect(await scene.verdict(CAUSE, 'node')).not.toBe('confirmed');
  });

  it("has no evidence where CoreDNS's own queries are not seen", async () => {
    const scene = asked(20, (time) => (within(time) ? 16.5 - time : 0.01));
    expect(await scene.verdict(CAUSE, 'pod')).toBe('no_evidence');
    expect(await scene.verdict(CAUSE, 'logs')).toBe('no_evidence');
  });
});
