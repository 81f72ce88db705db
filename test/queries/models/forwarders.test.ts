import { describe, expect, it } from 'vitest';
import { CACHE, Scene, SERVERS, SERVICE } from '../../support/scene.js';

const NODE = '192.168.0.5';
/** A service address that the cache on the node has taken over. */
const TAKEN_OVER = '10.96.0.53';

/** What of these addresses asks for others. */
const forwarders = async (scene: Scene, ...clients: string[]) => {
  const rows = await scene.ask('select client from clients where is_forwarder', 'node');
  return rows.map(({ client }) => client as string).filter((client) => clients.includes(client));
};

/** Pods that ask for one name again and again, `apart` seconds one after another, each of its own server, and get no answer. */
function silence(asking: Readonly<Record<string, string>>, apart = 1.3): Scene {
  const scene = new Scene().healthy(0, 60);
  Object.entries(asking).forEach(([client, to], pod) => {
    for (let i = 0; i < 10; i++) {
      scene.query(2 + i * 5 + pod * apart, 'api.example.net', { to, lost: 'query' }, { client });
    }
  });
  return scene;
}

/** Pods that ask a cache at `address`, which asks the service from the node's address for each. */
function cached(address: string): Scene {
  const scene = new Scene().healthy(0, 10);
  for (let i = 0; i < 10; i++) {
    const name = `name${i}.example.net`;
    scene.query(20 + i, name, { to: address, after: 0.004 }, { client: `10.0.0.${10 + (i % 3)}` });
    scene.query(20.0005 + i, name, { after: 0.003 }, { client: NODE });
  }
  return scene;
}

describe('forwarders', () => {
  it('are not pods that wait for one name at the same server', async () => {
    const pods = { '10.0.0.21': SERVICE, '10.0.0.22': SERVICE, '10.0.0.23': SERVICE };
    expect(await forwarders(silence(pods), ...Object.keys(pods))).toEqual([]);
  });

  it('are not pods that ask the same server for one name at once', async () => {
    const pods = { '10.0.0.21': SERVICE, '10.0.0.22': SERVICE, '10.0.0.23': SERVICE };
    expect(await forwarders(silence(pods, 0.02), ...Object.keys(pods))).toEqual([]);
  });

  it('are not pods that wait for one name at two servers', async () => {
    const pods = { '10.0.0.21': CACHE, '10.0.0.22': CACHE, '10.0.0.23': SERVICE };
    expect(await forwarders(silence(pods), ...Object.keys(pods))).toEqual([]);
  });

  it('are a cache on the node that asks the service for what its clients wait for', async () => {
    expect(await forwarders(cached(CACHE), NODE, '10.0.0.10')).toEqual([NODE]);
  });

  it('are a cache that has taken a service address over and asks the servers by another', async () => {
    expect(await forwarders(cached(TAKEN_OVER), NODE, '10.0.0.10')).toEqual([NODE]);
  });

  it('are a server behind the service that answers nobody while it tries its upstream again', async () => {
    const scene = new Scene();
    for (let i = 0; i < 10; i++) {
      scene.query(1 + i * 6, 'well.example.com', { server: 1 });
      scene.query(2 + i * 6, `far${i}.example.net`, { server: 0, lost: 'server' });
      for (const later of [0.001, 2.001, 4.001]) scene.forward(2 + i * 6 + later, `far${i}.example.net`, {});
    }
    expect(await forwarders(scene, SERVERS[0])).toEqual([SERVERS[0]]);
  });

  it('are not a pod that asks the service past the cache', async () => {
    const scene = cached(CACHE);
    for (let i = 0; i < 10; i++) {
      scene.query(20.7 + i, `name${i}.example.net`, { after: 0.003 }, { client: '10.0.0.20' });
    }
    expect(await forwarders(scene, NODE, '10.0.0.20')).toEqual([NODE]);
  });
});
