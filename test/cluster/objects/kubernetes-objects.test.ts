import { describe, expect, it } from 'vitest';
import { kubernetesObjects } from '../../../src/cluster/objects/kubernetes-objects.js';
import { stringify, pod, read } from '../kubernetes/read-objects.js';

describe('other objects', () => {
  it('let owners be followed', async () => {
    const set = {
      kind: 'ReplicaSet',
      metadata: { name: 'a-6d4', ownerReferences: [{ kind: 'Deployment', name: 'a', controller: true }] },
    };
    const { objects, problems } = await read({
      kind: 'List',
      items: [set, { kind: 'Secret', metadata: { name: 's' } }],
    });
    expect(objects).toMatchObject([
      { kind: 'ReplicaSet', name: 'a-6d4', owner_kind: 'Deployment', owner: 'a', address: null },
    ]);
    expect(problems).toEqual([]);
  });

  it('give the Corefile of a ConfigMap', async () => {
    const data = { Corefile: '.:53 {\n  errors\n}\n', 'log.override': 'log\n', other: 'x' };
    const { corefiles } = await read({
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      data,
    });
    expect(corefiles).toMatchObject([
      { origin: 'kube-system/coredns', plugin: 'errors' },
      { origin: 'kube-system/coredns:log.override', plugin: 'log' },
    ]);
  });

  it('of a typed list need not repeat their kind', async () => {
    const { kind: _, ...item } = pod;
    expect((await read({ kind: 'PodList', apiVersion: 'v1', items: [item] })).objects).toMatchObject([
      { kind: 'Pod' },
      { kind: 'Pod' },
    ]);
  });
});

describe('YAML', () => {
  it('is read like JSON: single objects, several documents, a List', async () => {
    const other = { ...pod, metadata: { name: 'b', namespace: 'shop' } };
    const wanted = await read([pod, other]);
    for (const text of [
      `${stringify(pod)}---\n${stringify(other)}`,
      stringify({ apiVersion: 'v1', items: [pod, other], kind: 'List', metadata: { resourceVersion: '' } }),
      stringify({ apiVersion: 'v1', kind: 'List', items: [pod, other] }, { indentSeq: false }),
    ]) {
      expect(kubernetesObjects.sniff(Buffer.from(text), 'x')).toBeGreaterThan(0.8);
      const found = await read(text);
      expect(found.problems).toEqual([]);
      expect(found.objects).toEqual(wanted.objects);
    }
  });

  it('of a template keeps the Corefile in it', async () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns\n  labels: {{ labels }}\ndata:\n  Corefile: |\n    . {\n        errors\n    }\n';
    expect((await read(text)).corefiles).toMatchObject([{ origin: 'coredns', plugin: 'errors' }]);
  });

  it.each([
    [
      'aliases that multiply',
      `a: &a [x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((key, i) => `${key}: &${key} [${Array(8).fill(`*${'abcdefghij'[i]}`).join(',')}]`).join('\n')}\n`,
    ],
    ['100,000 levels', `a: ${'['.repeat(100_000)}\n`],
    ['100,000 levels of dashes', `${'- '.repeat(100_000)}x\n`],
    ['30,000 keys', `${Array.from({ length: 30_000 }, (_, i) => `key${i}: 1`).join('\n')}\n`],
  ])('with %s loses that document only', async (_, hostile) => {
    const head = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';
    const { objects, problems } = await read(`${head}---\n${hostile}---\n${head}`);
    expect(objects.map(({ name }) => name)).toEqual(['a', 'a']);
    expect(problems).toMatchObject([{ code: 'yaml-object' }]);
  });
});

describe('telling Kubernetes objects', () => {
  it.each([
    ['{"Name":"a.example.","Type":"A","TTL":60,"ResourceRecords":[{"Value":"1.2.3.4"}]}', 0],
    ['{"log":"[INFO] 10.0.0.1:53 ...","stream":"stdout","time":"2025-02-20T10:00:00Z"}\n', 0],
    ['[INFO] plugin/reload\n', 0],
    ['nameserver 10.0.0.1\n', 0],
  ])('gives nothing to %s', (text, score) =>
    expect(kubernetesObjects.sniff(Buffer.from(text), 'x')).toBe(score),
  );

  it('knows a first object that is larger than what it may look at', () => {
    const large = JSON.stringify({
      apiVersion: 'v1',
      items: [{ kind: 'ConfigMap', data: { a: 'x'.repeat(100_000) } }],
    });
    expect(kubernetesObjects.sniff(Buffer.from(large).subarray(0, 65536), 'x')).toBeGreaterThan(0.8);
  });
});

describe('a transcript with YAML in it', () => {
  it('is read from prompt to prompt', async () => {
    const text = `$ kubectl get pod a -o yaml\n${stringify(pod)}[root@node ~]# kubectl get pod b -o yaml\n${stringify(pod)}`;
    const { objects, problems } = await read(text);
    expect(objects).toHaveLength(4);
    expect(problems).toEqual([]);
    expect(kubernetesObjects.sniff(Buffer.from(text), 'x')).toBeGreaterThan(0.6);
  });
});
