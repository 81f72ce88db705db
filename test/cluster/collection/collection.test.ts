import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collection } from '../../../src/cluster/collection/collection.js';
import { aheadOf, FORMAT, parseManifest } from '../../../src/cluster/collection/manifest.js';
import { readBytes } from '../../support/memory-sink.js';

describe('a manifest', () => {
  it('that is cut off says so', async () => {
    const { problems, incomplete } = await readBytes(collection, `{ "format": "${FORMAT}", "gathered": [{`);
    expect(problems).toMatchObject([{ code: 'broken-manifest', count: 1 }]);
    expect(incomplete).toBe('it is no whole JSON');
  });

  it('of another format is not taken for one', () => {
    const sniff = (text: string) => collection.sniff(new TextEncoder().encode(text), 'manifest.json');
    expect(sniff(`{\n  "format": "${FORMAT}",`)).toBe(1);
    expect(sniff('{"format": "dnslens-collect/10"}')).toBe(0);
    expect(parseManifest('{"format": "dnslens-collect/10"}')).toBeNull();
  });

  it('with any values is read without a fault', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (clocks, gathered, other) => {
        const manifest = parseManifest(JSON.stringify({ format: FORMAT, clocks, gathered, nodes: other }))!;
        expect(Number.isFinite(aheadOf(manifest, 'n1'))).toBe(true);
        expect(manifest.nodes.every((node) => typeof node === 'string')).toBe(true);
      }),
    );
  });

  it('of a clock that is wrong beyond all clocks is not believed', () => {
    const clock = (offset_seconds: number) =>
      aheadOf(
        parseManifest(
          JSON.stringify({ format: FORMAT, clocks: [{ node: 'a', offset_seconds, within_seconds: 0 }] }),
        )!,
        'a',
      );
    expect([clock(-1.7e9), clock(1e15)]).toEqual([-1.7e9, 0]);
  });
});
