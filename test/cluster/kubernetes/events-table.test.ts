import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kubectlEvents } from '../../../src/cluster/kubernetes/events-table.js';
import { kubernetesObjects } from '../../../src/cluster/objects/kubernetes-objects.js';
import { chooseReader } from '../../../src/ingest/choose-reader.js';
import { KINDS } from '../../../src/ingest/kinds.js';
import { readBytes } from '../../support/memory-sink.js';

const kindOf = (text: string) => chooseReader(KINDS, Buffer.from(text), 'x')?.kind;

describe('kubectl get events', () => {
  const NEW = `LAST SEEN   TYPE      REASON      OBJECT                     MESSAGE
2m          Warning   Unhealthy   pod/coredns-7c65-x2x       Readiness probe failed: HTTP probe failed with statuscode: 503
11s (x7 over 9m)   Warning   BackOff     pod/coredns-7c65-x2x       Back-off restarting failed container
3m          Normal    Pulled      pod/coredns-7c65-x2x       Container image already present
3m          Warning   BackOff     pod/web-1                  Back-off restarting failed container
`;
  const OLD = `LASTSEEN   FIRSTSEEN   COUNT     NAME                                  KIND         SUBOBJECT                  TYPE      REASON      SOURCE              MESSAGE
2m         9m          7         coredns-7c65-x2x.15c7a2b3c4d5e6f7     Pod          spec.containers{coredns}   Warning   Unhealthy   kubelet, node-7     Readiness probe failed
`;

  it.each([
    [
      NEW,
      [
        ['Unhealthy', 1],
        ['BackOff', 7],
      ],
    ],
    [OLD, [['Unhealthy', 7]]],
  ])('keep what they warn of DNS servers (%#)', async (text, wanted) => {
    expect(kindOf(text)).toBe('kubectl-events');
    const { rows, problems } = await readBytes(kubectlEvents, text);
    expect(problems).toEqual([]);
    expect(rows['log_events']!.map(({ reason, count }) => [reason, count])).toEqual(wanted);
    expect(rows['log_events']![0]).toMatchObject({
      event: 'kubernetes-event',
      upstream: 'coredns-7c65-x2x',
      time: null,
    });
  });

  it('are none of what scales servers', async () => {
    const { rows } = await readBytes(kubectlEvents, NEW.replaceAll('coredns', 'coredns-autoscaler'));
    expect(rows['log_events'] ?? []).toEqual([]);
  });

  it('no text makes it throw', async () => {
    const lines = fc.constantFrom(...NEW.split('\n'), ...OLD.split('\n'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(lines, fc.string())), async (text) => {
        await readBytes(kubectlEvents, text.join('\n'));
      }),
      { numRuns: 100 },
    );
  });

  it('are read as JSON too, with their times', async () => {
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'coredns-1.15c7', namespace: 'kube-system' },
      involvedObject: { kind: 'Pod', name: 'coredns-7c65-x2x' },
      type: 'Warning',
      reason: 'Unhealthy',
      message: 'Liveness probe failed',
      count: 3,
      lastTimestamp: '2026-03-03T10:00:00Z',
    };
    const { rows } = await readBytes(kubernetesObjects, JSON.stringify(event));
    expect(rows['log_events']).toMatchObject([
      { reason: 'Unhealthy', count: 3, time: BigInt(Date.parse('2026-03-03T10:00:00Z')) * 1_000_000n },
    ]);
  });
});
