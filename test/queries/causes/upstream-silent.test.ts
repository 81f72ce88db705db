import { describe, expect, it } from 'vitest';
import { Scene, SERVERS } from '../../support/scene.js';

const CAUSE = 'upstream-silent';

/** Names whose first upstream query goes unanswered, so that the client has its answer after 2 s, the next try's. */
function silent(): Scene {
  const scene = new Scene().healthy(0, 40);
  for (let i = 0; i < 5; i++) {
    const time = 4 + i * 6;
    scene.query(time, `far${i}.example.net`, { after: 2.01, server: 0 });
    scene.forward(time + 0.001, `far${i}.example.net`, {});
    scene.forward(time + 2.001, `far${i}.example.net`, { after: 0.005 });
  }
  return scene;
}

const timeouts = (scene: Scene) => {
  for (let i = 0; i < 5; i++) {
    scene.event(6 + i * 6, 'upstream-error', { reason: 'i/o timeout', upstream: '10.0.0.253:53' });
  }
  return scene;
};

describe('upstream-silent', () => {
  it("is confirmed where CoreDNS's queries go unanswered and clients wait for them", async () => {
    const cause = await silent().cause(CAUSE, 'node');
    expect(cause).toMatchObject({ verdict: 'confirmed', lookups: 5 });
    expect(cause['clients']).toContain(SERVERS[0]);
  });

  it('is possible by the log alone, which calls answers that come too late timeouts too', async () => {
    expect(await timeouts(silent()).verdict(CAUSE, 'logs')).toBe('possible');
  });

  it('is likely by the log where the upstream queries that are seen were answered in time', async () => {
    const scene = timeouts(new Scene().healthy(0, 40)).forward(1, 'www.example.net', { after: 0.01 });
    expect(await scene.verdict(CAUSE, 'node', 'logs')).toBe('likely');
  });

  it('is likely where nobody waited for the queries and the log says nothing', async () => {
    const scene = new Scene().healthy(0, 40);
    for (let i = 0; i < 5; i++) scene.forward(4 + i * 6, `far${i}.example.net`, {});
    for (let i = 0; i < 5; i++) scene.forward(5 + i * 6, `near${i}.example.net`, { after: 0.01 });
    expect(await scene.verdict(CAUSE, 'node')).toBe('likely');
  });

  it("is possible by answers that come after a try's 2 s, in a pod's capture", async () => {
    expect(await silent().verdict(CAUSE, 'pod')).toBe('possible');
  });

  it('is possible by a slow SERVFAIL in the log, without a line of errors', async () => {
    const scene = new Scene().healthy(0, 10).query(3, 'far.example.net', { after: 4, rcode: 'SERVFAIL' });
    expect(await scene.verdict(CAUSE, 'logs')).toBe('possible');
  });

  it("is possible by lines of the log that took just a try's 2 s", async () => {
    expect(await silent().verdictsOf([CAUSE, 'upstream-slow'], 'logs')).toEqual({ [CAUSE]: 'possible', 'upstream-slow': 'possible' });
  });

  it('is not what an upstream is that answers after CoreDNS has given up, whatever its log calls that', async () => {
    const scene = new Scene().healthy(0, 60);
    for (let i = 0; i < 6; i++) {
      scene.query(4 + i * 8, `far${i}.example.net`, { after: 3.01, server: 0 });
      scene.forward(4.001 + i * 8, `far${i}.example.net`, { after: 3 });
    }
    expect(await timeouts(scene).cause(CAUSE, 'node', 'logs')).toMatchObject({
      verdict: 'ruled_out',
      summary: expect.stringMatching(/6 of them after the 2 s that CoreDNS waits/),
    });
  });

  it('is not what a slow upstream is that answers', async () => {
    const scene = new Scene().healthy(0, 40);
    for (let i = 0; i < 6; i++) {
      scene.query(4 + i * 5, `far${i}.example.net`, { after: 1.21, server: 0 });
      scene.forward(4.001 + i * 5, `far${i}.example.net`, { after: 1.2 });
    }
    expect(await scene.verdictsOf([CAUSE, 'upstream-slow'], 'node')).toEqual({ [CAUSE]: 'ruled_out', 'upstream-slow': 'confirmed' });
  });

  it("is not what a lost query of a client's is", async () => {
    const scene = new Scene().healthy(0, 40).forward(1, 'www.example.net', { after: 0.01 });
    for (let i = 0; i < 4; i++) scene.pair(2 + i * 8, `hit${i}.example.com`, { aaaa: { lost: 'query' } });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is ruled out where all upstream queries were answered', async () => {
    const scene = new Scene().healthy(0, 10).forward(1, 'www.example.net', { after: 0.01 });
    expect(await scene.verdict(CAUSE, 'node')).toBe('ruled_out');
  });

  it('is ruled out by logs without a timeout', async () => {
    expect(await new Scene().healthy(0, 10).verdict(CAUSE, 'logs')).toBe('ruled_out');
  });

  it('is not ruled out by logs that show hardly a forwarded name', async () => {
    const start = new Scene().event(1, 'version', {}).event(1, 'listening', { qname: '.' });
    expect(await start.verdictsOf([CAUSE, 'upstream-slow'], 'logs')).toEqual({ [CAUSE]: 'no_evidence', 'upstream-slow': 'no_evidence' });
    const inside = new Scene();
    for (let i = 0; i < 20; i++) inside.query(i, `db${i}.shop.svc.cluster.local`);
    expect(await inside.verdictsOf([CAUSE, 'upstream-slow'], 'logs')).toEqual({ [CAUSE]: 'no_evidence', 'upstream-slow': 'no_evidence' });
    expect(await inside.verdictsOf([CAUSE, 'upstream-slow'], 'pod')).toEqual({ [CAUSE]: 'no_evidence', 'upstream-slow': 'no_evidence' });
  });

  it('is not ruled out by one query to an upstream that was answered', async () => {
    const scene = new Scene().pair(1, 'db.shop.svc.cluster.local').forward(2, 'www.example.net', { after: 0.01 });
    expect(await scene.verdictsOf([CAUSE, 'upstream-slow'], 'node')).toEqual({ [CAUSE]: 'no_evidence', 'upstream-slow': 'no_evidence' });
  });

  it('names the upstream and the suffix that all timeouts of a log are for', async () => {
    const scene = new Scene();
    for (const name of ['db.shop.svc.cluster.local.lan', 'www.site.com.lan', 'api.site.com.lan'])
      scene.failed(null, name, 'read udp 10.1.0.2:4->10.0.0.253:53: i/o timeout', { reason: 'i/o timeout' });
    expect((await scene.cause(CAUSE, 'logs'))['summary']).toMatch(
      /^the log names 3 i\/o timeouts of 10\.0\.0\.253, all for names below the search suffix lan;/,
    );
  });

  it("says of the loop plugin's own probe that it is that", async () => {
    const probe = (scene: Scene) =>
      scene.failed(1, '3797952284163317497.7063757873447144811', 'read udp 10.1.0.2:4->10.0.0.253:53: i/o timeout', { type: 'HINFO', reason: 'i/o timeout' });
    expect(await probe(new Scene()).cause(CAUSE, 'logs')).toMatchObject({ verdict: 'possible', summary: expect.stringMatching(/HINFO/) });
    expect(await probe(new Scene().healthy(2, 20)).cause(CAUSE, 'logs')).toMatchObject({ verdict: 'ruled_out', summary: expect.stringMatching(/HINFO/) });
  });

  it('has no evidence in a capture of queries alone, nor in counters', async () => {
    const scene = silent().counters([0, {}], [40, {}]);
    expect(await scene.verdict(CAUSE, 'requests')).toBe('no_evidence');
    expect(await scene.verdict(CAUSE, 'counters')).toBe('no_evidence');
  });
});
