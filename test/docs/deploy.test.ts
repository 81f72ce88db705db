import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { version } = JSON.parse(text('package.json')) as { version: string };

test.each(['deploy/Dockerfile', 'deploy/job.yaml', 'deploy/daemonset.yaml'])(
  '%s names the image of this version',
  (path) => {
    expect([...new Set(text(path).match(/dnslens:\d[\w.-]*/g))]).toEqual([`dnslens:${version}`]);
  },
);

test('The Job runs with the account that rbac.yaml makes, in its namespace', () => {
  const job = parse(text('deploy/job.yaml')) as {
    metadata: { namespace: string };
    spec: { template: { spec: { serviceAccountName: string } } };
  };
  const account = parseAllDocuments(text('deploy/rbac.yaml'))
    .map((document) => document.toJS() as { kind: string; metadata: { name: string; namespace?: string } })
    .find(({ kind }) => kind === 'ServiceAccount');
  expect(account?.metadata).toEqual({
    name: job.spec.template.spec.serviceAccountName,
    namespace: job.metadata.namespace,
  });
});

describe('The DaemonSet', () => {
  interface Container {
    name: string;
    args: [string];
    env?: { name: string; value?: string }[];
    volumeMounts: { name: string; mountPath: string }[];
  }
  interface Pod {
    containers: [Container, Container];
    volumes: { name: string }[];
  }
  const set = parseAllDocuments(text('deploy/daemonset.yaml'))
    .map((document) => document.toJS() as { kind: string; spec: { template: { spec: Pod } } })
    .find(({ kind }) => kind === 'DaemonSet');
  const { containers, volumes } = set!.spec.template.spec;
  const [capture, ship] = containers;

  test('mounts the volumes that it has', () => {
    const mounted = containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name));
    expect([...new Set(mounted)].sort()).toEqual(volumes.map(({ name }) => name).sort());
  });

  test('exports each day of captures into the lake, what is over two days old goes, and the end of the pod is waited with', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dnslens-daemonset-'));
    const at = (...parts: string[]) => join(folder, ...parts);
    for (const name of ['bin', 'captures', 'days']) mkdirSync(at(name));
    // an hour that the pod's end cuts short; and dnslens, which says how it was called
    writeFileSync(at('bin', 'sleep'), '#!/bin/sh\nkill -TERM $PPID\n', { mode: 0o755 });
    writeFileSync(at('bin', 'dnslens'), '#!/bin/sh\necho "$*"\n', { mode: 0o755 });
    const [, pattern] = /-w '([^']+)'/.exec(capture.args[0])!;
    const name = (day: string) =>
      pattern!.replace('%Y-%m-%d', day).replace('%H%M%S', '101500').replace('/captures/', '');
    const old = ['2026-11-20', '2026-11-21', '2026-11-22'].map((day) => at('captures', name(day)));
    for (const path of [...old, at('captures', `${name('2026-11-22')}1`)]) writeFileSync(path, '');
    utimesSync(old[0]!, 0, 0);
    const script = ship.args[0].replaceAll(/\/(captures|days)(?=[/ ])/g, at('$1'));
    const env = {
      PATH: `${at('bin')}:${process.env['PATH']}`,
      NODE: 'n7',
      LAKE: 's3://a/lake',
      EVERY: '3600',
    };

    const { stdout, status, stderr } = spawnSync('sh', ['-c', script], { env, encoding: 'utf8' });
    const left = readdirSync(at('captures'));
    rmSync(folder, { recursive: true });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const day = (date: string, ...files: string[]) => [
      `ingest ${files.map((file) => at('captures', file)).join(' ')} --db ${at('days', `${date}.duckdb`)} --label n7 --quiet`,
      `export --parquet s3://a/lake --node n7 --db ${at('days', `${date}.duckdb`)}`,
    ];
    expect(stdout.trimEnd().split('\n')).toEqual([
      ...day('2026-11-20', name('2026-11-20')),
      ...day('2026-11-21', name('2026-11-21')),
      ...day('2026-11-22', name('2026-11-22'), `${name('2026-11-22')}1`),
    ]);
    expect(left.sort()).toEqual([name('2026-11-21'), name('2026-11-22'), `${name('2026-11-22')}1`]);
  });
});
