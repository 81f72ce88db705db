import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/packs/load.js';
import { rowsOf } from '../../src/packs/rows.js';
import { GivenTables } from '../support/given.js';
import { Incident } from '../support/incident.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const SOURCES = [{ source_id: 1, path: 'evidence' }];
const CLIENT = { client: '10.0.0.1', pod: 'app-a-1', namespace: 'shop', workload: 'app-a', is_forwarder: false };
const config = (more: object = {}) => ({
  source_id: 1,
  line: 1,
  owner: 'app-a',
  search: '["shop.svc.cluster.local","svc.cluster.local","cluster.local"]',
  nameservers: '["10.96.0.10"]',
  options: '[]',
  ndots: 1,
  ...more,
});
const walk = { client: '10.0.0.1', name: 'google.com', steps: 4, queries: 8, wasted_queries: 6 };

describe('config/resolver', () => {
  const findings = async (more: object, rows: object = {}) => {
    const found = await given.ask('config/resolver', {
      sources: SOURCES,
      clients: [CLIENT],
      resolver_configs: [config(more)],
      ...rows,
    });
    return found.map(({ finding }) => finding);
  };

  it('has nothing against a short list with ndots:1', async () => {
    expect(await findings({}, { lookups: [walk, walk] })).toEqual([]);
  });

  it('takes ten wasted queries to hold ndots against a list', async () => {
    const found = async (wasted_queries: number) => (await findings({ ndots: 5 }, { lookups: [{ ...walk, wasted_queries }] })).length;
    expect([await found(9), await found(10)]).toEqual([0, 1]);
  });

  it('shows ndots:5 with external names that walked, and what they cost', async () => {
    const rows = await given.ask('config/resolver', {
      sources: SOURCES,
      clients: [CLIENT],
      resolver_configs: [config({ ndots: 5 })],
      lookups: [walk, walk],
    });
    expect(rows).toMatchObject([
      {
        owner: 'app-a',
        finding: 'ndots:5 makes names with dots walk the search list',
        detail: '12 of 16 queries of 2 lookups brought nothing',
      },
    ]);
  });

  it('does not show ndots:5 without walks, or with those of another pod', async () => {
    expect(await findings({ ndots: 5 })).toEqual([]);
    expect(await findings({ ndots: 5, owner: 'app-b' }, { lookups: [walk, walk] })).toEqual([]);
  });

  const domains = (count: number) => JSON.stringify(Array.from({ length: count }, (_, i) => `d${i}.example`));
  it.each([
    [6, []],
    [7, ['more than 6 search domains']],
    [33, ['more than 32 search domains', 'search list longer than 255 characters']],
  ])('judges a search list of %i domains', async (count, expected) => {
    expect(await findings({ search: domains(count) })).toEqual(expected);
  });

  it.each([
    [255, []],
    [256, [{ finding: 'search list longer than 255 characters', detail: expect.stringMatching(/^256 characters/) }]],
  ])('judges a search list of %i characters, the blanks between counted', async (characters, expected) => {
    const search = ['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(60), 'd'.repeat(characters - 183)];
    expect(search.join(' ')).toHaveLength(characters);
    const rows = await given.ask('config/resolver', {
      sources: SOURCES,
      resolver_configs: [config({ search: JSON.stringify(search) })],
    });
    expect(rows).toMatchObject(expected);
    expect(rows).toHaveLength(expected.length);
  });

  it('shows values over their caps as the file has them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dnslens-config-'));
    const path = join(folder, 'app-a.conf');
    writeFileSync(path, 'nameserver 10.96.0.10\nsearch a.example\noptions ndots:20 timeout:60 attempts:9\n');
    const evidence = await Incident.read(path);
    const rows = await rowsOf(evidence.database, loadCatalog(), 'config/resolver', {});
    expect(rows.map(({ finding, detail }) => [finding, (detail as string).split(';')[0]])).toEqual([
      ['attempts over its cap', 'attempts:9'],
      ['ndots over its cap', 'ndots:20'],
      ['timeout over its cap', 'timeout:60'],
    ]);
    evidence.close();
    rmSync(folder, { recursive: true });
  });

  it('takes a configuration for that of its owner alone, whose name is no pattern', async () => {
    const clients = [{ ...CLIENT, pod: 'appXa-1' }];
    expect(await findings({ ndots: 5, owner: 'app_a' }, { clients, lookups: [walk, walk] })).toEqual([]);
  });

  it.each([
    [{ nameservers: '["10.0.0.1","10.0.0.2","10.0.0.3","10.0.0.4"]' }, 'more than 3 nameservers'],
    [{ ndots: 16 }, 'ndots over its cap'],
    [{ timeout_seconds: 60 }, 'timeout over its cap'],
    [{ attempts: 9 }, 'attempts over its cap'],
  ])('shows %j', async (more, finding) => {
    expect(await findings(more)).toEqual([finding]);
  });

  it.each([
    ['single-request', 'musl', ['single-request has no effect in musl']],
    ['single-request-reopen', 'musl', ['single-request-reopen has no effect in musl']],
    ['use-vc', 'musl', ['use-vc has no effect in musl']],
    ['single-request', 'glibc', []],
  ])('judges the option %s for %s', async (option, resolver, expected) => {
    const clients = [{ ...CLIENT, resolver }];
    expect(await findings({ options: `["ndots:5","${option}"]` }, { clients })).toEqual(expected);
  });
});

describe('config/corefile', () => {
  const plugin = (name: string, args: string[] = [], options: string[][] = []) => ({
    source_id: 1,
    origin: 'Corefile',
    block: 0,
    zones: '["."]',
    port: 53,
    plugin: name,
    arguments: JSON.stringify(args),
    options: JSON.stringify(options),
  });
  const WHOLE = [
    plugin('errors'),
    plugin('log'),
    plugin('cache', ['30']),
    plugin('loop'),
    plugin('forward', ['.', '/etc/resolv.conf'], [['max_concurrent', '1000']]),
  ];
  const findings = async (corefiles: ReturnType<typeof plugin>[], lookups: object[] = []) => {
    const rows = await given.ask('config/corefile', {
      sources: SOURCES,
      corefiles,
      lookups: lookups as Record<string, string | number>[],
    });
    return rows.map(({ finding }) => finding);
  };

  it('has nothing against one with all of them', async () => {
    expect(await findings(WHOLE)).toEqual([]);
  });

  it.each([
    ['cache', 'no cache'],
    ['loop', 'loop plugin missing'],
    ['log', 'log off'],
    ['errors', 'errors off'],
  ])('shows that %s is missing', async (name, finding) => {
    expect(await findings(WHOLE.filter((row) => row.plugin !== name))).toEqual([finding]);
  });

  it('shows a single upstream without a bound on concurrent queries', async () => {
    const forward = plugin('forward', ['.', '10.9.9.9']);
    expect(await findings([...WHOLE.slice(0, 4), forward])).toEqual([
      'forwards to a single upstream',
      'no max_concurrent',
    ]);
  });

  it('does not show them of NodeLocal, which has one upstream by design', async () => {
    const forward = plugin('forward', ['.', '10.96.0.10'], [['force_tcp']]);
    expect(await findings([...WHOLE.slice(0, 4), plugin('bind', ['169.254.20.10']), forward])).toEqual([]);
  });

  it('shows autopath off only where walks waste many queries', async () => {
    const kubernetes = [...WHOLE, plugin('kubernetes', ['cluster.local'])];
    expect(await findings(kubernetes, [walk])).toEqual([]);
    expect(await findings(kubernetes, [{ ...walk, wasted_queries: 500 }])).toEqual(['autopath off']);
  });
});

describe('config/nodelocal', () => {
  const SERVERS = [
    { server: '10.96.0.10', role: 'service' },
    { server: '169.254.20.10', role: 'nodelocal' },
  ];
  const asked = (client: string, server: string) => ({ client, server, from_forwarder: false });

  it('shows the client that asks the service past NodeLocal, and no other', async () => {
    const rows = await given.ask('config/nodelocal', {
      servers: SERVERS,
      clients: [CLIENT],
      transactions: [asked('10.0.0.1', '10.96.0.10'), asked('10.0.0.2', '169.254.20.10')],
    });
    expect(rows).toMatchObject([
      { client: '10.0.0.1', workload: 'app-a', queries: 1, to_nodelocal: 0, nodelocal: '169.254.20.10' },
    ]);
  });

  it('shows none where there is no NodeLocal', async () => {
    const transactions = [asked('10.0.0.1', '10.96.0.10')];
    expect(await given.ask('config/nodelocal', { servers: SERVERS.slice(0, 1), transactions })).toEqual([]);
  });

  it('shows none where NodeLocal owns the service’s address', async () => {
    const rows = await given.ask('config/nodelocal', {
      servers: [{ server: '10.96.0.10', role: 'nodelocal' }],
      transactions: [asked('10.0.0.1', '10.96.0.10')],
    });
    expect(rows).toEqual([]);
  });

  it('knows a NodeLocal that nobody asks by its Corefile', async () => {
    const rows = await given.ask('config/nodelocal', {
      servers: SERVERS.slice(0, 1),
      corefiles: [{ source_id: 1, plugin: 'bind', arguments: '["169.254.20.10"]' }],
      transactions: [asked('10.0.0.1', '10.96.0.10')],
    });
    expect(rows).toMatchObject([{ client: '10.0.0.1', nodelocal: '169.254.20.10' }]);
  });
});

describe('config/search-lists', () => {
  it('tells clients whose lists differ first, and leaves servers out', async () => {
    const rows = await given.ask('config/search-lists', {
      clients: [
        { ...CLIENT, configured_search_list: ['a', 'b'], observed_search_list: ['a', 'b'] },
        { ...CLIENT, client: '10.0.0.2', configured_search_list: ['a'], observed_search_list: ['b'] },
        { ...CLIENT, client: '10.0.0.3', observed_search_list: ['b'] },
        { ...CLIENT, client: '10.0.0.4', is_forwarder: true },
      ],
    });
    expect(rows.map(({ client, agreement }) => [client, agreement])).toEqual([
      ['10.0.0.2', 'differ'],
      ['10.0.0.1', 'same'],
      ['10.0.0.3', 'observed only'],
    ]);
  });
});
