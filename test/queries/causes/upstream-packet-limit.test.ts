import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'upstream-packet-limit';

/** A server asks its upstream so many times in second 10; of those past the first 1,024 every fourth is lost. */
function burst(count: number, lossAlways = false): Scene {
  const scene = new Scene().healthy(0, 20);
  for (let i = 0; i < 40; i++) {
    scene.forward(i / 4, `calm${i}.example.net`, lossAlways && i % 4 === 0 ? {} : { after: 0.01 });
  }
  for (let i = 0; i < count; i++) {
    const lost = (lossAlways || i >= 1024) && i % 4 === 0;
    scene.forward(12 + i / count, `burst${i}.example.net`, lost ? {} : { after: 0.01 });
  }
  return scene;
}

describe('upstream-packet-limit', () => {
  it('is confirmed where losses come with more than 1,024 packets a second and hardly without', async () => {
    expect(await burst(1400).verdict(CAUSE, 'node')).toBe('confirmed');
  });

  it('is likely where the limit was passed and losses come without the excess too', async () => {
    expect(await burst(1400, true).verdict(CAUSE, 'node')).toBe('likely');
  });

  it('is possible where the limit was passed and hardly anything was lost', async () => {
    expect(await burst(1040).verdict(CAUSE, 'node')).toBe('possible');
  });

  it('is not what a silent upstream is below the limit', async () => {
    expect(await burst(60, true).verdictsOf([CAUSE, 'upstream-silent'], 'node')).toEqual({ [CAUSE]: 'ruled_out', 'upstream-silent': 'likely' });
  });

  it("has no evidence where CoreDNS's own queries are not seen", async () => {
    const scene = burst(60);
    expect(await scene.verdict(CAUSE, 'pod')).toBe('no_evidence');
    expect(await scene.verdict(CAUSE, 'logs')).toBe('no_evidence');
  });
});
