import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'lost-replies';

function lostReplies(count = 4): Scene {
  const scene = new Scene().healthy(0, 60);
  for (let i = 0; i < count; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { a: { lost: 'reply' } });
  return scene;
}

describe('lost-replies', () => {
  it('is confirmed where replies leave the server and never come to the client', async () => {
    const cause = await lostReplies().cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 4, clients: ['10.0.0.1'] });
  });

  it("is confirmed where the replies stand in the server's log and not in the pod's capture", async () => {
    expect(await lostReplies().verdicts('pod', 'logs')).toMatchObject({ [CAUSE]: 'confirmed' });
  });

  it('is likely by one lost reply', async () => {
    expect(await lostReplies(1).verdicts('node')).toMatchObject({ [CAUSE]: 'likely' });
  });

  it("is possible where the server's side is not seen", async () => {
    expect(await lostReplies().verdicts('pod')).toMatchObject({ [CAUSE]: 'possible' });
  });

  it('is not what queries are that never reached a server', async () => {
    const scene = new Scene().healthy(0, 60);
    for (let i = 0; i < 4; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { a: { lost: 'query' } });
    expect(await scene.verdicts('node')).toMatchObject({ [CAUSE]: 'ruled_out' });
  });

  it('is not what replies are that were on their way as their server died', async () => {
    const scene = new Scene().healthy(0, 10);
    scene.pair(9.9, 'last.example.com', { a: { lost: 'reply', server: 1 }, again: { server: 0 } });
    for (let i = 0; i < 24; i++) {
      const server = (i % 2) as 0 | 1;
      const fate = server === 1 ? ({ server, lost: 'server' } as const) : { server };
      scene.pair(10 + i * 2, `name${i}.example.com`, { a: fate, aaaa: fate, again: { server: 0 } });
    }
    expect(await scene.verdicts('node')).toMatchObject({ [CAUSE]: 'ruled_out', 'dead-backend': 'confirmed' });
  });

  it('is not what a server is that stays silent', async () => {
    const scene = new Scene().healthy(0, 60);
    for (let i = 0; i < 4; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { a: { lost: 'server' } });
    expect(await scene.verdicts('node', 'logs')).toMatchObject({ [CAUSE]: 'ruled_out' });
  });

  it('is ruled out where every query was answered', async () => {
    expect(await new Scene().healthy(0, 20).verdicts('pod')).toMatchObject({ [CAUSE]: 'ruled_out' });
  });

  it('has no evidence in logs alone, nor in a capture of queries alone', async () => {
    expect(await lostReplies().verdicts('logs')).toMatchObject({ [CAUSE]: 'no_evidence' });
    expect(await lostReplies().verdicts('requests')).toMatchObject({ [CAUSE]: 'no_evidence' });
  });
});
