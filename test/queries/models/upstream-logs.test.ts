import { describe, expect, it } from 'vitest';
import { Scene } from '../../support/scene.js';

const timeout = 'read udp 10.1.0.2:4->10.0.0.253:53: i/o timeout';
const failed = (...names: string[]) => {
  const scene = new Scene();
  for (const name of names) scene.failed(null, name, timeout, { reason: 'i/o timeout' });
  return scene;
};
const asked = (...names: string[]) => {
  const scene = new Scene();
  names.forEach((name, i) => scene.query(i, name, { rcode: 'NXDOMAIN' }));
  return scene;
};
const suffixes = async (scene: Scene) =>
  (await scene.ask('select suffix from work.foreign_suffixes order by 1', 'logs')).map((row) => row['suffix']);
const zones = async (scene: Scene) =>
  (await scene.ask('select zone from work.cluster_zones order by 1', 'logs')).map((row) => row['zone']);

describe('zones of the cluster', () => {
  it('are told from names that go on after them', async () => {
    expect(await zones(failed('db.shop.svc.cluster.local.lan'))).toEqual(['cluster.local']);
    const own = ['a.b.svc.k8s.corp.example', 'a.b.svc.k8s.corp.example.lan', 'a.b.svc.k8s.corp.example.office'];
    expect(await zones(failed(...own))).toEqual(['k8s.corp.example']);
    expect(await zones(failed('www.site.com'))).toEqual(['cluster.local']);
  });
});

describe("search suffixes that are none of the cluster's", () => {
  it('follow names of services, or several names that were asked for below the zone too', async () => {
    expect(await suffixes(failed('db.shop.svc.cluster.local.lan', 'db.shop.svc.cluster.local.svc.cluster.local'))).toEqual(['lan']);
    const walked = ['www.site.com', 'www.other.com'].flatMap((name) => [`${name}.svc.cluster.local`, `${name}.lan`]);
    expect(await suffixes(asked(...walked))).toEqual(['lan']);
  });

  it('are not what one name or short names happen to begin with', async () => {
    expect(await suffixes(asked('www.site.svc.cluster.local', 'www.site.com', 'api.svc.cluster.local', 'api.site.net'))).toEqual([]);
  });
});
