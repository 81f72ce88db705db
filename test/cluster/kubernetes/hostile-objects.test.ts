import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pod, read } from './read-objects.js';

describe('wrong types', () => {
  it('are passed over, whatever they are', async () => {
    const kinds = [
      'Pod',
      'Service',
      'Node',
      'Endpoints',
      'EndpointSlice',
      'Ingress',
      'ConfigMap',
      'Deployment',
      'CronJob',
    ];
    const junk = fc.jsonValue({ maxDepth: 3 });
    const keys = fc.constantFrom(
      'podIPs',
      'podIP',
      'hostIP',
      'addresses',
      'ingress',
      'clusterIPs',
      'ports',
      'selector',
      'dnsConfig',
      'options',
      'template',
      'endpoints',
      'phase',
    );
    const part = fc.dictionary(keys, fc.oneof(junk, fc.dictionary(keys, junk)));
    const object = fc.record({
      kind: fc.constantFrom(...kinds),
      metadata: fc.record({
        name: fc.constant('x'),
        namespace: junk,
        labels: junk,
        ownerReferences: junk,
        creationTimestamp: junk,
      }),
      spec: fc.oneof(junk, part),
      status: fc.oneof(junk, part),
      subsets: junk,
      endpoints: junk,
      data: junk,
    });
    await fc.assert(
      fc.asyncProperty(object, async (one) => {
        const { objects } = await read({ items: [one, pod] });
        expect(objects.filter(({ name }) => name === pod.metadata.name)).toHaveLength(2);
      }),
    );
  });
});

describe('what multiplies', () => {
  it('many addresses by large labels is bounded', async () => {
    const podIPs = Array.from({ length: 20_000 }, (_, i) => ({ ip: `10.0.${i >> 8}.${i & 255}` }));
    const labels = { a: 'x'.repeat(50_000) };
    const { objects, problems } = await read({ ...pod, metadata: { name: 'a', labels }, status: { podIPs } });
    expect(objects.length).toBeLessThan(100);
    expect(problems).toMatchObject([{ code: 'object-too-large' }]);
  });
});
