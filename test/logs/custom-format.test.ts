import { describe, expect, test } from 'vitest';
import { readLog, readQuery } from './support/read-log.js';

describe('a custom log format is read by its shape', () => {
  test.each([
    ['[INFO] udp Request: example.org. A 4242', { protocol: 0, qname_id: 'example.org', qtype: 1, txid: null }],
    ['[INFO] 10.0.0.1 A example.org. NOERROR 0.5s', { client_id: '10.0.0.1', client_port: null, rcode: 0, duration_seconds: 0.5 }],
    ['[INFO] [fd00::1]:53001 example.org. AAAA IN qr,rd NXDOMAIN', { client_id: 'fd00::1', client_port: 53001, qtype: 28, flags_id: 'qr,rd', rcode: 3 }],
    ['[INFO] client=10.0.0.1 port=4000 id=7 name=a.example. type=A class=IN proto=tcp rcode=SERVFAIL rsize=30 duration=2s', { client_port: 4000, txid: 7, protocol: 1, rcode: 2, response_bytes: 30, duration_seconds: 2 }],
    ['[INFO] {"remote":"10.0.0.1","port":"4000","id":"7","type":"MX","name":"a.example.","proto":"udp","size":"30","rcode":"NOERROR","duration":"0.001s"}', { client_id: '10.0.0.1', client_port: 4000, txid: 7, qtype: 15, request_bytes: 30, duration_seconds: 0.001 }],
    ['[INFO] 10.0.0.1:4000 - 7 a.example. A NOERROR 0.001s', { client_port: 4000, qtype: 1, duration_seconds: 0.001 }],
  ])('%s', async (line, expected) => {
    expect(await readQuery(line)).toMatchObject(expected);
  }); // prettier-ignore

  test('with a key where all of its parts are there', async () => {
    const custom = await readQuery(
      '[INFO] client=10.0.0.1 port=4000 id=7 name=a.example. type=A proto=udp rcode=NOERROR',
    );
    const common = await readQuery(
      '[INFO] 10.0.0.1:4000 - 7 "A IN a.example. udp 30 false 512" NOERROR qr 30 1s',
    );
    expect(custom.key).toBe(common.key);
  });

  test('without its flags, whose place is not known, where bytes are no UTF-8', async () => {
    const line = Buffer.from('[INFO] \xff 10.0.0.1 A example.org. qr,rd NOERROR 0.5s', 'latin1');
    expect(await readQuery(line)).toMatchObject({ client_id: '10.0.0.1', rcode: 0, flags_id: 0 });
  });

  test('and is no query line without a name, a type and something else', async () => {
    const { rows } = await readLog(
      '[INFO] the A record of example.org. changed\n[INFO] udp 10.0.0.1 NOERROR\n',
    );
    expect(rows.log_queries).toBeUndefined();
    expect(rows.log_events).toHaveLength(2);
  });
});
