import { describe, expect, test } from 'vitest';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../src/ingest/index.js';
import { Ledger } from '../../src/store/ledger.js';

const HOLE = '\0'.repeat(70_000);
const SAID = [
  'W0304 05:06:07.000001     991 request.go:12] Waited for 2.5s due to client-side throttling: GET:https://10.0.0.9/api',
  'Defaulted container "dns" out of: dns, init (init)',
];

/** A text of each kind of evidence, by its file's name. */
const TEXTS: Record<string, string> = {
  'coredns.log':
    '[INFO] 10.1.0.7:40000 - 5 "A IN a.example. udp 31 false 512" NOERROR qr,rd,ra 60 0.0002s\n'.repeat(3),
  'conntrack.log': 'cpu=0 found=1 insert_failed=7 drop=7\ncpu=1 found=2 insert_failed=0 drop=0\n',
  'count.txt': 'net.netfilter.nf_conntrack_count = 12\nnet.netfilter.nf_conntrack_max = 100\n',
  'dump.txt':
    '1700000000.000001 IP 10.1.0.7.40000 > 10.96.0.10.53: 1+ A? a.example. (27)\n1700000000.000901 IP 10.96.0.10.53 > 10.1.0.7.40000: 1 1/0/0 A 192.0.2.1 (43)\n',
  'resolv.conf': 'nameserver 10.96.0.10\nsearch shop.svc.cluster.local\noptions ndots:5\n',
  Corefile: '.:53 {\n    errors\n    cache 30\n}\n',
  'pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nstatus:\n  podIP: 10.1.0.7\n',
  'pods.json':
    '{"apiVersion":"v1","kind":"List","items":[\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop"},"status":{"podIP":"10.1.0.7"}}]}\n',
  'records.json':
    '{"ResourceRecordSets":[\n{"Name":"a.example.","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}]}\n',
};

/** Rows of evidence and problems that an input gives. */
async function read(name: string, text: string): Promise<{ rows: unknown; problems: unknown[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-holes-'));
  writeFileSync(join(folder, name), text);
  const ledger = await Ledger.open(':memory:');
  try {
    const { outcomes } = await ingest(ledger, [join(folder, name)]);
    const problems = await ledger.database.rows('select code from raw.problems');
    return {
      rows: outcomes.map((outcome) => ('rowsByTable' in outcome ? outcome.rowsByTable : outcome)),
      problems,
    };
  } finally {
    ledger.close();
  }
}

describe.each(Object.entries(TEXTS))('%s', (name, text) => {
  const [first = '', ...rest] = text.split('\n');

  test.each([
    ['behind a hole of zero bytes', HOLE + text],
    ['with one before its second line', `${first}\n${HOLE}${rest.join('\n')}`],
    ['behind a byte order mark, with CRLF', `\uFEFF${text.replaceAll('\n', '\r\n')}`],
  ])('is read whole %s', async (_, changed) => {
    expect(await read(name, changed)).toEqual(await read(name, text));
  });

  test.skipIf(name.endsWith('.log') && name.startsWith('coredns'))(
    'is read behind what kubectl says of itself',
    async () => {
      expect(await read(name, [...SAID, text].join('\n'))).toEqual(await read(name, text));
    },
  );
});
