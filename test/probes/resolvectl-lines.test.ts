import { describe, expect, it } from 'vitest';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { probeReaders } from '../../src/probes/index.js';
import { readBytes } from '../support/memory-sink.js';

const read = async (text: string) => (await readBytes(probeReaders[0]!, text)).rows['probes'] ?? [];
const kindOf = (text: string) => chooseReader(KINDS, Buffer.from(text), 'x')?.kind;

describe('resolvectl', () => {
  const told = async (text: string) =>
    (await read(text)).map(({ qname, outcome, rcode, seconds }) => [qname, outcome, rcode, seconds]);

  it('says the name, that it was answered, and after how long', async () => {
    const text =
      '$ resolvectl query shop.example\nshop.example: 10.1.2.3                     -- link: eth0\n              10.1.2.4                     -- link: eth0\n\n-- Information acquired via protocol DNS in 1min 2.5s.\n-- Data is authenticated: no; Data was acquired via local or encrypted transport: no\n-- Data from: network\n';
    expect(kindOf(text)).toBe('lookup-tools');
    expect(await told(text)).toEqual([['shop.example', 'answered', 'NOERROR', 62.5]]);
    const [row] = await read(text);
    expect(row).toMatchObject({ tool: 'resolvectl', server: null });
  });

  it.each([
    ["'a.example' not found", 'answered', 'NXDOMAIN'],
    ["'a.example' does not have any RR of the requested type", 'answered', 'NOERROR'],
    ['All attempts to contact name servers or networks failed', 'timeout', null],
    ['Query timed out', 'timeout', null],
    ["Could not resolve 'a.example', server or network returned error SERVFAIL", 'answered', 'SERVFAIL'],
    ['Lookup failed due to system error: Invalid argument', 'failed', null],
  ])('says why a call failed: %s', async (why, outcome, rcode) => {
    expect(await told(`a.example: resolve call failed: ${why}\n`)).toEqual([
      ['a.example', outcome, rcode, null],
    ]);
  });
});
