import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';
import { at, type Cells } from '../../support/wire.js';
import { OTHER, Scene, SERVERS, SERVICE } from '../../support/scene.js';

const CAUSE = 'policy-blocks-dns';
const APP = '10.0.0.1';

/** The cluster of all scenes as kubectl has it, and a policy of the namespace shop that selects app-a. */
function withPolicy(scene: Scene, since: number | null = null, rule: Cells = { rule: null }, policy: Cells = {}): Scene {
  const object = { source_id: 31, host_network: false };
  const pods = { 'app-a': APP, 'app-b': OTHER, 'coredns-1': SERVERS[0], 'coredns-2': SERVERS[1] };
  for (const [name, address] of Object.entries(pods)) {
    const labels = name.startsWith('coredns') ? '{"k8s-app":"kube-dns"}' : JSON.stringify({ app: name });
    const namespace = name.startsWith('coredns') ? 'kube-system' : 'shop';
    scene.evidence('cluster', 'cluster_objects', { ...object, kind: 'Pod', namespace, name, address, role: 'pod', labels });
  }
  const dns = { ...object, namespace: 'kube-system', ports: '[{"name":"dns","port":53,"protocol":"UDP"}]' };
  scene.evidence('cluster', 'cluster_objects', { ...dns, kind: 'Service', name: 'kube-dns', address: SERVICE, role: 'cluster', target: '{"k8s-app":"kube-dns"}' });
  for (const address of SERVERS)
    scene.evidence('cluster', 'cluster_objects', { ...dns, kind: 'EndpointSlice', name: 'kube-dns-x', owner_kind: 'Service', owner: 'kube-dns', address, role: 'endpoint', phase: 'ready' });
  return scene.evidence('cluster', 'network_policies', {
    source_id: 31, kind: 'NetworkPolicy', namespace: 'shop', name: 'lock', direction: 'egress',
    pod_selector: '[{"key":"app","op":"In","values":["app-a"]}]', since: since === null ? null : at(since), ...rule, ...policy,
  });
}

/** From a second on no query of app-a gets to a server; app-b's do, where it asks. */
function cutOff(from: number, others = true): Scene {
  const scene = new Scene();
  for (let i = 0; i < 12; i++) {
    scene.query(1 + i * 3, `name${i}.example.com`, i * 3 >= from ? { lost: 'query' } : {}, { port: 30_000 + i });
    if (others) scene.query(1.5 + i * 3, `name${i}.example.com`, { server: i % 2 === 0 ? 0 : 1 }, { client: OTHER });
  }
  // answers end the capture, so that what was lost before had its time
  return scene.query(60, 'last.example.com', {}, { client: OTHER });
}

/** What is said of this cause on a node's capture and the cluster's objects, and the verdicts on all. */
async function judged(scene: Scene, ...evidence: ('node' | 'pod' | 'cluster')[]) {
  const rows = await scene.ask('select cause, verdict, rule, lookups, summary, findings from causes', ...evidence);
  return {
    cause: rows.find(({ cause }) => cause === CAUSE)!,
    verdicts: Object.fromEntries(rows.map(({ cause, verdict }) => [cause, verdict as string])),
  };
}

/** Causes that lost queries would show, were they not the policy's. */
const OTHERS = ['lost-queries', 'conntrack-race', 'dead-backend', 'no-ready-server', 'lost-replies'];

describe('policy-blocks-dns', () => {
  it('is confirmed where pods without a way to DNS got no query through and others did, and no other cause has them', async () => {
    const { cause, verdicts } = await judged(withPolicy(cutOff(0)), 'node', 'cluster');
    expect(cause).toMatchObject({ verdict: 'confirmed', rule: 'cut-off', lookups: 12 });
    expect(cause['summary']).toBe(
      'shop/lock leaves 1 pod no way to DNS over UDP (shop/app-a): 12 queries of it never reached a server and none was answered, while other clients lost 0 of 11 queries',
    );
    expect(cause['findings']).toEqual(["policies see the port of the DNS servers' pods: 53"]);
    expect(OTHERS.filter((other) => verdicts[other] !== 'ruled_out')).toEqual([]);
  });

  it('is confirmed without others where they were answered before the policy was made', async () => {
    const { cause, verdicts } = await judged(withPolicy(cutOff(15, false), 14), 'node', 'cluster');
    expect(cause).toMatchObject({
      verdict: 'confirmed',
      summary: expect.stringMatching(/since it was made at 2026-01-01 00:00:14 7 queries .*; before, 5 were$/),
    });
    expect(OTHERS.filter((other) => verdicts[other] !== 'ruled_out')).toEqual([]);
  });

  it('is likely where it is not seen how far queries go', async () => {
    const { cause } = await judged(withPolicy(cutOff(15), 14), 'pod', 'cluster');
    expect(cause).toMatchObject({ verdict: 'likely', rule: 'none-answered' });
  });

  it('is ruled out where the pods were answered all the same: nothing enforces it', async () => {
    const { cause } = await judged(withPolicy(new Scene().healthy(0, 20)), 'node', 'cluster');
    expect(cause).toMatchObject({ verdict: 'ruled_out', rule: 'not-enforced' });
    expect(cause['summary']).toBe(
      'shop/lock would leave 1 pod no way to DNS over UDP (shop/app-a), and 40 queries of it were answered: nothing enforces it here',
    );
  });

  it('is ruled out where no policy stands between those that lost queries and DNS', async () => {
    const open = { rule: 1, ports: '[{"protocol":"UDP","port":53}]' };
    const scene = cutOff(0).query(0.5, 'big.example.com', { truncated: true });
    const { cause } = await judged(withPolicy(scene, null, open), 'node', 'cluster');
    expect(cause).toMatchObject({ verdict: 'ruled_out', rule: 'none-blocks' });
    expect(cause['findings']).toEqual([
      '1 pod has a way to DNS over UDP and none over TCP (shop/app-a), and 1 answer came truncated: it cannot be asked for again',
    ]);
  });
});

describe('what is counted and said of policies', () => {
  let given: GivenModels;
  beforeAll(async () => {
    given = await GivenModels.open();
  });
  afterAll(() => given.close());

  it('names kinds whose rules are not read, each object once', async () => {
    const other = (kind: string, name: string) => ({ source_id: 1, kind, namespace: 'shop', name });
    const numbers = await given.numbers(CAUSE, {
      'raw.network_policies': [other('CiliumNetworkPolicy', 'a'), other('CiliumNetworkPolicy', 'a'), other('CiliumNetworkPolicy', 'b'), other('GlobalNetworkPolicy', 'a')],
      'work.evidence': [{ judged: 0 }],
    });
    expect(numbers).toMatchObject({ other_objects: 3, other_kinds: '2 CiliumNetworkPolicy objects, 1 GlobalNetworkPolicy object', policies: 0 });
  });

  it('knows plugins with policies of their own by their pods', async () => {
    const pod = (owner: string) => ({ source_id: 1, kind: 'Pod', namespace: 'kube-system', name: `${owner}-x`, owner, host_network: true });
    const own = async (...owners: string[]) => (await given.numbers(CAUSE, { 'raw.cluster_objects': owners.map(pod), 'work.evidence': [{ judged: 0 }] }))['own_kinds'];
    expect(await own('cilium', 'calico-node')).toBe(2);
    expect(await own('kube-proxy')).toBe(0);
  });

  it('calls a client silent that was never answered, or no more after three that it lost', async () => {
    const silent = async (...states: string[]) =>
      (await given.numbers(CAUSE, {
        'work.judged_transactions': states.map((state, i) => ({ transaction_id: i, client_id: 1, asked_ns: i, state, from_forwarder: false })),
        'work.evidence': [{ judged: 1 }],
      }))['silent_clients'];
    const lost = 'unanswered';
    expect(await silent(lost)).toBe(1);
    expect(await silent(lost, 'answered', lost, lost)).toBe(0);
    expect(await silent(lost, 'answered', lost, lost, lost)).toBe(1);
    expect(await silent('answered', 'unknown', 'unknown', 'unknown')).toBe(0);
  });

  it('does not rule a policy out by a client whose last queries were lost, few as they are', async () => {
    expect(await given.rule(CAUSE, { judged: 1, doubtful_clients: 1 })).toBe('nothing-seen');
    const doubtful = async (...states: string[]) =>
      (await given.numbers(CAUSE, {
        'work.judged_transactions': states.map((state, i) => ({ transaction_id: i, client_id: 1, asked_ns: i, state, from_forwarder: false })),
        'work.evidence': [{ judged: 1 }],
      }))['doubtful_clients'];
    expect(await doubtful('unanswered', 'answered')).toBe(0);
    expect(await doubtful('answered', 'unanswered')).toBe(1);
    expect(await doubtful('unanswered')).toBe(0);
    expect(await doubtful('answered', 'unanswered', 'unanswered', 'unanswered')).toBe(0);
  });

  it.each([
    ['the objects alone cut pods off', { cut_pods: 1 }, 'cut-off-in-objects'],
    ['a policy hit few queries', { hit_lost: 1 }, 'few-lost'],
    ['nobody else asked', { hit_lost: 3, not_reached: 3 }, 'never-reached'],
    ['pods that it selects were answered', { passed_pods: 1, cut_pods: 1 }, 'not-enforced'],
    ['nothing was asked and all is decided', { policies: 1, servers: 1, open_pods: 1 }, 'none-blocks'],
    ['something is not decided', { policies: 1, servers: 1, open_pods: 1, undecided_pods: 1 }, 'not-decided'],
    ['policies are there that are not read', { policies: 1, servers: 1, open_pods: 1, other_objects: 1 }, 'others-not-judged'],
    ['the plugin has others that nobody asked for', { policies: 1, servers: 1, open_pods: 1, own_kinds: 1 }, 'pods-not-seen'],
    ['a client that lost queries is no pod that is known', { policies: 1, servers: 1, open_pods: 1, judged: 1, silent_clients: 1, losers_not_open: 1 }, 'pods-not-seen'],
    ['every client was answered', { judged: 1 }, 'all-answered'],
    ['there is no policy', {}, 'nothing-seen'],
  ])('judges that %s', async (_, figures, rule) => {
    expect(await given.rule(CAUSE, figures)).toBe(rule);
  });
});
