import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

const endpoint = (more: object) => ({
  source_id: 1,
  kind: 'Endpoints',
  namespace: 'infra',
  name: 'names',
  host_network: false,
  phase: 'not-ready',
  ...more,
});
const stories = async (...rows: object[]) =>
  (await given.rows('work.unready_services', { 'raw.cluster_objects': rows as never })).map(({ story }) => story);

describe('services without a ready server', () => {
  it('name three of their servers, and say that there are more', async () => {
    const four = ['a', 'b', 'c', 'd'].map((target, i) =>
      endpoint({ target, address: `10.0.0.${i}`, ports: '[{"port":53}]' }),
    );
    expect(await stories(...four)).toEqual([
      "infra/names has no ready server in kubectl's objects: a (10.0.0.0), b (10.0.0.1), c (10.0.0.2) and others are not ready",
    ]);
  });

  it('are told by the labels of any of the servers of DNS', async () => {
    const labelled = (app: string) => stories(endpoint({ labels: `{"k8s-app":"${app}"}` }));
    for (const app of ['kube-dns', 'coredns', 'node-local-dns', 'nodelocaldns']) expect(await labelled(app)).toHaveLength(1);
    expect(await labelled('kube-dns-autoscaler')).toEqual([]);
  });
});
