import { describe, expect, it } from 'vitest';
import { OTHER, Scene } from '../../support/scene.js';
import { at } from '../../support/wire.js';

/** The node that counted in each scene, or did not. */
const counted = (scene: Scene, node: string | null) =>
  scene.evidence('counters', 'sources', {
    source_id: 21,
    path: 'conntrack.log',
    kind: 'conntrack-S',
    is_capture: false,
    sha256: '21',
    content_sha256: '21',
    content_bytes: 1,
    rotation_set: 'conntrack.log',
    rotation_place: 0,
    time_base: 'date',
    bytes: 0,
    rows: 1,
    problems: 0,
    complete: true,
    ingested_at: at(0),
    label: node,
  });

const pod = (scene: Scene, address: string, node: string) =>
  scene.evidence('cluster', 'cluster_objects', {
    source_id: 31,
    kind: 'Pod',
    namespace: 'default',
    name: `pod-${node}`,
    address,
    role: 'pod',
    node,
    host_network: false,
  });

const EVIDENCE = ['node', 'counters', 'cluster'] as const;
/** A pair that loses its AAAA half at a second, among lookups that went well. */
const lostAt = (second: number) =>
  new Scene().healthy(0, 60).pair(second, 'hit.example.com', { aaaa: { lost: 'query' } });

describe('conntrack intervals', () => {
  const INTERVALS = 'select node, insert_failed, "drop", invalid, pairs from conntrack_intervals order by to_time';

  it('sum the counters over all CPUs, and have the pairs asked meanwhile', async () => {
    const scene = lostAt(10.1).counters([10, {}], [11, { insert_failed: 2, drop: 1 }]);
    const row = { source_id: 21, line: 9, cpu: 1, early_drop: 0 };
    scene.evidence('counters', 'conntrack_counters', { ...row, sample: 0, time: at(10), drop: 5 });
    scene.evidence('counters', 'conntrack_counters', { ...row, sample: 1, time: at(11), drop: 8 });
    expect(await scene.ask(INTERVALS, ...EVIDENCE)).toEqual([
      { node: null, insert_failed: 2, drop: 4, invalid: null, pairs: 3 },
    ]);
  });

  it("count the pairs of their own node's clients where nodes are known", async () => {
    const scene = counted(lostAt(10.1).counters([10, {}], [11, {}]), 'node-b');
    pod(pod(scene, '10.0.0.1', 'node-a'), OTHER, 'node-b');
    expect(await scene.ask(INTERVALS, ...EVIDENCE)).toMatchObject([{ node: 'node-b', pairs: 1 }]);
  });
});

describe('conntrack losses', () => {
  const LOSSES = 'select from_time, loss from conntrack_losses order by asked_at, loss';
  const from = (second: number) => ({ from_time: new Date(Date.UTC(2026, 0, 1, 0, 0, second)) });

  it('are the query that never reached a server and the pair that lost a half, in their interval', async () => {
    const scene = lostAt(10.1).counters([10, {}], [11, { drop: 1 }], [12, { drop: 1 }]);
    expect(await scene.ask(LOSSES, ...EVIDENCE)).toMatchObject([
      { ...from(10), loss: 'half' },
      { ...from(10), loss: 'query' },
    ]);
  });

  it('count in the interval before, where that one dropped and its whole seconds allow it', async () => {
    const scene = lostAt(11.1).counters([10, {}], [11, { drop: 1 }], [12, { drop: 1 }], [13, { drop: 1 }]);
    expect(await scene.ask(LOSSES, ...EVIDENCE)).toMatchObject([from(10), from(10)]);
  });

  it('count in no interval of another node, where nodes are known', async () => {
    const scene = counted(lostAt(10.1).counters([10, {}], [11, { drop: 1 }]), 'node-b');
    pod(pod(scene, '10.0.0.1', 'node-a'), OTHER, 'node-b');
    expect(await scene.ask(LOSSES, ...EVIDENCE)).toEqual([]);
    expect(await scene.ask(LOSSES, 'node', 'counters')).toHaveLength(2);
  });

  it('are no queries that reached a server', async () => {
    const scene = new Scene().healthy(0, 60).counters([0, {}], [60, { drop: 3 }]);
    scene.query(10, 'deaf.example.com', { lost: 'server' }).query(11, 'late.example.com', { lost: 'reply' });
    expect(await scene.ask(LOSSES, ...EVIDENCE)).toEqual([]);
  });
});
