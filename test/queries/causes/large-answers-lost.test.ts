import { describe, expect, it } from 'vitest';
import type { Fate } from '../../support/fate.js';
import { Scene } from '../../support/scene.js';

const CAUSE = 'large-answers-lost';

/** Answers of one size that leave the server and do not come to the client. */
function lost(bytes: number): Scene {
  const scene = new Scene().healthy(0, 20).healthy(60, 70);
  for (let i = 0; i < 5; i++) {
    const id = 300 + i;
    const port = 30_000 + i;
    scene.query(22 + i * 6, `many${i}.example.com`, { lost: 'reply', bytes }, { id, port });
    scene.query(27 + i * 6, `many${i}.example.com`, { lost: 'reply', bytes }, { id, port });
  }
  return scene;
}

/** Names whose answers come truncated and that are asked for over TCP so many seconds later. */
function truncated(after: number, tcp: Fate = {}): Scene {
  const scene = new Scene().healthy(0, 40);
  for (let i = 0; i < 4; i++) {
    const id = 100 + i;
    scene.query(2 + i * 8, `big${i}.example.com`, { truncated: true, bytes: 600, server: 0 }, { id });
    scene.query(2 + i * 8 + after, `big${i}.example.com`, { ...tcp, tcp: true, server: 0 }, { id });
  }
  return scene;
}

describe('large-answers-lost', () => {
  it('is confirmed where answers over a size leave the server and only smaller ones arrive', async () => {
    const scene = lost(1612);
    const cause = await scene.cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', rule: 'large-lost', lookups: 5 });
    expect(cause['summary']).toMatch(/^10 large answers \(from 1,612 octets on\) left the server and did not arrive/);
    expect(await scene.verdict('lost-replies', 'node')).not.toBe('confirmed');
  });

  it('is ruled out where what is lost is small', async () => {
    expect(await lost(120).verdictsOf([CAUSE, 'lost-replies'], 'node')).toEqual({ [CAUSE]: 'ruled_out', 'lost-replies': 'confirmed' });
  });

  it('is ruled out where answers as large arrive', async () => {
    const scene = lost(120);
    for (let i = 0; i < 5; i++) scene.query(80 + i, `big${i}.example.com`, { bytes: 1700 });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it("has no evidence in the pod's capture alone, where no lost answer has a size", async () => {
    expect(await lost(1612).verdict(CAUSE, 'pod')).toBe('no_evidence');
  });

  it('is likely where truncated answers are followed by TCP queries that nobody answers', async () => {
    const cause = await truncated(0.003, { lost: 'query' }).cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'likely', rule: 'tcp-silent' });
  });

  it('is likely where truncated answers are asked for over TCP only seconds later', async () => {
    const cause = await truncated(3.1).cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'likely', rule: 'connected-late', lookups: 4 });
    expect(cause['summary']).toMatch(/^after 4 truncated answers the query over TCP came up to 3\.1 s late/);
  });

  it('is ruled out where large answers arrive and truncated ones are asked for over TCP at once', async () => {
    expect(await truncated(0.1).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is possible where a client asks over TCP for what is truncated, and did not for some', async () => {
    const scene = truncated(0.1);
    scene.query(20, 'huge.example.com', { truncated: true, bytes: 600, server: 0 }, { id: 300 });
    const cause = await scene.cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'possible', rule: 'never-connected', change: [expect.stringMatching(/^Open TCP 53/)] });
    expect(cause['summary']).toMatch(/^1 truncated answer was followed by no query over TCP/);
  });

  it('is ruled out where a client never asks over TCP for what is truncated', async () => {
    const scene = new Scene().healthy(0, 40);
    for (let i = 0; i < 8; i++) scene.query(2 + i, `big${i}.example.com`, { truncated: true, bytes: 600, server: 0 }, { id: 300 + i });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('advises what fits: TCP where that is blocked, the way of large answers where those are lost', async () => {
    const advice = async (scene: Scene) => (await scene.cause(CAUSE, 'node'))['change'];
    expect(await advice(truncated(3.1))).toEqual([expect.stringMatching(/^Open TCP 53/)]);
    expect(await advice(lost(1612))).toEqual([expect.stringMatching(/^Let fragments/), expect.stringMatching(/^Keep answers small/)]);
  });
});
