import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { version } = JSON.parse(text('package.json')) as { version: string };

test.each(['deploy/Dockerfile', 'deploy/job.yaml'])('%s names the image of this version', (path) => {
  expect([...new Set(text(path).match(/dnslens:\d[\w.-]*/g))]).toEqual([`dnslens:${version}`]);
});

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
