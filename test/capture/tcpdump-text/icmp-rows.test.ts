import { describe, expect, test } from 'vitest';
import { tcpdumpTextReader } from '../../../src/capture/tcpdump-text/index.js';
import { readBytes } from '../../support/memory-sink.js';

const T = '2026-01-02 03:04:05.000001';
const read = async (text: string) => (await readBytes(tcpdumpTextReader, text)).rows;

describe('ICMP errors that tcpdump printed are rows as those of captures', () => {
  const HEAD = `${T} IP (tos 0xc0, ttl 63, id 1, offset 0, flags [none], proto ICMP (1), length 85)\n`;
  const QUOTED =
    '\tIP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 57)\n    10.0.0.1.40000 > 10.96.0.10.53: 53039+ A? Db.example. (38)\n';

  test('with the message that -v quotes, and the key of its query', async () => {
    const query = `${T} IP 10.0.0.1.40000 > 10.96.0.10.53: 53039+ A? db.example. (38)\n`;
    const error = `${HEAD}    10.96.0.10 > 10.0.0.1: ICMP 10.96.0.10 udp port 53 unreachable, length 65\n${QUOTED}`;
    const { icmp_errors: errors, messages } = await read(query + error);
    expect(messages).toHaveLength(1);
    expect(errors).toMatchObject([
      {
        frame: 2, src_id: '10.96.0.10', dst_id: '10.0.0.1', hop_limit: 63, version: 4, type: 3, code: 3, mtu: null, protocol: 0,
        quoted_src_id: '10.0.0.1', quoted_src_port: 40000, quoted_dst_id: '10.96.0.10', quoted_dst_port: 53, quoted_ip_id: 4660,
        of_response: false, txid: 53039, qname_id: 'db.example', qtype: 1, key: messages![0]!['key'],
      },
    ]); // prettier-ignore
  });

  test.each([
    ['IP 10.96.0.10 > 10.0.0.1: ICMP 10.96.0.10 udp port 53 unreachable, length 65', { type: 3, code: 3, quoted_dst_id: '10.96.0.10', quoted_src_id: '10.0.0.1' }],
    ['IP 10.0.0.9 > 10.0.0.1: ICMP 10.0.0.9 tcp port domain unreachable, length 65', { protocol: 1, quoted_dst_port: 53 }],
    ['IP6 fd00::9 > fd00::1: ICMP6, destination unreachable, unreachable port, fd00::9 udp port 53, length 80', { version: 6, type: 1, code: 4, quoted_dst_id: 'fd00::9' }],
  ])('without the port of who asked where it is not printed: %s', async (line, want) => {
    const { icmp_errors: errors } = await read(`${T} ${line}\n`);
    expect(errors).toMatchObject([{ quoted_src_port: null, txid: null, qname_id: 0, qtype: null, key: null, ...want }]);
  }); // prettier-ignore

  test.each([
    ['ICMP host 10.96.0.10 unreachable - admin prohibited filter, length 65', 3, 13, null],
    ['ICMP host 10.96.0.10 unreachable, length 65', 3, 1, null],
    ['ICMP 10.96.0.10 unreachable - need to frag (mtu 1400), length 556', 3, 4, 1400],
    ['ICMP time exceeded in-transit, length 65', 11, 0, null],
  ])('of the other kinds where the quotation says that it is of DNS: %s', async (said, type, code, mtu) => {
    const { icmp_errors: errors } = await read(`${HEAD}    10.0.0.9 > 10.0.0.1: ${said}\n${QUOTED}`);
    expect(errors).toMatchObject([{ src_id: '10.0.0.9', type, code, mtu, txid: 53039 }]);
    expect((await read(`${T} IP 10.0.0.9 > 10.0.0.1: ${said}\n`)).icmp_errors).toBeUndefined();
  });

  test('not of other ports, and not of an echo', async () => {
    const lines = [
      'ICMP 10.0.0.9 udp port 123 unreachable, length 65',
      'ICMP echo request, id 1, seq 1, length 64',
    ];
    const { icmp_errors: errors } = await read(
      lines.map((line) => `${T} IP 10.0.0.9 > 10.0.0.1: ${line}\n`).join(''),
    );
    expect(errors).toBeUndefined();
  });
});
