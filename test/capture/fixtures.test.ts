import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pcapngReader, pcapReader } from '../../src/capture/index.js';
import { DIRECTIONS, TUNNELS } from '../../src/raw/tables/wire.js';
import { type Reading, readBytes } from '../support/memory-sink.js';

const NAME = 'shop.default.svc.cluster.local';

async function read(file: string): Promise<Reading> {
  const bytes = readFileSync(new URL(`../../fixtures/captures/${file}`, import.meta.url));
  return readBytes(file.endsWith('ng') ? pcapngReader : pcapReader, new Uint8Array(bytes));
}

const outermost = ['ethernet', 'sll', 'sll2', 'raw', 'null', 'loop', 'vlan', 'qinq', 'modified'];
const tunnels = ['mpls', 'pppoe', 'vxlan', 'geneve', 'gre', 'ipip'];

test.each([...outermost, ...tunnels])('%s.pcap gives the query and its response', async (name) => {
  const { rows, problems, incomplete } = await read(`${name}.pcap`);
  expect(problems).toEqual([]);
  expect(incomplete).toBeNull();
  expect(rows.messages).toMatchObject([
    { frame: 1, src_id: '10.244.1.7', dst_id: '10.96.0.10', src_port: 40000, dst_port: 53, answers: 0 },
    { frame: 2, src_id: '10.96.0.10', dst_id: '10.244.1.7', src_port: 53, dst_port: 40000, answers: 1 },
  ]);
  for (const row of rows.messages!) {
    expect(row).toMatchObject({ qname_id: NAME, qtype: 1, qclass: 1, txid: 0x1234, ip_id: 7, hop_limit: 64 });
    expect(row.key).toBe(rows.messages![0]!.key);
    expect(TUNNELS[row.tunnel as number]).toBe(tunnels.includes(name) ? name : 'none');
  }
  expect(rows.answers).toMatchObject([{ name_id: NAME, type: 1, ttl: 30, data_id: '10.96.14.2' }]);
  expect(rows.frames).toMatchObject([{ kind: 'dns', count: 2n }]);
});

test('cooked captures say interface and direction', async () => {
  const v1 = await read('sll.pcap');
  expect(v1.rows.messages![0]).toMatchObject({ interface_id: 0, direction: DIRECTIONS.indexOf('out') });
  const v2 = await read('sll2.pcap');
  expect(v2.rows.messages![0]).toMatchObject({ interface_id: '12', direction: DIRECTIONS.indexOf('in') });
});

test("Kuznetzov's form says interface and direction", async () => {
  const { rows } = await read('modified.pcap');
  expect(rows.messages).toMatchObject([
    { interface_id: '3', direction: DIRECTIONS.indexOf('in') },
    { interface_id: '3', direction: DIRECTIONS.indexOf('out') },
  ]);
});

test('a big-endian file with nanoseconds has the times that it says', async () => {
  const { rows, firstNanos, lastNanos } = await read('big-endian-nanoseconds.pcap');
  expect(rows.messages!.map((row) => row.time)).toEqual([
    1_700_000_000_000_000_000n,
    1_700_000_000_000_000_001n,
  ]);
  expect([firstNanos, lastNanos]).toEqual([1_700_000_000_000_000_000n, 1_700_000_000_000_000_001n]);
});

test('pcapng: sections, interfaces, resolutions, offsets and all packet blocks', async () => {
  const { rows, problems } = await read('two-sections.pcapng');
  expect(rows.messages).toMatchObject([
    { frame: 1, time: 1_700_000_000_123_456_789n, interface_id: 'eth0', direction: 5 },
    { frame: 2, time: 1_700_000_000_123_456_789n, interface_id: 'eth0', direction: 0 },
    { frame: 3, time: 1_700_000_000_500_000_000n, interface_id: 'tun0', direction: 1 },
    { frame: 4, time: 1_700_000_000_000_001_000n, interface_id: 0, direction: 0 },
  ]);
  expect(problems.map((problem) => problem.code)).toEqual(['packet-without-time']);
});

test('IPv6 extension headers are walked, and IPv6 fragments put together', async () => {
  const walked = await read('ipv6-extensions.pcap');
  expect(walked.rows.messages).toMatchObject([
    { src_id: 'fd00::7', dst_id: 'fd00::a', ip_id: null, qname_id: NAME },
  ]);
  const whole = await read('ipv6-fragments.pcap');
  expect(whole.rows.messages).toMatchObject([{ frame: 2, answers: 1, qname_id: NAME }]);
  expect(whole.rows.answers).toHaveLength(1);
});

test('fragments make a message of their last frame', async () => {
  const { rows, problems } = await read('fragments.pcap');
  expect(problems).toEqual([]);
  expect(rows.messages).toMatchObject([{ frame: 9, answers: 90, src_port: 53, ip_id: 99 }]);
  expect(rows.answers).toHaveLength(90);
  expect(rows.frames).toMatchObject([
    { kind: 'dns', count: 1n },
    { kind: 'dns-fragment', count: 8n },
  ]);
});

test('a first fragment alone, all that a filter on port 53 lets through, gives header, question and records', async () => {
  const { rows, problems } = await read('first-fragment-only.pcap');
  expect(rows.messages).toMatchObject([{ frame: 1, answers: 90, qname_id: NAME }]);
  expect(rows.answers!.length).toBeGreaterThan(5);
  expect(problems.map((problem) => problem.code)).toEqual(['cut-message', 'missing-fragments']);
});

test('TCP: several messages in a segment and a message over several', async () => {
  const { rows } = await read('tcp.pcap');
  expect(rows.messages!.map((row) => [row.frame, row.protocol, row.qname_id])).toEqual([
    [3, 1, NAME],
    [3, 1, NAME],
    [4, 1, NAME],
  ]);
});

test('a packet that the snap length cut keeps header and question', async () => {
  const { rows, problems, incomplete } = await read('snapped.pcap');
  expect(rows.messages).toMatchObject([{ qname_id: NAME, answers: 1, bytes: 94 }]);
  expect(problems).toMatchObject([{ code: 'cut-message', position: 'frame 1' }]);
  expect(incomplete).toBeNull();
});

test('a file that is cut keeps the packets before and says where', async () => {
  const { rows, problems, incomplete } = await read('cut.pcap');
  expect(rows.messages).toMatchObject([{ frame: 1 }]);
  expect(problems).toMatchObject([{ code: 'cut-file', position: 'byte 130' }]);
  expect(incomplete).toBe('cut in frame 2 at byte 272');
});

test('an ICMP error that quotes a query is counted, not taken for a query', async () => {
  const { rows } = await read('icmp-error.pcap');
  expect(rows.messages).toBeUndefined();
  expect(rows.frames).toMatchObject([{ kind: 'icmp-error-of-dns', count: 1n }]);
});
