import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

/** Walks of two clients whose names' answers each take a time that is no cause's own limit. */
function addsUp(seconds: number): Scene {
  const scene = new Scene().healthy(0, 30);
  for (let i = 0; i < 2; i++) {
    const name = `www.shop${i}.example`;
    const suffixes = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local', 'ec2.internal'];
    const names = [...suffixes.map((suffix) => `${name}.${suffix}`), name];
    names.forEach((asked, step) => {
      const time = 31 + i * 10 + step * (seconds + 0.02);
      const fate = { after: seconds + 0.002, server: 0 as const, rcode: step < 4 ? 'NXDOMAIN' : 'NOERROR' };
      scene.pair(time, asked, { a: fate, aaaa: fate });
      for (const type of ['A', 'AAAA']) scene.forward(time + 0.001, asked, { after: seconds, type, rcode: fate.rcode });
    });
  }
  return scene;
}

describe('one judge', () => {
  it.each([
    ['answers of an upstream that add up', addsUp(0.23), ['node']],
    ['answers of an upstream that add up, with logs', addsUp(0.23), ['node', 'logs']],
    ['one silence of an upstream', new Scene().healthy(0, 20).query(21, 'a.example', { after: 2 }).forward(21.001, 'a.example', {}), ['node']],
    ['one answer that came long after its line', new Scene().healthy(0, 20).query(21, 'b.example.com', { after: 2, logged: 0.001 }), ['node', 'logs']],
  ] as const)('rules out nothing that a lookup is blamed on: %s', async (_, scene, evidence) => {
    const blamed = await scene.ask(
      "select l.cause, c.verdict, c.rule, c.summary from lookups as l inner join causes as c on c.cause = l.cause where l.cause <> 'unexplained'",
      ...evidence,
    );
    expect(blamed.length).toBeGreaterThan(0);
    expect(blamed.filter(({ verdict }) => verdict === 'ruled_out' || verdict === 'no_evidence')).toEqual([]);
  });

  it('gives the name of the rule and its numbers with a verdict', async () => {
    const { rule, numbers, root } = await new Scene().healthy(0, 20).cause('conntrack-race', 'node');
    expect([rule, root]).toEqual(['none-lost', null]);
    expect(JSON.parse(numbers as string)).toMatchObject({ halves: 0, blamed: 0 });
  });

  it('finds nothing where all is well, with each kind of evidence', async () => {
    const scene = new Scene().healthy(0, 20).forward(1, 'well0.example.com', { after: 0.01 });
    for (const evidence of [['node'], ['pod'], ['logs'], ['node', 'logs']] as const) {
      const found = Object.entries(await scene.verdicts(...evidence)).filter(
        ([, verdict]) => verdict !== 'ruled_out' && verdict !== 'no_evidence',
      );
      expect([evidence, found]).toEqual([evidence, []]);
    }
  });
});
