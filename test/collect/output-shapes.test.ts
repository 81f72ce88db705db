import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { objectTemplate } from '../../src/collect/go-template.js';
import { OUTPUTS } from '../../src/collect/output-shapes.js';

const keysOf = (template: string) => [...template.matchAll(/index \. "([^"]+)"/g)].map((found) => found[1]!);
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

describe('what is asked of objects', () => {
  it.each(['pods', 'services', 'endpointslices', 'nodes'] as const)(
    '%s is nothing that may hold a secret',
    (kind) => {
      const keys = keysOf(OUTPUTS[kind]);
      expect(keys).toContain('name');
      const secret = /^(?:env|envFrom|args|command|annotations|volumes|data|stringData|managedFields|image)$/;
      expect(keys.filter((key) => secret.test(key))).toEqual([]);
    },
  );

  it.runIf(hasKubectl)("is JSON in kubectl's own hands, without what is not named", () => {
    const template = objectTemplate({
      fields: {
        metadata: { fields: { name: 'text', labels: { fields: { 'k8s-app': 'text', none: 'text' } } } },
        spec: {
          fields: {
            hostNetwork: 'boolean',
            gone: 'boolean',
            dnsConfig: {
              fields: {
                searches: { texts: true },
                options: { list: { fields: { name: 'text', value: 'text' } } },
              },
            },
          },
        },
      },
    });
    const made = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', labels: { 'k8s-app': 'x', other: 'SECRET' }, annotations: { a: 'SECRET' } },
      spec: {
        hostNetwork: false,
        dnsConfig: {
          searches: ['a.example', 'b.example'],
          options: [{ name: 'edns0' }, { name: 'ndots', value: '2' }],
        },
        containers: [{ name: 'c', image: 'i', args: ['SECRET'], env: [{ name: 'A', value: 'SECRET' }] }],
      },
    };
    // --local reaches no cluster
    const { stdout, stderr } = spawnSync(
      'kubectl',
      ['annotate', '--local', '-f', '-', 'b=c', '-o', `go-template=${template}`],
      {
        input: JSON.stringify(made),
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], KUBECONFIG: '/dev/null' },
      },
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      metadata: { name: 'web', labels: { 'k8s-app': 'x' } },
      spec: { hostNetwork: false, dnsConfig: made.spec.dnsConfig },
    });
  });

  it('tells an empty selector of a policy from none, as the one is everybody', () => {
    for (const name of ['podSelector', 'namespaceSelector'])
      expect(OUTPUTS.networkpolicies).toMatch(
        new RegExp(
          `\\{\\{if ne \\(printf "%T" \\(index \\. "${name}"\\)\\) "<nil>"\\}\\}[^"]*(?:""|",")[^"]*"${name}":\\{\\{with`,
        ),
      );
  });

  it.runIf(hasKubectl)('keeps what is empty and says something so, in the hands of kubectl', () => {
    const selector = { evenEmpty: { fields: { name: 'text' } } } as const;
    const template = objectTemplate({
      fields: { metadata: { fields: { labels: selector, annotations: selector, finalizers: selector } } },
    });
    const made = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { labels: {}, annotations: { other: 'SECRET' }, name: 'a' },
    };
    const { stdout } = spawnSync(
      'kubectl',
      ['annotate', '--local', '-f', '-', 'b=c', '-o', `go-template=${template}`],
      {
        input: JSON.stringify(made),
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], KUBECONFIG: '/dev/null' },
      },
    );
    expect(JSON.parse(stdout)).toEqual({ metadata: { labels: {}, annotations: {} } });
  });
});
