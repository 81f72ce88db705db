import { describe, expect, it } from 'vitest';
import { wellNamed } from '../../src/collect/objects.js';
import { kubeadm, pod } from './cluster.js';

describe('objects', () => {
  it('are taken with the names that Kubernetes gives', () => {
    const { pods, nodes, services } = kubeadm();
    expect([wellNamed(pods), wellNamed(nodes), wellNamed(services)]).toEqual([pods, nodes, services]);
  });

  it.each([
    pod('shop', '../../x', 'n1'),
    pod('shop', '--kubeconfig', 'n1'),
    pod('../x', 'web', 'n1'),
    pod('shop', 'web', '../x'),
    pod('shop', 'a\nb', 'n1'),
    { metadata: {} },
    {},
  ])('of other names are left out: %j', (one) => {
    expect(wellNamed([one])).toEqual([]);
  });
});
