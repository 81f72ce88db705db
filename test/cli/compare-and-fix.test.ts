import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dnslens } from '../support/cli.js';
import { evidence } from '../support/incident.js';

let folder: string;
let race: string;
let nodelocal: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-answers-'));
  [race, nodelocal] = ['race-loss-1', 'nodelocal-101'].map((name) => {
    const db = join(folder, `${name}.duckdb`);
    dnslens(['ingest', ...evidence(name), '--db', db, '-q']);
    return db;
  }) as [string, string];
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  scope: string;
  group: string | null;
  measure: string;
  before: number | null;
  after: number | null;
  outcome: string;
  fate: string | null;
  because: string | null;
}

function rows(...args: string[]): Row[] {
  const { stdout, stderr, code } = dnslens(['compare', ...args, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Row[];
}

const changed = (all: readonly Row[]) =>
  all.filter(({ outcome }) => outcome === 'less' || outcome === 'more');
const fates = (all: readonly Row[]) =>
  Object.fromEntries(all.filter(({ fate }) => fate !== null).map(({ group, fate }) => [group, fate]));

describe('dnslens compare', () => {
  it('finds nothing between a database and itself, by whatever path', () => {
    const link = join(folder, 'link.duckdb');
    symlinkSync(race, link);
    const all = rows(race, link);
    expect(changed(all)).toEqual([]);
    expect(all.filter(({ before, after }) => before !== after)).toEqual([]);
    expect(fates(all)).toEqual({ 'conntrack-race': 'still there', 'search-amplification': 'still there' });
    const { stdout } = dnslens(['compare', race, link]);
    expect(stdout).toContain('Nothing changed beyond chance.');
    expect(stdout).toContain('Both hold the same evidence.');
  });

  it('calls nothing gone that other workloads, other names and three seconds do not show', () => {
    const all = rows(race, nodelocal);
    expect(fates(all)).toMatchObject({ 'conntrack-race': 'not seen', 'nodelocal-bypass': 'seen now' });
    expect(all.find(({ group }) => group === 'conntrack-race')!.because).toMatch(/^ruled out in AFTER, but /);
    expect(changed(all)).toEqual([]);
    const { stdout } = dnslens(['compare', race, nodelocal]);
    expect(stdout).toContain('Not seen after, which does not say that it is gone: conntrack-race.');
    expect(stdout).not.toMatch(/Gone|Better/);
  });

  it('redacts both sides alike, so that what is the same is still the same', () => {
    const captures = join(import.meta.dirname, '..', '..', 'fixtures', 'captures');
    const [before, after] = ['sll2.pcap', 'two-sections.pcapng'].map((name) => {
      const db = join(folder, `secret-${name}.duckdb`);
      dnslens(['ingest', join(captures, name), '--db', db, '-q']);
      return db;
    }) as [string, string];
    const counts = (all: readonly Row[]) =>
      all.map(({ scope, measure, before, after }) => `${scope} ${measure} ${before} ${after}`).toSorted();
    const redacted = rows(before, after, '--redact', '-q');
    expect(counts(redacted)).toEqual(counts(rows(before, after)));
    const groups = redacted.flatMap(({ scope, group }) => (scope === 'name' ? [group] : []));
    expect(groups.length).toBeGreaterThan(0);
    expect(JSON.stringify(redacted)).not.toMatch(/shop|secret/);
  });

  it('compares two times of one database, without verdicts', () => {
    const all = rows('--db', race, '14:58:04..14:58:10', '14:58:10..');
    expect(fates(all)).toEqual({});
    const lookups = all.filter(({ measure }) => measure === 'lookups-blamed').map(({ group }) => group);
    expect(lookups).toEqual(['conntrack-race']);
    expect(changed(all)).toEqual([]);
  });

  it('shows all of it as text, Markdown and a page, and every row as CSV', () => {
    for (const format of ['table', 'markdown', 'html'])
      expect(dnslens(['compare', race, nodelocal, '-f', format]).stdout).toContain('conntrack-race');
    const [header] = dnslens(['compare', race, nodelocal, '--csv']).stdout.split('\n');
    expect(header).toBe(
      'scope,group,measure,unit,before,after,before_of,after_of,outcome,p,because,before_verdict,after_verdict,fate',
    );
  });

  it.each([
    [['--db', 'RACE', '14:58:04..14:58:10', '14:58:09..'], 'have times in common'],
    [['--db', 'RACE', '13:00..13:10', '14:58:09..'], 'no lookup began in 13:00..13:10'],
    [['--db', 'RACE', '25:61..', '14:58:09..'], 'dnslens: 25:61 is not a time; write '],
    [['RACE', '14:58:04..14:58:10'], 'are a database and a time'],
    [['RACE', 'nowhere.duckdb'], 'There is no database nowhere.duckdb yet'],
    [['RACE'], 'needs BEFORE AFTER'],
  ])('refuses %j in a sentence', (args, sentence) => {
    const { code, stderr } = dnslens(['compare', ...args.map((arg) => arg.replace('RACE', race))]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

interface Written {
  verdict: string;
  root: string | null;
  steps: { title: string; commands: string[]; diff: string[]; brings: string | null; risk: string }[];
  left_out: string[];
}

const written = (cause: string, db: string) =>
  JSON.parse(dnslens(['fix', cause, '--db', db, '--json']).stdout) as Written;

describe('dnslens fix', () => {
  it('gives the workloads that were hit what what-if finds to break nothing', () => {
    const { steps } = written('search-amplification', race);
    const commands = steps[0]!.commands;
    expect(commands.map((command) => command.split(' ').slice(0, 6).join(' ')).toSorted()).toEqual(
      ['app-a', 'app-b', 'app-d'].map((name) => `kubectl -n default patch deployment ${name}`),
    );
    const ndots = /"name":"ndots","value":"(\d+)"/.exec(commands[0]!)![1]!;
    const played = JSON.parse(
      dnslens(['what-if', '--ndots', ndots, '--db', race, '--json']).stdout,
    ) as Record<string, { broken: number }[]>;
    expect(played['what-if/total']![0]!.broken).toBe(0);
    expect(steps[0]!.brings).toContain(`With ndots:${ndots}`);
  });

  it('leaves out a change of a Corefile that lacks what it needs, and says so', () => {
    const { left_out, steps } = written('search-amplification', race);
    expect(left_out).toEqual([
      expect.stringContaining('the Corefile that was read has no plugin kubernetes'),
    ]);
    expect(steps).toHaveLength(1);
  });

  it("fills the cluster's addresses in, and patches only who can use an option", () => {
    const { steps } = written('conntrack-race', race);
    expect(steps.map(({ title }) => title)).toEqual([
      expect.stringContaining('NodeLocal DNSCache'),
      expect.stringContaining('glibc'),
    ]);
    expect(steps[0]!.commands.join('\n')).toContain(
      's/__PILLAR__DNS__DOMAIN__/cluster.local/g; s/__PILLAR__DNS__SERVER__/10.100.0.10/g',
    );
    expect(steps[1]!.commands).toEqual([expect.stringContaining('deployment app-a ')]);
    const option = /"name":"(single-request[a-z-]*)"/.exec(steps[1]!.commands[0]!)![1]!;
    expect(steps[1]!.brings).toMatch(new RegExp(`^With ${option} `));
  });

  it.each(['conntrack-race', 'search-amplification', 'lost-replies', 'flood'])(
    'prints text of %s that a shell takes for commands and remarks',
    (cause) => {
      const { stdout, code } = dnslens(['fix', cause, '--db', race]);
      expect(code).toBe(0);
      expect(spawnSync('bash', ['-n'], { input: stdout, encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
      const commands = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      expect(commands.filter((line) => !/^(?:kubectl|curl|sed|dnslens) /.test(line))).toEqual([]);
    },
  );

  it('has nothing to apply for what was not found, and nothing was changed', () => {
    const { stdout, code } = dnslens(['fix', 'lost-replies', '--db', race]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^# Replies lost on the way back \(lost-replies\): ruled out; [^]*It was not found, so there is nothing to apply\.\n$/,
    );
    expect(written('lost-replies', race).steps).toEqual([]);
  });

  it('names the cause that may be meant', () => {
    const { stderr, code } = dnslens(['fix', 'contrack-race', '--db', race]);
    expect([code, stderr]).toEqual([
      2,
      'dnslens: There is no cause "contrack-race"; did you mean "conntrack-race"?\n',
    ]);
  });
});
