import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/cluster/collection/manifest.js';
import { pod } from '../collect/cluster.js';
import { collected, filesIn, manifestIn } from '../collect/collected.js';
import { FakeKubectl } from '../collect/fake-kubectl.js';
import { dnslens, temporaryFolder } from '../support/cli.js';

const FILES = [
  'cluster/configmap-coredns.json',
  'cluster/endpointslices-end.json',
  'cluster/events.json',
  'cluster/networkpolicies.json',
  'cluster/networkpolicies-end.json',
  'cluster/endpointslices.json',
  'cluster/nodes.json',
  'cluster/pods-end.json',
  'cluster/pods.json',
  'cluster/services.json',
  'logs/kube-dns.log',
  ...['a', 'b'].flatMap((name) => [`metrics/coredns-${name}-begin.txt`, `metrics/coredns-${name}-end.txt`]),
  ...['n1', 'n2', 'n3'].flatMap((node) =>
    [
      `conntrack-${node}.log`,
      `${node}.pcap`,
      `interfaces-${node}.txt`,
      `network-counters-${node}.txt`,
      `resolv-${node}.conf`,
      'tcpdump.txt',
    ].map((file) => `nodes/${node}/${file}`),
  ),
  'pods/shop_web-6d4cf56db6-aaaaa.conf',
];

const FAKE_AWS = `#!/usr/bin/env bash
case "$*" in
  'ec2 describe-instances '*) echo '{"VpcId": "vpc-0123456789abcdef0"}' ;;
  'route53 list-hosted-zones-by-vpc --vpc-id vpc-0123456789abcdef0 --vpc-region eu-west-1 '*) echo '{"HostedZoneSummaries": [{"HostedZoneId": "Z0AB", "Name": "corp.example."}]}' ;;
  'route53 list-resource-record-sets --hosted-zone-id Z0AB '*)
    echo '{"ResourceRecordSets": [{"Name": "db.corp.example.", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "10.1.2.3"}]}]}' ;;
  route53resolver*) echo '{"ResolverQueryLogConfigs": []}' ;;
  *) echo "no: $*" >&2; exit 254 ;;
esac
`;

describe('dnslens collect', () => {
  it('gathers everything into a folder that dnslens reads, and deletes the pods that it made', () => {
    const kubectl = new FakeKubectl();
    const { code, stdout, stderr, folder, cwd } = collected(kubectl);
    expect([code, stdout]).toEqual([0, 'dnslens out\n']);
    expect(stderr).not.toContain('not gathered');
    expect(filesIn(folder)).toEqual([...FILES, 'manifest.json'].sort());
    const manifest = manifestIn(folder);
    expect(manifest).toMatchObject({ service: 'kube-system/kube-dns', missing: [], interrupted: false });
    expect(manifest.clocks).toHaveLength(3);
    const made = readFileSync(join(kubectl.folder, 'made'), 'utf8').match(/dnslens-[0-9a-f]{8}-\d/g)!;
    expect(kubectl.calls().at(-1)).toBe(
      `delete pod -n kube-system ${made.toSorted().join(' ')} --ignore-not-found --grace-period=0 --timeout=30s`,
    );
    expect(dnslens(['ingest', 'out'], { cwd }).code).toBe(0);
    const sql =
      "select kind, label from sources where kind in ('pcap', 'conntrack-count') order by kind, label";
    const { stdout: sources } = dnslens(['sql', sql, '--json'], { cwd });
    expect(JSON.parse(sources)).toEqual(
      ['conntrack-count', 'pcap'].flatMap((kind) => ['n1', 'n2', 'n3'].map((label) => ({ kind, label }))),
    );
  });

  it("with --watch follows the servers' logs too, and leaves the same evidence", () => {
    const kubectl = new FakeKubectl();
    const { code, stdout, folder } = collected(kubectl, ['--watch', '--json']);
    expect(code).toBe(0);
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('cause');
    expect(filesIn(folder)).toEqual([...FILES, 'manifest.json'].sort());
    expect(kubectl.calls().filter((call) => call.endsWith(' -f'))).toEqual([
      expect.stringMatching(/^logs -n kube-system -l k8s-app=kube-dns .* --since-time=\S+ -f$/),
    ]);
    const { gathered, listened, ended, missing } = manifestIn(folder);
    expect([missing, gathered.filter(({ failed }) => failed !== null)]).toEqual([[], []]);
    expect(Date.parse(listened!)).toBeLessThanOrEqual(Date.parse(ended!));
    const logs = gathered.filter(({ file }) => file === 'logs/kube-dns.log');
    expect(logs.map(({ what }) => what)).toEqual(['logs of kube-system/kube-dns']);
  });

  it('as a script gives the same files', () => {
    const kubectl = new FakeKubectl();
    const { stdout, folder, cwd } = collected(kubectl, ['--dry-run']);
    expect(existsSync(folder)).toBe(false);
    expect(kubectl.calls().filter((call) => !call.startsWith('get '))).toEqual([]);
    const TMPDIR = temporaryFolder();
    execFileSync('bash', ['-c', stdout], {
      cwd,
      env: { PATH: kubectl.path, FAKE_DROPS: '7', TMPDIR },
      stdio: 'ignore',
    });
    expect(readdirSync(TMPDIR)).toEqual([]);
    expect(filesIn(folder)).toEqual([...FILES, 'manifest.json'].sort());
    const { gathered, clocks, missing } = manifestIn(folder);
    const other = manifestIn(collected(new FakeKubectl(), [], { FAKE_DROPS: '7' }).folder);
    const files = (all: Manifest['gathered']) =>
      all.map(({ file, label, failed }) => [file, label, failed]).sort();
    expect(files(gathered)).toEqual(files(other.gathered));
    expect(clocks).toHaveLength(3);
    expect(other.missing).toContain(
      'packets on node n1: the kernel dropped 7 packets before tcpdump took them',
    );
    expect(missing).toHaveLength(other.missing.length);
    expect(kubectl.calls().at(-1)).toMatch(
      /^delete pod -n kube-system dnslens-\S+-1 dnslens-\S+-2 dnslens-\S+-3 /,
    );
  });

  it.each([
    [
      'create -f',
      /^packets on node n1, conntrack counters on node n1, .*: a pod could not be made there: \(Forbidden\): not allowed$/,
    ],
    ['wait -n', /^packets on node n1, .*: the pod there did not start: \(Forbidden\): not allowed$/],
    ['tcpdump', /^packets on node n1: \(Forbidden\): not allowed$/],
    ['logs -n kube-system', /^logs of kube-system\/kube-dns: \(Forbidden\): not allowed$/],
    ['get endpointslices', /^endpointslices of the cluster: \(Forbidden\): not allowed$/],
  ])('that may not run "%s" says so and goes on without', (forbidden, sentence) => {
    const kubectl = new FakeKubectl();
    const { code, stderr, folder } = collected(kubectl, ['--node', 'n1'], { FAKE_FORBIDS: forbidden });
    expect(code).toBe(0);
    const { missing } = manifestIn(folder);
    expect(missing).toContainEqual(expect.stringMatching(sentence));
    expect(stderr).toContain(`not gathered: ${missing[0]}`);
    expect(filesIn(folder)).toEqual(
      expect.arrayContaining(['cluster/pods-end.json', 'metrics/coredns-b-end.txt']),
    );
    expect(kubectl.calls().at(-1)).toMatch(/^delete pod /);
  });

  it('told so looks inside of pods, turns the log on, asks AWS, packs all of it, and takes back what it made', () => {
    const kubectl = new FakeKubectl();
    const corefile = '.:53 {\n    forward . 1.1.1.1\n    reload\n}\n';
    kubectl.corefile(corefile);
    kubectl.nodeOf('aws:///eu-west-1a/i-0123456789abcdef0');
    kubectl.beside('aws', FAKE_AWS);
    const { code, stdout, stderr, cwd, folder } = collected(
      kubectl,
      ['--workload', 'shop/web', '--in-pod', '--enable-log', '--aws', '--archive'],
      { FAKE_AHEAD: '30' },
    );
    expect([code, stdout, existsSync(folder)]).toEqual([0, 'dnslens out.tar.zst\n', false]);
    expect(stderr).not.toContain('not gathered');
    expect(stderr).toMatch(
      /the servers log no queries \(plugin log is off\): it is turned on in their ConfigMap/,
    );
    expect(stderr).toMatch(/^\+ kubectl debug -n shop web-6d4cf56db6-aaaaa --image=/m);
    const values = readFileSync(join(kubectl.folder, 'patches'), 'utf8')
      .trim()
      .split('\n')
      .map((patch) => (JSON.parse(patch) as { value: string }[])[1]!.value);
    expect(values).toEqual([corefile.replace('{\n', '{\n    log\n'), corefile]);
    const killed = kubectl.calls().filter((call) => call.endsWith(' kill 1'));
    expect(killed).toHaveLength(2);
    expect(dnslens(['ingest', 'out.tar.zst'], { cwd }).code).toBe(0);
    const sql =
      "select kind, label, round(clock_ahead_seconds)::integer as ahead from sources where kind in ('pcap', 'route53') order by all";
    expect(JSON.parse(dnslens(['sql', sql, '--json'], { cwd }).stdout)).toEqual([
      ...['n1', 'n2', 'n3', 'web-6d4cf56db6-aaaaa', 'web-6d4cf56db6-bbbbb'].map((label) => ({
        kind: 'pcap',
        label,
        ahead: 30,
      })),
      { kind: 'route53', label: null, ahead: null },
    ]);
  });

  it('uses pods that are there, and makes and deletes none', () => {
    const kubectl = new FakeKubectl();
    const tools = pod('debug', 'tools-x7k2p', 'n1', {
      ownerReferences: [{ kind: 'DaemonSet', name: 'tools' }],
    });
    kubectl.add('pods', { ...tools, spec: { ...tools.spec, hostNetwork: true } });
    const { code, stderr, folder } = collected(kubectl, ['--through', 'debug/tools', '--node', 'n1']);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('debug/tools has no pod on the network of n2'),
    ]);
    expect(filesIn(folder)).toContain('nodes/n1/n1.pcap');
    expect(kubectl.calls().filter((call) => /^(?:create|delete|debug) /.test(call))).toEqual([]);
  });

  it('that cannot see the cluster says why, exits with 2 and leaves nothing', () => {
    const { code, stderr, folder } = collected(new FakeKubectl(), [], { FAKE_FORBIDS: 'get ' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/dnslens: the cluster cannot be seen: .*: \(Forbidden\): not allowed\n$/);
    expect(existsSync(folder)).toBe(false);
  });

  it('without kubectl says that', () => {
    const { stderr } = dnslens(['collect', '--yes', '--out', 'out'], {
      cwd: temporaryFolder(),
      env: { PATH: '/nowhere' },
    });
    expect(stderr).toMatch(/the cluster cannot be seen: .*: there is no kubectl on the PATH\n$/);
  });

  it('asks before it makes pods', () => {
    const kubectl = new FakeKubectl();
    const { code, stderr } = dnslens(['collect', '--out', 'out'], {
      cwd: temporaryFolder(),
      env: { PATH: kubectl.path },
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/asks before it makes anything; --yes agrees/)]);
    expect(kubectl.calls().filter((call) => !call.startsWith('get '))).toEqual([]);
  });

  it.each([
    [['--for', '2h'], /--for 2h must be a time from 1s to 60m/],
    [['--out', '.'], /--out \. is not empty/],
  ])('refuses %j', (args, sentence) => {
    const kubectl = new FakeKubectl();
    const ran = dnslens(['collect', '--yes', ...args], { cwd: kubectl.folder, env: { PATH: kubectl.path } });
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringMatching(sentence)]);
  });
});
