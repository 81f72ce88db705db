import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterReaders } from '../../src/cluster/index.js';
import { readBytes } from '../support/memory-sink.js';

/** Something of every kind, as an operator's transcript has it. */
const SAMPLES = [
  '$ kubectl exec app-a -- cat /etc/resolv.conf\nsearch a.b c.d\nnameserver 10.0.0.1\noptions ndots:5 edns0\n',
  '(s) {\n errors\n}\n.:53 10.0.0.0/22 {\n import s\n cache 30 {\n  success 10\n }\n log "{x}"\n}\n',
  'Name: c\nNamespace: n\nData\n====\nCorefile:\n----\n. {\n errors\n}\nEvents: <none>\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  Corefile: |\n    . {\n      errors {{ x }}\n    }\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {dnsPolicy: None}\n',
  '{"kind":"List","items":[{"kind":"Pod","metadata":{"name":"p"},"status":{"podIPs":[{"ip":"10.0.0.1"}]}},{"kind":"Node","metadata":{"name":"n"}}]}',
  'Thu Feb 20 10:11:12 KST 2025\n[\n{"Name":"\\\\052.x.","Type":"A","TTL":1,"ResourceRecords":[{"Value":"1.2.3.4"}]}\n]\n',
  'time="2025-02-20T10:11:12Z" level=info msg="Desired change: CREATE a.b A [Id: Z]"\n{"log":"level=error msg=x"}\n',
];

const change = fc.record({ at: fc.nat(), bytes: fc.uint8Array({ maxLength: 4 }), drop: fc.nat(6) });

function mutate(text: string, changes: { at: number; bytes: Uint8Array; drop: number }[]): Buffer {
  let bytes = Buffer.from(text);
  for (const { at, bytes: added, drop } of changes) {
    const place = at % (bytes.length + 1);
    bytes = Buffer.concat([bytes.subarray(0, place), added, bytes.subarray(place + drop)]);
  }
  return bytes;
}

describe.each(clusterReaders.map((reader) => [reader.kind, reader] as const))(
  'the reader of %s',
  (_, reader) => {
    it('never throws, whatever was changed', async () => {
      const input = fc.tuple(fc.constantFrom(...SAMPLES), fc.array(change, { maxLength: 8 }));
      await fc.assert(
        fc.asyncProperty(input, async ([text, changes]) => {
          const bytes = mutate(text, changes);
          const score = reader.sniff(bytes, 'x');
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          await readBytes(reader, [bytes.subarray(0, 40), bytes.subarray(40)]);
        }),
      );
    });

    it.each([
      '{"a":',
      '[',
      '{{',
      '. {\n',
      '- ',
      '"',
      '\\',
      'a: &a [*a,',
      '==> x <==\n',
      '`',
      '{% ',
      'Corefile: |\n',
      'metadata:\n',
    ])('ends on 200,000 bytes of %j', async (text) => {
      const bytes = Buffer.from(text.repeat(200_000 / text.length));
      reader.sniff(bytes.subarray(0, 65536), 'x');
      await readBytes(reader, bytes);
    });
  },
);
