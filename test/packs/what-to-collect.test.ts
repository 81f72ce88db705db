import { describe, expect, it } from 'vitest';
import { whatToCollect } from '../../src/packs/what-to-collect.js';

describe('what is missing', () => {
  it('is collected by one command where that gathers some of it, each thing named once', () => {
    const [first, ...things] = whatToCollect(['messages', 'transactions', 'conntrack_flows']);
    expect(first).toMatch(/^what follows at once: dnslens collect /);
    expect(things).toEqual([
      expect.stringMatching(/^a capture of a node: /),
      expect.stringMatching(/conntrack -L/),
    ]);
  });

  it.each(['conntrack_flows', 'probes', 'dns_records'])(
    'is not said to come with that command where it does not: %s',
    (table) => {
      expect(whatToCollect([table])).toEqual([expect.not.stringContaining('at once')]);
    },
  );
});
