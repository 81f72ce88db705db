import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvConf } from '../../../src/cluster/resolv/resolv-conf.js';
import { readBytes } from '../../support/memory-sink.js';

const POD = `search default.svc.cluster.local svc.cluster.local cluster.local ap-northeast-2.compute.internal
nameserver 10.100.0.10
options ndots:5
`;

async function configs(text: string, path = 'resolv/app-a.conf') {
  const { rows, problems } = await readBytes(resolvConf, text, {}, path);
  return { configs: rows.resolver_configs ?? [], problems };
}

describe('a resolv.conf', () => {
  it("gives a pod's servers, search list and options", async () => {
    const { configs: found, problems } = await configs(POD);
    expect(problems).toEqual([]);
    expect(found).toEqual([
      {
        source_id: 1,
        line: 1,
        owner: 'app-a',
        namespace: null,
        origin: 'resolv.conf',
        nameservers: '["10.100.0.10"]',
        search:
          '["default.svc.cluster.local","svc.cluster.local","cluster.local","ap-northeast-2.compute.internal"]',
        ndots: 5,
        timeout_seconds: null,
        attempts: null,
        options: '["ndots:5"]',
        policy: null,
      },
    ]);
  });

  it('keeps duplicates and values as written, leaves comments out and takes the last search or domain line', async () => {
    const text = `# generated
nameserver 10.0.0.53
nameserver 10.0.0.53 # again
nameserver 2001:DB8:0::53 ; IPv6
search first.example
domain Second.Example.
search Example.COM corp.local example.com.
options rotate ndots:3 timeout:2
options ndots:99 attempts:4 single-request-reopen
sortlist 10.0.0.0/8
`;
    const [one] = (await configs(text)).configs;
    expect(one).toMatchObject({
      nameservers: '["10.0.0.53","10.0.0.53","2001:db8::53"]',
      search: '["example.com","corp.local","example.com"]',
      ndots: 99,
      timeout_seconds: 2,
      attempts: 4,
      options: '["rotate","ndots:3","timeout:2","ndots:99","attempts:4","single-request-reopen"]',
    });
  });

  it('says which value is none and keeps the rest', async () => {
    const { configs: found, problems } = await configs(
      'nameserver nowhere\noptions ndots:x edns0\nsearch .\n',
    );
    expect(found).toMatchObject([{ nameservers: '[]', ndots: null, search: '["."]' }]);
    expect(problems).toMatchObject([{ code: 'bad-resolver-value', count: 2, position: 'line 1' }]);
  });

  it('says so when there is nothing in it', async () => {
    const { configs: found, problems } = await configs('# nothing here\n');
    expect(found).toEqual([]);
    expect(problems).toMatchObject([{ code: 'empty-resolver-config' }]);
  });

  it('bounds a line of 1 MB', async () => {
    const { configs: found, problems } = await configs(
      `search ${'a.example '.repeat(100_000)}\nnameserver 10.0.0.1\n`,
    );
    expect(JSON.parse(found[0]!.search as string)).toHaveLength(256);
    expect(found).toMatchObject([{ nameservers: '["10.0.0.1"]' }]);
    expect(problems).toMatchObject([{ code: 'long-line' }]);
  });
});

describe('several resolv.conf in one input', () => {
  it.each([
    ['==> shop/app-a.conf <==', '==> other/app-b.conf <=='],
    [
      '$ kubectl exec app-a -- cat /etc/resolv.conf',
      '$ kubectl exec -it pod/app-b -c main -- cat /etc/resolv.conf',
    ],
    [
      '[root@host ~]# k exec app-a -- cat /etc/resolv.conf',
      '(Ted:N/A) [root@host koo]# k exec app-b -- cat /etc/resolv.conf',
    ],
    ['=== app-a ===', '=== app-b ==='],
    ['app-a', 'pod/app-b'],
  ])('are told apart by %s', async (first, second) => {
    const { configs: found, problems } = await configs(
      `${first}\n${POD}${second}\nnameserver 10.0.0.1\n`,
      '-',
    );
    expect(problems).toEqual([]);
    expect(found.map(({ owner, nameservers }) => [owner, nameservers])).toEqual([
      ['app-a', '["10.100.0.10"]'],
      ['app-b', '["10.0.0.1"]'],
    ]);
  });

  it('take the namespace from the command', async () => {
    const text = `$ kubectl -n shop exec deploy/cart -- cat /etc/resolv.conf\n${POD}`;
    expect((await configs(text, '-')).configs).toMatchObject([{ owner: 'cart', namespace: 'shop' }]);
  });
});

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));

describe('any resolv.conf', () => {
  it('is read back as it was written', async () => {
    const config = fc.record({
      servers: fc.array(fc.ipV4(), { minLength: 1, maxLength: 3 }),
      search: fc.array(domain, { minLength: 1, maxLength: 6 }),
      ndots: fc.option(fc.nat(15)),
    });
    await fc.assert(
      fc.asyncProperty(config, async ({ servers, search, ndots }) => {
        const lines = [...servers.map((server) => `nameserver ${server}`), `search ${search.join(' ')}`];
        if (ndots !== null) lines.push(`options ndots:${ndots}`);
        const text = `${lines.join('\n')}\n`;
        expect(resolvConf.sniff(Buffer.from(text), 'x')).toBeGreaterThan(0.9);
        const [row] = (await configs(text)).configs;
        expect(row).toMatchObject({
          nameservers: JSON.stringify(servers),
          search: JSON.stringify(search),
          ndots,
        });
      }),
    );
  });
});

describe('telling a resolv.conf', () => {
  it.each([
    '[INFO] 10.0.0.1:53 - 1 "A IN a. udp 20 false 512" NOERROR qr 40 0.1s\n',
    '.:53 {\n    errors\n}\n',
    '{"a": 1}\n',
    '',
  ])('gives nothing to %j', (text) => expect(resolvConf.sniff(Buffer.from(text), 'x')).toBe(0));
});
