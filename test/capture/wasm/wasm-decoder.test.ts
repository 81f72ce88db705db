import * as dnsPacket from 'dns-packet';
import { afterEach, expect, test } from 'vitest';
import * as p from '../../../fixtures/captures/packets.js';
import { DnsMessages } from '../../../src/capture/dns/dns-message.js';
import { LinkLayer } from '../../../src/capture/layers/link-type.js';
import { Packet } from '../../../src/capture/packet/packet.js';
import { PacketEnds } from '../../../src/capture/packet/packet-addresses.js';
import { RecentPackets } from '../../../src/capture/dns/recent-packets.js';
import { WasmHost } from '../../../src/capture/wasm/host.js';
import { Machine } from '../../../src/capture/wasm/machine.js';
import { WasmDecoder } from '../../../src/capture/wasm/wasm-decoder.js';
import { FIRST_ROW_IDS } from '../../../src/raw/sink.js';
import { SourceRows } from '../../../src/store/source-rows.js';

// What WebAssembly reads, and what it leaves to TypeScript: that both give the same rows is tested in decoders.test.ts.

const UDP = 17;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const NAME = 'a.example';

afterEach(() => {
  delete process.env['DNSLENS_WASM'];
});

/** Whether WebAssembly reads a frame, and how many rows there are then. */
function read(linkType: number, bytes: Uint8Array): { isRead: boolean; packets: number } {
  const ids = { names: 1, addresses: 1, texts: 1, ...FIRST_ROW_IDS };
  const start = { sourceId: 1, label: null, aheadSeconds: 0, seed: 7, nextIds: ids };
  const sink = new SourceRows(start, () => undefined);
  const machine = Machine.take()!;
  const messages = new DnsMessages(sink, new PacketEnds(sink), new RecentPackets(machine.recent));
  machine.listen(new WasmHost(machine, sink, messages, new LinkLayer(sink)));
  const packet = new Packet();
  const ports = new Uint8Array(65536);
  ports[53] = 1;
  const decoder = new WasmDecoder(machine, sink, packet, ports);
  packet.frame = 1;
  packet.seconds = 1_700_000_000;
  const { bytes: memory, from } = decoder.window;
  memory.set(bytes, from);
  const isRead = decoder.frame(memory, from, from + bytes.length, linkType);
  decoder.close();
  return { isRead, packets: messages.rows.packets.row };
}

const payload = (given: object = {}) =>
  dnsPacket.encode({ type: 'query', id: 1, questions: [{ type: 'A', name: NAME }], ...given });
const answers = [
  { type: 'CNAME' as const, name: NAME, ttl: 5, data: 'b.example' },
  { type: 'A' as const, name: 'b.example', ttl: 5, data: '192.0.2.1' },
];
const opt = (options: object[]) => ({
  additionals: [{ type: 'OPT', name: '.', udpPayloadSize: 1232, flags: 0, options }],
});
const v4 = (message: Uint8Array, port = 53, options = {}) =>
  p.ipv4('10.0.0.1', '10.96.0.10', UDP, p.udp(40000, port, message), options);
const v6 = (message: Uint8Array) => p.ipv6('fd00::1', 'fd00::a', UDP, p.udp(40000, 53, message));

test.each<[string, number, Uint8Array]>([
  ['a query over Ethernet and IPv4', 1, p.ethernet(IPV4, v4(payload()))],
  ['one over Ethernet and IPv6', 1, p.ethernet(IPV6, v6(payload()))],
  ['one in a cooked capture', 113, p.sll(0, IPV4, v4(payload()))],
  ['one in a cooked capture of the second version', 276, p.sll2(2, 4, IPV6, v6(payload()))],
  ['a response with records', 1, p.ethernet(IPV4, v4(payload({ type: 'response', answers })))],
  ['EDNS without options', 1, p.ethernet(IPV4, v4(payload(opt([]))))],
  ['padding behind the packet', 1, p.bytesOf(p.ethernet(IPV4, v4(payload())), [0, 0, 0, 0])],
])('%s is read', (_, linkType, bytes) => {
  expect(read(linkType, bytes)).toEqual({ isRead: true, packets: 1 });
});

const escaped = payload({ questions: [{ type: 'A', name: 'a b.example' }] });
const cookie = payload(opt([{ code: 'COOKIE', data: Buffer.alloc(8) }]));
const two = payload({ questions: Array.from({ length: 2 }, () => ({ type: 'A', name: NAME })) });
test.each<[string, number, Uint8Array]>([
  ['a link type of its own', 101, v4(payload())],
  ['a tagged frame', 1, p.ethernet(0x8100, p.vlan(7, IPV4, v4(payload())))],
  ['a fragment', 1, p.ethernet(IPV4, v4(payload(), 53, { more: true }))],
  ['TCP', 1, p.ethernet(IPV4, p.ipv4('10.0.0.1', '10.0.0.2', 6, p.tcp(40000, 53, 1, p.framed(payload()))))],
  ['another port', 1, p.ethernet(IPV4, v4(payload(), 8053))],
  ['a name that is written with an escape', 1, p.ethernet(IPV4, v4(escaped))],
  ['an option of EDNS', 1, p.ethernet(IPV4, v4(cookie))],
  ['two questions', 1, p.ethernet(IPV4, v4(two))],
  ['a message that was cut', 1, p.ethernet(IPV4, v4(payload())).subarray(0, -1)],
  ['what is no message', 1, p.ethernet(IPV4, v4(Buffer.alloc(30, 255)))],
])('%s is left to TypeScript, and leaves no row', (_, linkType, bytes) => {
  expect(read(linkType, bytes)).toEqual({ isRead: false, packets: 0 });
});

test('there is none where the environment says so', () => {
  process.env['DNSLENS_WASM'] = '0';
  expect(Machine.take()).toBeNull();
});
