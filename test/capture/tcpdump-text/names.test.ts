import { describe, expect, test } from 'vitest';
import { frames, messages, read } from './printed-capture.js';

const T = '14:50:41.5';
const ends = (row: Record<string, unknown>) => [row.src_id, row.src_port, row.dst_id, row.dst_port];

describe('names in the place of addresses', () => {
  test('each is an endpoint of its own, and service names are ports', async () => {
    const reading = await read(
      `${T} IP web-7d9.41001 > kube-dns.kube-system.svc.cluster.local.domain: 5+ A? a.example. (27)\n` +
        `${T} IP kube-dns.kube-system.svc.cluster.local.domain > Web-7d9.41001: 5 0/0/0 (27)\n`,
    );
    const [query, response] = messages(reading);
    const server = 'kube-dns.kube-system.svc.cluster.local';
    expect(ends(query!)).toEqual(['web-7d9', 41001, server, 53]);
    expect(ends(response!)).toEqual([server, 53, 'web-7d9', 41001]);
    expect(response!.key).toBe(query!.key);
    expect(reading.problems.map(({ code }) => code)).toContain('address-is-a-name');
  });

  test.each(['web1', 'a-name-of-16-oct'])('a name as long as an address (%s) is none', async (name) => {
    const reading = await read(`${T} IP ${name}.41001 > 10.0.0.9.53: 5+ A? a.example. (27)\n`);
    expect(messages(reading)[0]!.src_id).toBe(name);
  });

  test('a service whose number is not known is port 0', async () => {
    const reading = await read(`${T} IP web-0.some-service > 10.0.0.9.domain: 5+ A? a.example. (27)\n`);
    expect(ends(messages(reading)[0]!)).toEqual(['web-0', 0, '10.0.0.9', 53]);
  });

  test('a ping between names is no DNS', async () => {
    const reading = await read(`${T} IP web-0 > web-1.domain: ICMP echo request, id 1, seq 1, length 64\n`);
    expect(frames(reading)).toEqual({ 'other-protocol': 1 });
  });
});

test("flannel's VXLAN, which tcpdump prints as OTV, is opened", async () => {
  const reading = await read(
    `${T} IP 10.1.0.5.40001 > 10.1.0.6.otv: OTV, flags [I] (0x08), overlay 0, instance 1\n` +
      `IP 10.42.4.29.41188 > 10.42.2.95.domain: 5078+ AAAA? db.example. (28)\n`,
  );
  expect(messages(reading)).toMatchObject([{ src_id: '10.42.4.29', dst_id: '10.42.2.95', tunnel: 1 }]);
});

test('blanks around the arrow and behind a line are none of tcpdump', async () => {
  const reading = await read(`${T} IP 10.0.0.1.40000    >  10.96.0.10.53: 1+ A? a.example. (27)   \t\n`);
  expect(messages(reading)).toHaveLength(1);
  expect(reading.problems.map(({ code }) => code)).toEqual(['date-unknown']);
});
