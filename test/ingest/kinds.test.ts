import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { dnsCapture, dnsLog } from './evidence.js';

const HEADS: readonly (readonly [string, Uint8Array | string])[] = [
  ['pcap', dnsCapture(3, 0)],
  ['coredns-log', dnsLog(20)],
  ['resolv-conf', 'nameserver 10.96.0.10\nsearch cluster.local\noptions ndots:5\n'],
  ['corefile', '.:53 {\n    errors\n    cache 30\n    forward . /etc/resolv.conf\n}\n'],
  ['conntrack-stats', 'cpu=0 found=1 invalid=2 insert=0 insert_failed=19 drop=19 early_drop=0 error=0\n'],
  [
    'conntrack-flows',
    'udp      17 29 src=10.0.0.1 dst=10.0.0.2 sport=4000 dport=53 src=10.0.0.2 dst=10.0.0.1 sport=53 dport=4000 mark=0 use=1\n',
  ],
  ['tcpdump-text', '12:00:00.000001 IP 10.0.0.1.40000 > 10.0.0.2.53: 1+ A? example.org. (29)\n'],
];

describe('KINDS', () => {
  it('names each kind once', () => {
    const names = KINDS.map(({ kind }) => kind);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(HEADS)('tells %s from its first bytes, whatever its name', (kind, head) => {
    const bytes = typeof head === 'string' ? Buffer.from(head) : head;
    expect(chooseReader(KINDS, bytes, 'evidence')?.kind).toBe(kind);
  });

  it('takes prose, tables and source code for none of them', () => {
    for (const text of [
      'Dear all,\nplease find it below.\n',
      'a,b,c\n1,2,3\n',
      'export const x = 1;\n',
      '# Notes\n\n- one\n',
    ]) {
      expect(chooseReader(KINDS, Buffer.from(text), 'notes')).toBeNull();
    }
  });

  it('scores any bytes from 0 to 1 and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.string().map((text) => Buffer.from(text)),
        ),
        (head) => {
          for (const kind of KINDS) {
            const score = kind.sniff(head, 'x');
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
