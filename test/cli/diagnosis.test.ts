import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dnslens } from '../support/cli.js';

const ROOT = join(import.meta.dirname, '..', '..');
const INCIDENTS = join(ROOT, 'fixtures', 'incidents');
const OUTPUT = join(import.meta.dirname, 'output');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-diagnosis-'));
  for (const [name, ...evidence] of [
    [
      'race-loss-1',
      'capture.pcap.gz',
      'coredns-1.log',
      'coredns-2.log',
      'conntrack-S.log',
      'conntrack-count.log',
      'cluster.json',
      'Corefile',
      'resolv',
    ],
    ['seed-walkthrough-1', 'capture.pcap', 'coredns-1.log', 'coredns-2.log', 'conntrack-S.log'],
    ['nodelocal-101', 'coredns-1.log', 'coredns-2.log', 'coredns-3.log'],
  ] as const) {
    const paths = evidence.map((path) => join(INCIDENTS, name, path));
    dnslens(['ingest', ...paths], { cwd: folder, env: database(name) });
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

function database(name: string): Record<string, string> {
  return { DNSLENS_DB: join(folder, `${name}.duckdb`) };
}

function report(name: string, ...args: string[]) {
  return dnslens(['report', ...args], { env: database(name) });
}

describe('dnslens report without a name', () => {
  it.each(['race-loss-1', 'seed-walkthrough-1', 'nodelocal-101'])(
    'prints the diagnosis of %s',
    async (name) => {
      await expect(report(name).stdout).toMatchFileSnapshot(join(OUTPUT, `${name}.txt`));
    },
  );

  it.each([['race-loss-1'], ['seed-walkthrough-1'], ['nodelocal-101']])(
    'gives the causes of %s as JSON that the schema describes',
    (name) => {
      const ajv = new Ajv({ allErrors: true, strict: false });
      formats.default(ajv);
      const schema = JSON.parse(
        readFileSync(join(ROOT, 'docs', 'schema', 'causes.schema.json'), 'utf8'),
      ) as object;
      const causes = JSON.parse(report(name, '--json').stdout) as unknown;
      ajv.validate(schema, causes);
      expect(ajv.errors).toBeNull();
      expect(JSON.parse(report(name, 'diagnosis/causes', '--json').stdout)).toEqual(causes);
    },
  );

  it.each(['race-loss-1', 'seed-walkthrough-1'])(
    'advises for %s an ndots that breaks no lookup when it is tried',
    (name) => {
      const ndots = /Set ndots to (\d) for/.exec(report(name).stdout)![1]!;
      const { stdout } = dnslens(['what-if', '--ndots', ndots], { env: database(name) });
      expect(stdout).toMatch(new RegExp(`With ndots:${ndots} `));
      expect(stdout).not.toMatch(/had\s+an\s+answer\s+would\s+fail/);
    },
  );

  it('gives the causes as CSV', () => {
    expect(report('race-loss-1', '--csv').stdout).toMatch(
      /^cause,verdict,summary,[^]*\nconntrack-race,confirmed,/,
    );
  });

  it('says the same in Markdown and HTML', () => {
    for (const format of ['markdown', 'html']) {
      expect(report('race-loss-1', '--format', format).stdout).toContain('CONFIRMED: Lost conntrack race');
    }
  });

  it('groups by workload on request, as rows too', () => {
    expect(report('race-loss-1', '--by', 'workload').stdout).toContain(
      '\ndefault/app-a (1 client)\n  conntrack-race ',
    );
    const rows = JSON.parse(report('race-loss-1', '--by', 'workload', '--json').stdout) as {
      workload: string;
    }[];
    expect(rows[0]).toMatchObject({ workload: 'default/app-a', cause: 'conntrack-race' });
    expect(report('race-loss-1', 'search', '--by', 'workload').stderr).toContain('--by groups the diagnosis');
  });

  it('narrowed says itself what is of a part, and nothing on standard error', () => {
    const { stdout, stderr } = report('race-loss-1', '--since', '14:58:04..14:58:10', '--client', 'app-a');
    expect(stdout).toContain('Only app-a, ');
    expect(stderr).toBe('');
  });

  it('exits with 1 for a fault that is sure enough, and not for a cost that hurts no lookup', () => {
    expect(report('race-loss-1', '--fail-on', 'confirmed').code).toBe(1);
    expect(report('race-loss-1').code).toBe(0);
    const verdicts = JSON.parse(report('seed-walkthrough-1', '--json').stdout) as {
      cause: string;
      verdict: string;
    }[];
    expect(verdicts.filter(({ verdict }) => verdict === 'likely').map(({ cause }) => cause)).toEqual([
      'search-amplification',
    ]);
    expect(report('seed-walkthrough-1', '--fail-on', 'possible').code).toBe(0);
  });
});
