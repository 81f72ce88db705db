import { describe, expect, it } from 'vitest';
import { Scene, SERVERS } from '../../support/scene.js';

const CAUSE = 'upstream-errors';

/** The upstream answers one zone with an error at once, others well. */
function broken(rcode = 'SERVFAIL'): Scene {
  const scene = new Scene().healthy(0, 20);
  for (let i = 0; i < 6; i++) {
    const time = 4 + i * 2;
    scene.query(time, `pay${i}.bank.example`, { after: 0.008, rcode, server: 0 });
    scene.forward(time + 0.001, `pay${i}.bank.example`, { after: 0.005, rcode });
    scene.query(time + 1, `www${i}.shop.example`, { after: 0.008, server: 0 });
    scene.forward(time + 1.001, `www${i}.shop.example`, { after: 0.005 });
  }
  return scene;
}

const UNREACHABLE = `read udp ${SERVERS[0]}:40000->10.0.0.253:53: read: no route to host`;

describe('upstream-errors', () => {
  it.each(['SERVFAIL', 'REFUSED'])('is confirmed where an upstream answers a zone with %s, and names both', async (rcode) => {
    const rows = await broken(rcode).ask('select * from causes', 'node', 'logs');
    const found = Object.fromEntries(rows.map((row) => [row['cause'], row]));
    expect(found[CAUSE]).toMatchObject({ verdict: 'confirmed', lookups: 6 });
    expect(found[CAUSE]!['summary']).toMatch(
      new RegExp(`^10\\.0\\.0\\.253 answered 6 of 6 queries for bank\\.example with ${rcode}; 6 lookups`),
    );
    expect(found['upstream-silent']).toMatchObject({ verdict: 'ruled_out' });
    expect(found['upstream-slow']).toMatchObject({ verdict: 'ruled_out' });
  });

  it("is possible where CoreDNS's own queries are not seen", async () => {
    for (const evidence of ['pod', 'logs'] as const) {
      const cause = await broken().cause(CAUSE, evidence);
      expect(cause['verdict']).toBe('possible');
      expect(cause['summary']).toMatch(/^6 of 6 answers for bank\.example were errors that came at once/);
    }
  });

  it('is likely by a log alone that says why upstreams could not be reached, and names them', async () => {
    const scene = new Scene().healthy(0, 20);
    for (let i = 0; i < 4; i++) {
      scene.failed(null, `www${i}.shop.example`, UNREACHABLE, { reason: 'no route to host' });
    }
    const cause = await scene.cause(CAUSE, 'logs');
    expect(cause).toMatchObject({ verdict: 'likely', summary: expect.stringMatching(/no route to host \(10\.0\.0\.253\)/) });
    expect(cause['findings']).toContainEqual(expect.stringMatching(/4 times, for shop\.example$/));
  });

  it('is confirmed where lookups failed for what the log says', async () => {
    const scene = new Scene().healthy(0, 20);
    for (let i = 0; i < 4; i++) {
      scene.query(2 + i * 3, `www${i}.shop.example`, { after: 0.004, rcode: 'SERVFAIL', server: 0 });
      scene.failed(2.004 + i * 3, `www${i}.shop.example`, UNREACHABLE, { reason: 'no route to host' });
    }
    expect(await scene.cause(CAUSE, 'pod', 'logs')).toMatchObject({ verdict: 'confirmed', lookups: 4 });
  });

  it('is not what timeouts are, nor the probe of the loop plugin', async () => {
    const scene = broken('NXDOMAIN');
    const probe = '3797952284163317497.7063757873447144811';
    for (let i = 0; i < 4; i++) {
      scene.failed(null, `www${i}.shop.example`, 'read udp 10.1.0.2:4->10.0.0.253:53: i/o timeout', { reason: 'i/o timeout' });
      scene.failed(null, probe, UNREACHABLE, { type: 'HINFO', reason: 'no route to host' });
    }
    expect(await scene.verdict(CAUSE, 'node', 'logs')).toBe('ruled_out');
  });

  it('is not what a server is that refuses a zone by itself', async () => {
    const scene = new Scene().healthy(0, 20);
    for (let i = 0; i < 6; i++) scene.query(4 + i * 2, `pay${i}.bank.example`, { rcode: 'REFUSED' });
    for (let i = 0; i < 12; i++) scene.forward(1 + i, `www${i}.shop.example`, { after: 0.01 });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is not ruled out by an upstream that was hardly asked', async () => {
    const scene = new Scene().healthy(0, 20).forward(1, 'www.shop.example', { after: 0.01 });
    expect(await scene.verdict(CAUSE, 'node')).toBe('no_evidence');
  });
});
