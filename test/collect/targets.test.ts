import { describe, expect, it } from 'vitest';
import { findDns } from '../../src/collect/dns-service.js';
import { MOST_NODES } from '../../src/collect/limits.js';
import { chooseTargets, type Wanted } from '../../src/collect/targets.js';
import { kubeadm } from './cluster.js';

const NOTHING: Wanted = { pods: [], workloads: [], nodes: [], inside: false, through: null };

function chosen(wanted: Partial<Wanted>, objects = kubeadm()) {
  return chooseTargets({ ...NOTHING, ...wanted }, objects, findDns(objects));
}

describe('what is looked at', () => {
  it("without a name are the servers' nodes first, then the others, and a pod of each workload", () => {
    const { nodes, pods } = chosen({});
    expect(nodes).toEqual(['n1', 'n2', 'n3']);
    expect(pods.map(({ metadata }) => metadata.name)).toEqual(['web-6d4cf56db6-aaaaa']);
  });

  it("of a workload are its pods' nodes and the servers'", () => {
    expect(chosen({ workloads: ['shop/web'] }).nodes).toEqual(['n3', 'n1', 'n2']);
  });

  it('of a pod and a node are those', () => {
    const { nodes, pods } = chosen({ pods: ['shop/web-6d4cf56db6-bbbbb'], nodes: ['n2'] });
    expect(nodes).toEqual(['n2', 'n3', 'n1']);
    expect(pods.map(({ metadata }) => metadata.name)).toEqual(['web-6d4cf56db6-bbbbb']);
  });

  it('are captured inside of only where that was asked for, and of pods that were named', () => {
    expect(chosen({ workloads: ['shop/web'] }).inside).toEqual([]);
    const { inside } = chosen({ workloads: ['shop/web'], inside: true });
    expect(inside.map(({ metadata }) => metadata.name)).toContain('web-6d4cf56db6-aaaaa');
    expect(() => chosen({ inside: true })).toThrow('--in-pod captures inside of the pods of');
  });

  it('are not more nodes than are allowed, and it says so', () => {
    const objects = kubeadm();
    for (let i = 4; i <= MOST_NODES + 2; i++) objects.nodes.push({ metadata: { name: `n${i}` } });
    const { nodes, notes } = chosen({}, objects);
    expect(nodes).toHaveLength(MOST_NODES);
    expect(notes).toEqual([expect.stringContaining(`2 of ${MOST_NODES + 2} nodes are left out`)]);
  });

  it.each([
    [{ pods: ['shop/gone'] }, 'there is no pod shop/gone'],
    [{ workloads: ['web'] }, 'no pod of a workload default/web'],
    [{ nodes: ['n9; rm -rf /'] }, 'there is no node n9; rm -rf /'],
    [{ pods: ['a/b/c'] }, '--pod a/b/c must be NAMESPACE/NAME'],
  ])('is refused where the cluster does not have it: %j', (wanted, sentence) => {
    expect(() => chosen(wanted)).toThrow(sentence);
  });
});
