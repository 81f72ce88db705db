import { describe, expect, it } from 'vitest';
import type { PodChange } from '../../src/causes/fix-steps.js';
import { Filling } from '../../src/fix/fill.js';
import { type HitClient, podPatches } from '../../src/fix/pod-patch.js';

const NDOTS: PodChange = { options: { ndots: '{{safe_ndots}}' }, without: null, resolver: null };

const hit = (more: Partial<HitClient> = {}): HitClient => ({
  client: '10.1.0.7',
  namespace: 'shop',
  workload: 'app-a',
  owner_kind: 'ReplicaSet',
  resolver: 'glibc',
  options: ['ndots:5', 'edns0'],
  search_list: ['shop.svc.k8s.example', 'svc.k8s.example', 'dead.example'],
  nameservers: ['10.96.0.10'],
  lookups: 3,
  wasted_queries: 0,
  ...more,
});

function patches(change: PodChange, clients: HitClient[], numbers = {}) {
  const filling = new Filling({ safe_ndots: 2 });
  return { ...podPatches(change, clients, filling, numbers), blanks: filling.blanks.map(({ word }) => word) };
}

/** The pods' spec of a command's patch. */
const specOf = (command: string) =>
  (JSON.parse(/-p '(.*)'$/.exec(command)![1]!) as { spec: { template: { spec: unknown } } }).spec.template
    .spec;

describe("a patch of a workload's resolver", () => {
  it('sets the option and keeps the others, as a patch replaces the list', () => {
    const { commands, clients } = patches(NDOTS, [hit(), hit({ client: '10.1.0.8' })]);
    expect(commands).toEqual([
      expect.stringMatching(/^kubectl -n shop patch deployment app-a --type merge -p '/),
    ]);
    expect(specOf(commands[0]!)).toEqual({
      dnsConfig: { options: [{ name: 'edns0' }, { name: 'ndots', value: '2' }] },
    });
    expect(clients).toEqual(['10.1.0.7', '10.1.0.8']);
  });

  it('is one for each workload, the one that was hit most first, of one resolver where it is for that', () => {
    const all = [
      hit(),
      hit({ workload: 'app-b', lookups: 9, owner_kind: 'StatefulSet' }),
      hit({ workload: 'app-c', resolver: 'musl' }),
    ];
    const { commands } = patches({ ...NDOTS, resolver: 'glibc' }, all);
    expect(commands.map((command) => command.split(' ').slice(4, 6).join(' '))).toEqual([
      'statefulset app-b',
      'deployment app-a',
    ]);
  });

  it('takes a suffix out with a policy of its own, and the rest of the list as it is', () => {
    const { commands } = patches({ options: {}, without: 'dead', resolver: null }, [hit()], {
      dead: ['dead.example'],
    });
    expect(specOf(commands[0]!)).toEqual({
      dnsPolicy: 'None',
      dnsConfig: {
        nameservers: ['10.96.0.10'],
        searches: ['shop.svc.k8s.example', 'svc.k8s.example'],
        options: [{ name: 'ndots', value: '5' }, { name: 'edns0' }],
      },
    });
  });

  it('is not written where the search list is not known, or has nothing to take out', () => {
    const without = { options: {}, without: 'dead', resolver: null };
    for (const more of [{ search_list: null }, { nameservers: null }, { search_list: ['other.example'] }])
      expect(patches(without, [hit(more)], { dead: ['dead.example'] })).toMatchObject({
        commands: [],
        clients: [],
      });
  });

  it('leaves words for a workload that is not known, and writes none for what cannot be patched', () => {
    const unknown = patches(NDOTS, [
      hit({ namespace: null, workload: null, owner_kind: null, options: null }),
    ]);
    expect(unknown.commands[0]).toMatch(/^kubectl -n NAMESPACE patch KIND WORKLOAD /);
    expect(unknown.blanks).toEqual(['NAMESPACE', 'KIND', 'WORKLOAD']);
    const job = patches(NDOTS, [hit({ owner_kind: 'Job' })]);
    expect(job.commands).toEqual([]);
    expect(job.notes[0]).toContain('is made by a Job');
  });

  it('lets no name or option of the evidence out of its quotes', () => {
    const evil = 'x\'; $(id) `id` "';
    const { commands } = patches(NDOTS, [
      hit({ workload: evil, namespace: '--all', options: [`${evil}:5`] }),
    ]);
    expect(commands[0]).toMatch(/^kubectl -n NAMESPACE patch deployment WORKLOAD --type merge -p '/);
    expect(commands[0]!.split(' -p ')[1]).toContain("'\\''");
  });
});
