import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src/ingest/kinds.js';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { programErrors } from '../../src/probes/program-errors.js';
import { readBytes } from '../support/memory-sink.js';

const kindOf = (text: string) => chooseReader(KINDS, Buffer.from(text), 'x')?.kind;

describe('errors of programs in Go', () => {
  it.each([
    [
      'Post "https://api.example": dial tcp: lookup api.example on 10.96.0.10:53: read udp 10.244.1.5:36791->10.96.0.10:53: i/o timeout',
      { outcome: 'timeout', rcode: null, tries: 1 },
    ],
    [
      'dial tcp: lookup api.example on 10.96.0.10:53: no such host',
      { outcome: 'answered', rcode: 'NXDOMAIN' },
    ],
    ['lookup api.example on 10.96.0.10:53: server misbehaving', { outcome: 'answered', rcode: null }],
    [
      'lookup api.example on 10.96.0.10:53: read udp 10.244.1.5:36791->10.96.0.10:53: read: connection refused',
      { outcome: 'refused', rcode: null },
    ],
  ])('name the name, the server and why: %s', async (line, wanted) => {
    const text = `2026-03-03T10:00:00Z ERR ${line}\n`;
    expect(kindOf(text)).toBe('program-log');
    const { rows } = await readBytes(programErrors, text);
    expect(rows['probes']).toMatchObject([
      {
        tool: 'go',
        server: '10.96.0.10',
        server_port: 53,
        qname: 'api.example',
        time: BigInt(Date.parse('2026-03-03T10:00:00Z')) * 1_000_000n,
        ...wanted,
      },
    ]);
  });

  it("leave CoreDNS's own errors to its log", () => {
    const line =
      '[ERROR] plugin/errors: 2 a.example. A: dial udp: lookup b.example on 10.0.0.2:53: read udp 10.1.1.1:5->10.0.0.2:53: i/o timeout\n';
    expect(kindOf(line)).toBe('coredns-log');
  });
});
