import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/base/address.js';
import { KEPT_LABELS } from '../../src/redact/kept-labels.js';
import { dnslens } from '../support/cli.js';
import { calls, evidence, pods } from '../support/incident.js';

const OUTPUT = join(import.meta.dirname, 'output');
const INCIDENTS = ['race-loss-1', 'seed-walkthrough-1'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-explain-'));
  for (const name of INCIDENTS) dnslens(['ingest', ...evidence(name).toSorted()], { env: database(name) });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const database = (name: string) => ({ DNSLENS_DB: join(folder, `${name}.duckdb`) });

function run(incident: string, ...args: string[]) {
  return dnslens(args, { env: database(incident) });
}

interface Told {
  subject: { lookup_id: number; name: string; seconds: number; steps: number; cause: string | null };
  blame: { reason: string } | null;
  events: { kind: string; legs?: object[] }[];
  other_count: number;
}

function story(incident: string, ...args: string[]): Told {
  return JSON.parse(run(incident, 'explain', ...args, '--json').stdout) as Told;
}

describe('dnslens explain', () => {
  it.each([
    ['seed-walkthrough-1', 'tetris.default'],
    ['race-loss-1', 'hooks.slack.com'],
  ])('tells %s as text', async (incident, name) => {
    const { stdout } = run(incident, 'explain', name);
    await expect(stdout).toMatchFileSnapshot(join(OUTPUT, `explain-${incident}.txt`));
  });

  it("writes a lookup's frames beside, and says how Wireshark finds them", () => {
    const file = join(folder, 'slack.pcapng');
    const { code, stdout, stderr } = run('race-loss-1', 'explain', 'hooks.slack.com', '--pcap', file);
    expect([code, stdout.split(':')[0]]).toEqual([0, 'Lookup 822']);
    expect(stderr).toMatch(
      /slack\.pcapng: \d+ frames; in the captures themselves Wireshark finds them by: dns\.id in \{0x/,
    );
    expect(readFileSync(file).subarray(0, 4).toString('hex')).toBe('0a0d0d0a');
    const more: [string, ...string[]][] = [
      ['is there already', 'hooks.slack.com'],
      ['conntrack-race is a cause', 'conntrack-race'],
    ];
    for (const [why, ...words] of more) {
      const refused = run('race-loss-1', 'explain', ...words, '--pcap', file);
      expect([refused.code, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).toContain(why);
    }
  });

  it("writes a lookup's frames with the pseudonyms of the redacted report, and no name or address of theirs", () => {
    const file = join(folder, 'redacted.pcapng');
    const { code, stdout, stderr } = run(
      'race-loss-1',
      'explain',
      'hooks.slack.com',
      '--json',
      '--redact',
      '--pcap',
      file,
    );
    expect([code, stderr]).toEqual([0, expect.stringMatching(/redacted\.pcapng: \d+ frames;/)]);
    const told = JSON.parse(stdout) as Told;
    const again = { DNSLENS_DB: join(folder, 'again.duckdb') };
    dnslens(['ingest', file], { env: again });
    const names = dnslens(['sql', 'select distinct qname from messages', '--csv'], { env: again })
      .stdout.trim()
      .split('\n')
      .slice(1);
    expect(names).toContain(told.subject.name);
    const bytes = readFileSync(file).toString('latin1');
    const originals = run(
      'race-loss-1',
      'sql',
      'select distinct name from (select qname as name from messages union all select path from sources)',
      '--csv',
    ).stdout;
    const words = new Set(
      originals
        .split(/[^a-z0-9_-]+/i)
        .filter(
          (word) =>
            word.length > 2 && !KEPT_LABELS.has(word) && !/^(?:name|pcap|log|conf|json|\d+)$/.test(word),
        ),
    );
    expect([...words].filter((word) => bytes.includes(word))).toEqual([]);
    const addresses = run(
      'race-loss-1',
      'sql',
      'select distinct unnest([src, dst]) as address from messages',
      '--csv',
    )
      .stdout.trim()
      .split('\n')
      .slice(1);
    const octets = addresses.map((address) => Buffer.from(parseAddress(address)!).toString('latin1'));
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((address, i) => bytes.includes(octets[i]!) || bytes.includes(address))).toEqual(
      [],
    );
    if (spawnSync('tshark', ['-v']).error !== undefined) return;
    const options = ['ip', 'udp'].flatMap((layer) => ['-o', `${layer}.check_checksum:TRUE`]);
    const wrong =
      '_ws.malformed || _ws.expert.severity >= 0x800000 || ip.checksum.status == 0 || udp.checksum.status == 0 || !dns';
    const read = spawnSync('tshark', ['-r', file, ...options, '-Y', wrong], { encoding: 'utf8' });
    expect([read.status, read.stdout]).toEqual([0, '']);
  });

  it('shows why a cause has its verdict: signs, numbers beside limits, the rule that fired and those before it', () => {
    const { stdout } = run('race-loss-1', 'explain', 'conntrack-table-full');
    for (const part of [
      'RULED OUT conntrack-table-full',
      'blamed on it',
      'during ',
      '$table_full_share = 0.95 share',
      'no: turned-away (likely)',
      'holds: room-left (ruled out)',
    ])
      expect(stdout).toContain(part);
    expect(stdout).not.toContain('counters-still');
    const told = JSON.parse(run('race-loss-1', 'explain', 'conntrack-race', '--json').stdout) as {
      rules: object[];
      numbers: object;
    };
    expect(told).toMatchObject({
      verdict: 'confirmed',
      rule: 'counters-agree',
      numbers: { insert_failed: 17 },
      signs: [{ strength: 'shown', signs: 17 }],
    });
    expect(told.rules.at(-1)).toMatchObject({ rule: 'counters-agree', fired: true });
  });

  it("tells a lookup's walk, and all packets of it that were captured", () => {
    const { subject, events, blame } = story('seed-walkthrough-1', 'google.com');
    expect(subject).toMatchObject({ name: 'google.com', steps: 5, cause: null });
    expect(blame).toBeNull();
    const kinds = (kind: string) => events.filter((event) => event.kind === kind);
    expect([kinds('name').length, kinds('query').length, kinds('answer').length]).toEqual([5, 10, 10]);
    // seen by the pod, by its interface on the node and by the server's
    expect(kinds('query').every((event) => event.legs!.length === 3)).toBe(true);
  });

  it('takes the slowest lookup of a name, and says how many others there are', () => {
    const all = calls('race-loss-1').filter(({ name }) => name === 'hooks.slack.com');
    const { subject, other_count } = story('race-loss-1', 'hooks.slack.com');
    expect(subject.seconds).toBeCloseTo(Math.max(...all.map(({ seconds }) => seconds)), 1);
    expect(other_count).toBe(all.length - 1);
  });

  it('takes the lookup that took longest for "worst"', () => {
    const longest = Math.max(...calls('race-loss-1').map(({ seconds }) => seconds));
    expect(story('race-loss-1', 'worst').subject.seconds).toBeCloseTo(longest, 1);
  });

  it('takes ids, of lookups and of questions', () => {
    const id = story('seed-walkthrough-1', 'google.com').subject.lookup_id;
    expect(story('seed-walkthrough-1', String(id)).subject.name).toBe('google.com');
    expect(run('seed-walkthrough-1', 'explain', `q${id}`).stdout).toContain(
      `Question ${id} of lookup ${id}: google.com.default.svc.cluster.local`,
    );
  });

  it.each([
    [['gogle.com'], 'There is no lookup of "gogle.com"; did you mean "google.com"?'],
    [['99999'], 'There is no lookup 99999'],
    [['q99999'], 'There is no question 99999'],
    [['google.com', '--at', 'noon'], '--at noon is not a time'],
    [['google.com', '--client', '10.9.9.9'], 'There is no lookup of 10.9.9.9'],
  ])('%j is refused in a sentence', (args, sentence) => {
    const { code, stderr } = run('seed-walkthrough-1', 'explain', ...args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });
});

describe('dnslens what-if', () => {
  interface Table {
    queries: number;
    after_queries: number;
    seconds: number;
    after_seconds: number;
    broken: number;
    more: number;
  }
  const whatIf = (incident: string, ...args: string[]) =>
    JSON.parse(run(incident, 'what-if', ...args, '--json').stdout) as {
      'what-if/total': Table[];
      'what-if/worse': { name: string; broken: boolean }[];
    };

  it('counts the walkthrough under ndots:1 as by hand', () => {
    const { 'what-if/total': all, 'what-if/worse': worse } = whatIf('seed-walkthrough-1', '--ndots', '1');
    // tetris twice 2, tetris.default 4 to 6, tetris.svc.cluster.local 10, its full name 10 to 2, google.com 10 to 2 and 2
    expect(all).toMatchObject([{ queries: 40, after_queries: 26, broken: 0, more: 1 }]);
    expect(worse).toMatchObject([{ name: 'tetris.default', broken: false }]);
  });

  it('says that a dot at the end of a short name breaks it', () => {
    const { 'what-if/worse': worse } = whatIf(
      'seed-walkthrough-1',
      '--fqdn',
      'tetris.default.',
      '--fqdn',
      'google.com',
    );
    expect(worse).toMatchObject([{ name: 'tetris.default', broken: true }]);
    const { stdout } = run('seed-walkthrough-1', 'what-if', '--fqdn', 'tetris.default');
    expect(stdout).toContain('But 1 lookup that had an answer would fail.');
  });

  it("saves glibc's five seconds with single-request, and everyone's with a cache on the node", () => {
    const lost = calls('race-loss-1').filter(({ seconds }) => seconds > 2);
    const glibc = lost.filter(({ client }) => client === pods('race-loss-1')['app-a']);
    const saved = (...args: string[]) => {
      const [{ seconds, after_seconds }] = whatIf('race-loss-1', ...args)['what-if/total'] as [Table];
      return seconds - after_seconds;
    };
    const wait = (some: typeof lost) => some.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(Math.abs(saved('--single-request') - wait(glibc))).toBeLessThan(0.5);
    expect(Math.abs(saved('--nodelocal') - wait(lost))).toBeLessThan(1);
  });

  it('gives the clients as CSV', () => {
    const { stdout } = run('seed-walkthrough-1', 'what-if', '--autopath', '--csv');
    expect(stdout).toMatch(/^client,client_name,resolver,lookups,queries,after_queries,[^]*\n192/);
  });

  it.each([
    [[], 'Say what to change'],
    [['--ndots', 'x'], '--ndots x must be a whole number'],
    [['--max-ttl', '9'], 'give --nodelocal with them'],
    [['--nodelocal', '--min-ttl', '60'], '--min-ttl 60 is more than --max-ttl 30'],
  ])('%j is refused in a sentence', (args, sentence) => {
    const { code, stderr } = run('seed-walkthrough-1', 'what-if', ...args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });
});
