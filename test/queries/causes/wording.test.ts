import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../support/fate.js';
import { Scene } from '../../support/scene.js';

const SLIP = /\b1 (?:\w+ ){0,2}(?:queries|halves|pairs|replies|answers|lines|calls|lookups|clients|packets|flows|times|names|were|are)\b/;

const few = () => new Scene().healthy(0, 30);
const texts = async (scene: Scene, ...evidence: Evidence[]) => {
  const rows = await scene.ask('select summary, findings, evidence from causes', ...evidence);
  return rows.flatMap(({ summary, findings, evidence: examples }) => [
    summary as string,
    ...(findings as string[]),
    ...(examples as string[]),
  ]);
};

describe('causes count one thing in the singular', () => {
  it.each<[string, Scene, ...Evidence[]]>([
    ['half', few().pair(2, 'a.example', { aaaa: { lost: 'query' } }), 'node'],
    ['half of which no more is seen', few().pair(2, 'a.example', { aaaa: { lost: 'query' } }), 'pod'],
    ['reply', few().query(2, 'a.example', { lost: 'reply' }), 'node', 'logs'],
    ['query of a program', few().query(2, 'a.example', { lost: 'server' }), 'node', 'logs'],
    ['truncated answer', few().query(2, 'a.example', { truncated: true }), 'node'],
    ['error', few().query(2, 'a.example', { rcode: 'REFUSED' }).event(2, 'max-concurrent'), 'node', 'logs'],
    ['query to an upstream', few().query(2, 'a.example', { after: 2 }).forward(2.001, 'a.example', {}), 'node'],
    ['query that an upstream answered', few().forward(2, 'a.example', { after: 1 }), 'node', 'logs'],
    ['walk', few().walk(2, 'www.site.com'), 'node'],
    ['query', new Scene().query(2, 'a.default.svc.cluster.local', { rcode: 'NXDOMAIN' }), 'logs'],
  ])('one %s', async (_, scene, ...evidence) => {
    expect((await texts(scene, ...evidence)).filter((text) => SLIP.test(text))).toEqual([]);
  });
});
