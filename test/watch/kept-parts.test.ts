import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/watch/assemble.js';
import { KeptParts } from '../../src/watch/kept-parts.js';
import { temporaryFolder } from '../support/cli.js';
import { captureOf } from './traffic.js';

describe('what is kept of a stream', () => {
  it('is its last parts, which are a capture again when they are put together', () => {
    const folder = temporaryFolder();
    const kept = new KeptParts(join(folder, '1'), 'pcap', false);
    const bytes = captureOf(Array.from({ length: 10 }, (_, i) => ({ at: i, id: i, name: 'a.example' })));
    const record = (bytes.length - 24) / 10;
    for (let i = 0; i < 10; i++) {
      kept.add(bytes.subarray(i === 0 ? 0 : 24 + i * record, 24 + (i + 1) * record));
      kept.reached(i * 1000);
    }
    kept.dropBefore(6000);
    const file = join(folder, 'all.pcap');
    assemble(kept.all, file);
    kept.close();
    const rest = readFileSync(file);
    expect(rest.subarray(0, 24)).toEqual(bytes.subarray(0, 24));
    expect((rest.length - 24) % record).toBe(0);
    // parts are of two seconds, and one that reaches past the time stays
    expect((rest.length - 24) / record).toBe(4);
    expect(bytes.subarray(-(rest.length - 24))).toEqual(rest.subarray(24));
  });

  it('stays where nothing in it has a time, such as a configuration', () => {
    const kept = new KeptParts(join(temporaryFolder(), '1'), 'corefile', true);
    kept.add(Buffer.from('.:53 {}'));
    kept.reached(null);
    kept.dropBefore(Infinity);
    expect(kept.since(Infinity)).toHaveLength(1);
    kept.close();
  });
});
