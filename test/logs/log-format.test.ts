import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { corednsLog } from '../../src/logs/coredns-log.js';
import { formatOfArguments, parseLogFormat, unknownPlaceholders } from '../../src/logs/lines/log-format.js';
import { readBytes } from '../support/memory-sink.js';

async function read(format: string, ...lines: string[]) {
  const { rows } = await readBytes(corednsLog, `${lines.join('\n')}\n`, { logFormats: [format] });
  return rows;
}

describe('a line is read by the format that was given', () => {
  test.each([
    ['{proto} Request: {name} {type} {>id}', '[INFO] udp Request: db.example. A 42', { protocol: 0, qname_id: 'db.example', qtype: 1, txid: 42 }],
    ['{name}', '[INFO] db.example.', { qname_id: 'db.example', qtype: null }],
    ['{remote} asked {name} for {type}, got {rcode} ({>rflags}) in {duration}', '[INFO] 10.0.0.7 asked db.example. for MX, got NXDOMAIN (qr,rd) in 0.002s', { client_id: '10.0.0.7', qtype: 15, rcode: 3, flags_id: 'qr,rd', duration_seconds: 0.002 }],
    ['remote={remote},name={name},size={size},rsize={rsize}', '[INFO] remote=[fd00::7],name=db.example.,size=30,rsize=90', { client_id: 'fd00::7', qname_id: 'db.example', request_bytes: 30, response_bytes: 90 }],
    ['{"c":"{remote}","n":"{name}","do":"{>DO}","b":"{>bufsize}","op":"{>opcode}"}', '[INFO] {"c":"10.0.0.7","n":"db.example.","do":"true","b":"1232","op":"0"}', { client_id: '10.0.0.7', dnssec_ok: true, edns_size: 1232, opcode: 0 }],
    ['{/kubernetes/endpoint} {name} {class} {local}', '[INFO] - db.example. IN 10.1.0.2', { qname_id: 'db.example', qclass: 1, client_id: null }],
    ['[{when}] {name}', '[07/Sep/2018:15:29:11 +0000] db.example.', { qname_id: 'db.example' }],
    ['{common} by {local}', '[INFO] 10.0.0.7:4000 - 7 "A IN db.example. udp 30 false 512" - - 0 0.1s by 10.1.0.2', { client_port: 4000, txid: 7, rcode: null, flags_id: 0, duration_seconds: 0.1 }],
  ])('%s', async (format, line, expected) => {
    expect((await read(format, line))['log_queries']).toMatchObject([expected]);
  }); // prettier-ignore

  it('and lines of other forms are read as without it', async () => {
    const rows = await read(
      'Q {name} {type}',
      '[INFO] Q db.example. A',
      '[INFO] 10.0.0.7:4000 - 7 "A IN db.example. udp 30 false 512" NOERROR qr 30 1s',
      '[INFO] Q db.example. A and more',
      '[INFO] plugin/reload: Running configuration SHA512 = 00',
    );
    expect(rows['log_queries']).toHaveLength(2);
    expect(rows['log_events']).toHaveLength(2);
  });

  it('and tells the kind of a log that no line tells without it', () => {
    const head = Buffer.from('[INFO] db.example.\n[INFO] web.example.\n');
    expect(corednsLog.sniff(head, 'x')).toBe(0);
    expect(corednsLog.sniff(head, 'x', { ports: [53], logFormats: ['{name}'] })).toBeGreaterThan(0.9);
  });
});

describe('a format', () => {
  it('without a name, or with two values side by side, reads nothing', () => {
    expect(parseLogFormat('{remote} {type}')).toMatch(/no \{name\}/);
    expect(parseLogFormat('{name}{type}')).toMatch(/nothing between \{type\}/);
    expect(parseLogFormat(`{name} ${'x'.repeat(1000)}`)).toMatch(/longer/);
  });

  it('tells which of its words in braces CoreDNS does not know', () => {
    expect(unknownPlaceholders('{common} {nam} {>ID} {/a/b} {>nope}')).toEqual(['{nam}', '{>nope}']);
  });

  it('is the last word behind log, if that has braces and is no shortcut', () => {
    expect(formatOfArguments(['.', '{name} {type}'])).toBe('{name} {type}');
    expect(formatOfArguments(['.', '{combined}'])).toBeNull();
    expect(formatOfArguments(['example.org'])).toBeNull();
  });

  it('never throws, whatever it and the line are', async () => {
    const word = fc.constantFrom(
      '{name}',
      '{type}',
      '{remote}',
      '{duration}',
      '{>rflags}',
      '{/x}',
      ' ',
      '-',
      '{',
      '}',
      '"',
      '\\',
    );
    const format = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));
    await fc.assert(
      fc.asyncProperty(format, fc.string({ unit: 'binary', maxLength: 200 }), async (given, line) => {
        await read(given, `[INFO] ${line}`);
      }),
      { numRuns: 50 },
    );
  });
});
