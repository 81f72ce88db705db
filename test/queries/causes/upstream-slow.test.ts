import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'upstream-slow';

/** One zone's names take more than a second upstream, another's do not. */
function slow(): Scene {
  const scene = new Scene().healthy(0, 40);
  for (let i = 0; i < 6; i++) {
    const time = 4 + i * 5;
    scene.query(time, `far${i}.slow.test`, { after: 1.21, server: 0 });
    scene.forward(time + 0.001, `far${i}.slow.test`, { after: 1.2 });
    scene.query(time + 2, `near${i}.quick.test`, { after: 0.02, server: 0 });
    scene.forward(time + 2.001, `near${i}.quick.test`, { after: 0.015 });
  }
  return scene;
}

describe('upstream-slow', () => {
  it('is confirmed where the answers for one zone are late, and names it', async () => {
    const cause = await slow().cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 6 });
    expect(cause['summary']).toMatch(/6 of 6 answers for slow\.test/);
    expect(cause['summary']).not.toMatch(/quick\.test/);
  });

  it('names a zone below a registry of three labels by what was registered', async () => {
    const scene = new Scene().healthy(0, 40);
    for (let i = 0; i < 6; i++) {
      scene.query(4 + i * 5, `far${i}.shop.co.uk`, { after: 1.21, server: 0 });
      scene.forward(4.001 + i * 5, `far${i}.shop.co.uk`, { after: 1.2 });
    }
    expect((await scene.cause(CAUSE, 'node'))['summary']).toMatch(/ 6 of 6 answers for shop\.co\.uk$/);
  });

  it("is possible by the log's durations alone", async () => {
    expect(await slow().verdict(CAUSE, 'logs')).toBe('possible');
  });

  it("is possible by a pod's capture alone", async () => {
    expect(await slow().verdict(CAUSE, 'pod')).toBe('possible');
  });

  it('is not what a silent upstream is', async () => {
    const scene = new Scene().healthy(0, 40);
    for (let i = 0; i < 6; i++) {
      scene.query(4 + i * 5, `far${i}.slow.test`, { after: 2.01, server: 0 });
      scene.forward(4.001 + i * 5, `far${i}.slow.test`, {});
      scene.forward(6.001 + i * 5, `far${i}.slow.test`, { after: 0.005 });
    }
    expect(await scene.verdictsOf([CAUSE, 'upstream-silent'], 'node')).toEqual({ [CAUSE]: 'ruled_out', 'upstream-silent': 'confirmed' });
  });

  it('is possible where programs waited for fewer late answers than make a zone slow', async () => {
    const scene = new Scene().healthy(0, 20);
    for (let i = 0; i < 2; i++) {
      scene.query(4 + i * 5, `far${i}.slow.test`, { after: 1.21, server: 0 });
      scene.forward(4.001 + i * 5, `far${i}.slow.test`, { after: 1.2 });
    }
    expect(await scene.cause(CAUSE, 'node')).toMatchObject({ verdict: 'possible', lookups: 2 });
  });

  it('is possible where a zone often takes a while that holds no lookup up for long', async () => {
    const scene = new Scene().healthy(0, 20);
    for (let i = 0; i < 6; i++) {
      scene.query(1 + i * 3, `far${i}.far.test`, { after: 0.31, server: 0 });
      scene.forward(1.001 + i * 3, `far${i}.far.test`, { after: 0.3 });
    }
    const cause = await scene.cause(CAUSE, 'node');
    expect(cause['verdict']).toBe('possible');
    expect(cause['summary']).toMatch(/took 0\.3 s for 6 of 6 answers for far\.test, which is not quick/);
  });

  it('is not that few of many answers are late', async () => {
    const scene = new Scene().healthy(0, 10);
    for (let i = 0; i < 80; i++) scene.forward(i / 2, `name${i}.some.test`, { after: i < 5 ? 1 : 0.01 });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is not that few of many lines of a log were late', async () => {
    const scene = new Scene().healthy(0, 120);
    scene.query(50, 'far.slow.test', { after: 1.21, server: 0 });
    const cause = await scene.cause(CAUSE, 'logs');
    expect(cause['verdict']).toBe('ruled_out');
    expect(cause['summary']).toMatch(/^1 line of the log took 0\.5 s or longer, too few/);
  });

  it('says what slow lines waited for where the log itself names timeouts for their names', async () => {
    const scene = new Scene();
    for (let i = 0; i < 3; i++) {
      scene.query(i * 9, `far${i}.slow.test`, { after: 2.01, server: 0, rcode: 'SERVFAIL' });
      scene.failed(i * 9 + 2, `far${i}.slow.test`, 'read udp 10.1.0.2:4000->10.0.0.253:53: i/o timeout', { reason: 'i/o timeout' });
    }
    const told = await scene.cause(CAUSE, 'logs');
    expect(told).toMatchObject({ verdict: 'possible', rule: 'logged-with-timeouts' });
    expect(told['summary']).toMatch(/^3 lines of the log took 0\.5 s or longer, for names of which it names i\/o timeouts too/);
    scene.query(40, 'other.slow.test', { after: 2.01, server: 0 });
    expect((await scene.cause(CAUSE, 'logs'))['summary']).toMatch(/^1 line of the log took .* it is open what it waited for$/);
  });

  it('is ruled out by quick lines of a log', async () => {
    expect(await new Scene().healthy(0, 10).verdict(CAUSE, 'logs')).toBe('ruled_out');
  });

  it('has no evidence in counters alone, nor in a capture of queries alone', async () => {
    const scene = slow().counters([0, {}], [40, {}]);
    expect(await scene.verdict(CAUSE, 'counters')).toBe('no_evidence');
    expect(await scene.verdict(CAUSE, 'requests')).toBe('no_evidence');
  });
});
