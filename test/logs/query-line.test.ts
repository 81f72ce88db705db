import { describe, expect, test } from 'vitest';
import { readLog, readQuery } from './support/read-log.js';

const TODAY =
  '[INFO] 10.1.2.3:40000 - 4242 "AAAA IN api.example.com. udp 45 true 1232" NXDOMAIN qr,aa,rd 138 0.000150566s';

describe('a query line', () => {
  test('fills every column of the common format', async () => {
    expect(await readQuery(TODAY)).toEqual({
      source_id: 1, line: 1, time: null, stream_id: 0, client_id: '10.1.2.3', client_port: 40000,
      key: expect.any(BigInt), txid: 4242, qname_id: 'api.example.com', qtype: 28, qclass: 1, protocol: 0,
      request_bytes: 45, dnssec_ok: true, edns_size: 1232, opcode: null, rcode: 3, flags_id: 'qr,aa,rd',
      response_bytes: 138, duration_seconds: 0.000150566,
    }); // prettier-ignore
  });

  test('has an opcode in the combined format', async () => {
    expect((await readQuery(`${TODAY} "4"`)).opcode).toBe(4);
  });

  test('may have lost its level', async () => {
    expect((await readQuery(TODAY.slice(7))).qname_id).toBe('api.example.com');
  });

  test('of versions to 1.8.4 says NOERROR for an upstream that never answered', async () => {
    const row = await readQuery('[INFO] 10.0.0.1:5 - 6 "A IN a.example. udp 30 false 512" NOERROR - 0 6.01s');
    expect(row).toMatchObject({ rcode: 0, flags_id: 0, response_bytes: 0, duration_seconds: 6.01 });
  });

  test('of versions from 1.8.5 has no rcode where no reply was recorded', async () => {
    const row = await readQuery('[INFO] 10.0.0.1:5 - 6 "A IN a.example. tcp 30 false 65535" - - 0 6.00967s');
    expect(row).toMatchObject({ rcode: null, flags_id: 0, protocol: 1, edns_size: 65535 });
  });

  test('may have a reply without flags', async () => {
    const row = await readQuery('[INFO] 10.0.0.1:5 - 6 "A IN a.example. udp 30 false 512" REFUSED  30 0.1s');
    expect(row).toMatchObject({ rcode: 5, flags_id: 0, response_bytes: 30 });
  });

  test('of 1.1.x has a date with a zone and a Go duration', async () => {
    const row = await readQuery(
      '192.168.0.10:35488 - [19/Apr/2018:04:27:06 +0200] 10678 "A IN x.example. udp 40 false 4096" SERVFAIL qr,rd 40 1.830937ms',
    );
    expect(row).toMatchObject({ txid: 10678, rcode: 2, duration_seconds: 0.001830937 });
    expect(row.time).toBe(BigInt(Date.parse('2018-04-19T02:27:06Z')) * 1_000_000n);
  });

  test('of 2017 has neither port, ID nor flags', async () => {
    const row = await readQuery(
      '::1 - [24/Jul/2017:10:10:44 +0000] "MX IN x.example. udp 45 false 4096" NOERROR 121 133.449µs',
    );
    expect(row).toMatchObject({
      client_id: '::1',
      client_port: null,
      txid: null,
      key: null,
      qtype: 15,
      rcode: 0,
    });
    expect(row).toMatchObject({ flags_id: 0, response_bytes: 121, duration_seconds: 0.000133449 });
  });

  test.each([
    ['[2001:db8::5]:53001', '2001:db8::5'],
    ['[::ffff:10.1.2.3]:53001', '10.1.2.3'],
    ['[fe80::1%eth0]:53001', 'fe80::1'],
    ['[redacted-ip]:53001', null],
    ['x.x.x.101:53001', null],
  ])('from %s has client %s', async (remote, client) => {
    const row = await readQuery(TODAY.replace('10.1.2.3:40000', remote));
    expect(row).toMatchObject({ client_id: client, client_port: 53001 });
    expect(row.key === null).toBe(client === null);
  });

  test.each([
    ['Api.Example.COM.', 'api.example.com'],
    ['.', '.'],
    ['a\\.b.example.', 'a\\.b.example'],
    ['it\\\'s\\ a\\(very\\)\\;odd\\@\\"name\\".example.', 'it\'s\\032a(very);odd@"name".example'],
    ['back\\\\slash.example.', 'back\\\\slash.example'],
    ['b\\000\\255.example.', 'b\\000\\255.example'],
    ['\\065\\046.example.', 'a\\..example'],
  ])('for the name %s is stored as %s', async (name, stored) => {
    expect((await readQuery(TODAY.replace('api.example.com.', () => name))).qname_id).toBe(stored);
  });

  test('without a question has no name and no type', async () => {
    const row = await readQuery('[INFO] 10.0.0.1:5 - 6 "  . udp 12 false 512" FORMERR qr 12 0.00001s');
    expect(row).toMatchObject({ qname_id: 0, qtype: null, qclass: null, key: null, rcode: 1 });
  });

  test.each([
    ['TYPE65280 CLASS42', 65280, 42],
    ['HTTPS CH', 65, 3],
    ['None ANY', 0, 255],
    ['NEWTYPE IN', null, 1],
  ])('with %s keeps the codes', async (words, qtype, qclass) => {
    expect(await readQuery(TODAY.replace('AAAA IN', words))).toMatchObject({ qtype, qclass });
  });

  test('keeps rcodes that have no name', async () => {
    expect((await readQuery(TODAY.replace('NXDOMAIN', '3841'))).rcode).toBe(3841);
  });

  test.each([
    ['1s', 1],
    ['12.5ms', 0.0125],
    ['7us', 0.000007],
    ['544.128μs', 0.000544128],
    ['120ns', 1.2e-7],
    ['1m2.5s', 62.5],
    ['0.0000838s', 0.0000838],
  ])('with duration %s took %f seconds', async (text, seconds) => {
    expect((await readQuery(TODAY.replace('0.000150566s', text))).duration_seconds).toBe(seconds);
  });

  test('with curly quotation marks of a web page is read all the same', async () => {
    const curly = TODAY.replace(' "', ' \u201c').replace('" ', '\u201d ');
    expect((await readQuery(curly)).qname_id).toBe('api.example.com');
  });

  test.each(['0.000150566', '0.', '0.00...'])(
    'that is cut in its duration (%s) is kept without one, which is told',
    async (rest) => {
      const { rows, problems } = await readLog(TODAY.replace('0.000150566s', rest));
      expect(rows.log_queries).toMatchObject([
        { qname_id: 'api.example.com', response_bytes: 138, duration_seconds: null },
      ]);
      expect(problems).toMatchObject([{ code: 'cut-query-line', position: 'line 1' }]);
    },
  );

  test('that is cut is a problem, and the lines around it are read', async () => {
    const { rows, problems } = await readLog(`${TODAY}\n${TODAY.slice(0, 60)}\n${TODAY}\n`);
    expect(rows.log_queries!.map((row) => row.line)).toEqual([1, 3]);
    expect(problems).toMatchObject([{ code: 'broken-query-line', position: 'line 2', count: 1 }]);
  });
});
