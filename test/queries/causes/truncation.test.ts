import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const CAUSE = 'truncation';

function truncated(count: number, tcp: boolean): Scene {
  const scene = new Scene().healthy(0, 20);
  for (let i = 0; i < count; i++) {
    const id = 100 + i;
    scene.query(2 + i * 3, 'big.example.com', { truncated: true, server: 0 }, { id });
    if (tcp) scene.query(2.003 + i * 3, 'big.example.com', { tcp: true, server: 0 }, { id });
  }
  return scene;
}

describe('truncation', () => {
  it('is confirmed by truncated answers, and says that the client asked again over TCP', async () => {
    const { verdict, kind, summary } = await truncated(4, true).cause(CAUSE, 'node');
    expect([verdict, kind]).toEqual(['confirmed', 'cost']);
    expect(summary).toBe('4 answers came truncated; 4 of them were asked for again over TCP');
  });

  it('does not say that clients took what they had where no query over TCP was captured', async () => {
    const { summary } = await truncated(4, false).cause(CAUSE, 'pod');
    expect(summary).toBe('4 answers came truncated; this evidence has no query over TCP');
  });

  it('says that clients took what they had where TCP is captured', async () => {
    const scene = truncated(4, false).query(15, 'other.example.com', { tcp: true, server: 0 });
    const { summary } = await scene.cause(CAUSE, 'pod');
    expect(summary).toBe('4 answers came truncated; 0 of them were asked for again over TCP');
  });

  it('is likely by one truncated answer', async () => {
    expect(await truncated(1, true).verdict(CAUSE, 'node')).toBe('likely');
  });

  it('is likely by TC flags in a log alone', async () => {
    const scene = new Scene().evidence('logs', 'texts', { text_id: 77, text: 'qr,aa,tc,rd' });
    for (let line = 1; line <= 3; line++) {
      const row = { source_id: 11, line, stream_id: 0, qname_id: 0, flags_id: 77 };
      scene.evidence('logs', 'log_queries', { ...row, rcode: 0 });
    }
    expect(await scene.verdict(CAUSE, 'logs')).toBe('likely');
  });

  it('is ruled out where no answer came truncated', async () => {
    expect(await new Scene().healthy(0, 10).verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('has no evidence in a capture of queries alone', async () => {
    expect(await truncated(4, true).verdict(CAUSE, 'requests')).toBe('no_evidence');
  });
});
