import { describe, expect, test } from 'vitest';
import { surest } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { partsOf } from '../../src/ingest/paste-parts.js';

const RESOLV = ['search shop.svc.cluster.local svc.cluster.local', 'nameserver 10.9.0.10', 'options ndots:5'];
const LOG = [1, 2, 3].map(
  (i) => `[INFO] 10.9.1.2:4000${i} - ${i} "A IN a${i}.example. udp 30 false 512" NOERROR qr,rd,ra 60 0.001s`,
);
const COUNTERS = [0, 1].map((cpu) => `cpu=${cpu} found=7 invalid=0 insert=0 insert_failed=3 drop=3`);
const DUMP = ['12:00:00.1 IP 10.9.1.2.40001 > 10.9.0.10.53: 1+ A? a.example. (27)'];

const whole = (lines: string[]) => surest(KINDS, Buffer.from(lines.join('\n')), 'paste.txt');
const cut = (lines: string[]) =>
  partsOf(KINDS, lines, whole(lines), 'paste.txt').map(({ reader, text }) => [
    reader.kind,
    text.split('\n').slice(0, -1),
  ]);
const only = (lines: string[], from: number, to: number) =>
  lines.map((line, i) => (i >= from && i < to ? line : ''));

describe('a text of one kind', () => {
  test('is not cut for a line that another kind knows better', () => {
    const errors = ['a', 'b', 'c'].map(
      (name) => `dial tcp: lookup ${name}.shop.example on 10.9.0.10:53: no such host`,
    );
    const lines = [...errors, 'panic: lookup d.shop.example on 10.9.0.10:53: no such host'];
    expect(whole(lines)?.reader.kind).toBe('program-log');
    expect(cut(lines)).toEqual([]);
  });
});

describe('a text of several kinds', () => {
  test.each([
    ['with prompts', ['$ cat /etc/resolv.conf'], ['$ kubectl logs coredns-1'], ['# conntrack -S']],
    ['with blank lines', [], [''], ['']],
    ['with nothing between', [], [], []],
  ])('%s is cut, each part with its line numbers', (_how, first, second, third) => {
    const lines = [...first, ...RESOLV, ...second, ...LOG, ...third, ...COUNTERS];
    const logAt = first.length + RESOLV.length + second.length;
    const countersAt = logAt + LOG.length + third.length;
    const parts = new Map(cut(lines) as [string, string[]][]);
    expect([...parts.keys()]).toEqual(['resolv-conf', 'coredns-log', 'conntrack-stats']);
    expect(parts.get('resolv-conf')!.slice(0, 3 + first.length)).toEqual([...first, ...RESOLV]);
    expect(parts.get('coredns-log')).toEqual(only(lines, logAt, logAt + LOG.length));
    const counters = parts.get('conntrack-stats')!;
    expect(counters.slice(countersAt)).toEqual(COUNTERS);
    expect(counters.slice(0, countersAt - third.length).every((line) => line === '')).toBe(true);
  });

  test('a capture and a log that follow each other twice are two parts', () => {
    expect(cut([...DUMP, ...LOG, ...DUMP, ...LOG]).map(([kind]) => kind)).toEqual([
      'tcpdump-text',
      'coredns-log',
    ]);
  });
});

describe('a text of one kind', () => {
  test.each([
    ['a loop with dates', ['$ date', 'Sun Nov 22 10:00:00 UTC 2026', '$ conntrack -S', ...COUNTERS]],
    ['a log with remarks', [...LOG, 'then it hung', ...LOG]],
    [
      'a ConfigMap',
      [
        'apiVersion: v1',
        'kind: ConfigMap',
        'metadata:',
        '  name: coredns',
        'data:',
        '  Corefile: |',
        '    .:53 {',
        '        errors',
        '',
        '        forward . /etc/resolv.conf',
        '    }',
      ],
    ],
    [
      'much prose with a line of resolv.conf',
      [...Array.from({ length: 30 }, (_, i) => `It fails for the ${i}th time.`), 'nameserver 10.0.0.9'],
    ],
    [
      'a line of resolv.conf before much prose',
      ['nameserver 10.0.0.9', ...Array.from({ length: 30 }, (_, n) => `It fails for the ${n}th time.`)],
    ],
    ['prose', ['It does not work.', '', 'Please help.']],
  ])('%s is not cut', (_what, lines) => {
    expect(cut(lines)).toEqual([]);
  });
});
