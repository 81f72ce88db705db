import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';
import { Wire } from '../../support/wire.js';

const CAUSE = 'forwarding-loop';
const PROBE = '3797952284163317497.7063757873447144811';
const timeout = (from: string, to: string) => `read udp ${from}:4000->${to}: i/o timeout`;

/** A pod asks a server that forwards to `to`, which asks it again, `hops` times. */
async function round(hops: number): Promise<Record<string, unknown>> {
  const wire = await Wire.open();
  try {
    for (let i = 0; i < 12; i++) {
      wire.messages(
        `${i} 10.0.0.1:${4000 + i} > 10.1.0.2:53 ${i} A? www${i}.shop.example`,
        `${i}.01 10.1.0.2:53 > 10.0.0.1:${4000 + i} ${i} A www${i}.shop.example`,
        `${i}.002 10.1.0.2:${5000 + i} > 10.0.0.253:53 ${i} A? www${i}.shop.example`,
        `${i}.008 10.0.0.253:53 > 10.1.0.2:${5000 + i} ${i} A www${i}.shop.example`,
      );
    }
    for (let i = 0; i < hops; i++) {
      wire.messages(
        `20.${100 + i * 2} 10.1.0.2:${6000 + i} > 10.0.0.253:53 ${i} A? far.shop.example`,
        `20.${101 + i * 2} 10.0.0.253:${6000 + i} > 10.1.0.2:53 ${i} A? far.shop.example`,
      );
    }
    return (await wire.until(40).rows(`select * from causes where cause = '${CAUSE}'`))[0]!;
  } finally {
    wire.database.close();
  }
}

describe('forwarding-loop', () => {
  it('is confirmed where the loop plugin ended the server', async () => {
    const scene = new Scene().event(1, 'loop-detected', {
      qname: '.',
      message: '[FATAL] plugin/loop: Loop (127.0.0.1:34614 -> :53) detected for zone "."',
    });
    const cause = await scene.cause(CAUSE, 'logs');
    expect(cause).toMatchObject({ verdict: 'confirmed', rule: 'ended-itself' });
    expect(cause['summary']).toMatch(/zone \. come back \(127\.0\.0\.1:34614 -> :53\) and ended the server 1 time$/);
  });

  it('is confirmed where a log names queries of an address to itself, which is no upstream that is silent', async () => {
    const scene = new Scene();
    for (let i = 0; i < 3; i++) {
      scene.failed(null, `www${i}.shop.example`, timeout('10.20.0.10', '10.20.0.10:53'), { reason: 'i/o timeout' });
    }
    expect((await scene.cause(CAUSE, 'logs'))['summary']).toMatch(/^10\.20\.0\.10 asks itself/);
    expect(await scene.verdictsOf([CAUSE, 'upstream-silent'], 'logs')).toEqual({ [CAUSE]: 'confirmed', 'upstream-silent': 'no_evidence' });
  });

  it("is not what another server's port on the same address is, nor the probe that got no answer", async () => {
    const scene = new Scene();
    for (let i = 0; i < 3; i++) {
      scene.failed(null, `www${i}.shop.consul`, timeout('10.20.0.10', '10.20.0.10:8600'), { reason: 'i/o timeout' });
      scene.failed(null, PROBE, timeout('10.20.0.10', '10.0.0.253:53'), { type: 'HINFO', reason: 'i/o timeout' });
    }
    const cause = await scene.cause(CAUSE, 'logs');
    expect(cause).toMatchObject({ verdict: 'no_evidence' });
    expect(cause['findings']).toEqual([expect.stringMatching(/^3 failed queries are the loop plugin's own probe \(HINFO\)/)]);
  });

  it.each(['[REDACTED]', 'x.x.x.x', '10.x.y.z', '<IP>'])('is not shown by %s on both sides, which stands for any address', async (hidden) => {
    const scene = new Scene();
    for (let i = 0; i < 3; i++) scene.failed(null, `www${i}.shop.example`, timeout(hidden, `${hidden}:53`), { reason: 'i/o timeout' });
    expect(await scene.verdictsOf([CAUSE, 'upstream-silent'], 'logs')).toEqual({ [CAUSE]: 'no_evidence', 'upstream-silent': 'possible' });
  });

  it('is confirmed by IPv6 addresses too', async () => {
    const scene = new Scene();
    for (let i = 0; i < 3; i++) scene.failed(null, `www${i}.shop.example`, timeout('[fd00:9::a]', '[fd00:9::a]:53'), { reason: 'i/o timeout' });
    expect(await scene.verdict(CAUSE, 'logs')).toBe('confirmed');
  });

  it('is confirmed by packets that come back while an answer is waited for', async () => {
    expect(await round(4)).toMatchObject({ verdict: 'confirmed', rule: 'came-back' });
  });

  it('is ruled out where queries to upstreams go out and none comes back', async () => {
    expect(await round(0)).toMatchObject({ verdict: 'ruled_out' });
  });
});
