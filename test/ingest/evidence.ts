import type { AboutKind, Reader } from '../../src/raw/reader.js';

/** Of kinds that only tests have. */
export const ABOUT: AboutKind = { sample: '', from: '', gives: '', proves: '' };

/** A kind, whose inputs begin with `!`, that fails once it has written something. */
export const failing: Reader = {
  kind: 'failing',
  title: 'a kind that fails',
  about: ABOUT,
  sniff: (head) => Number(head[0] === 0x21),
  read: async ({ chunks }, sink) => {
    sink.names.idOfText('left.behind');
    for await (const chunk of chunks) if (chunk.length > 0) throw new Error('a disk error');
  },
};

/** A pcap with `count` DNS queries over UDP, Ethernet and IPv4; names and ids depend on the packet's number and `salt`. */
export function dnsCapture(count: number, salt: number): Buffer {
  const header = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
  return Buffer.concat([header, ...Array.from({ length: count }, (_, i) => record(i, salt))]);
}

function record(i: number, salt: number): Buffer {
  const name = Buffer.from(`host-${(i * 7 + salt) % 1500}`);
  const question = Buffer.concat([
    Buffer.from([name.length]),
    name,
    Buffer.from('076578616d706c65036f72670000010001', 'hex'),
  ]);
  const dns = Buffer.concat([Buffer.alloc(12), question]);
  dns.writeUInt16BE(i & 0xffff, 0);
  dns.writeUInt16BE(0x0100, 2);
  dns.writeUInt16BE(1, 4);
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(40000 + (i % 20000), 0);
  udp.writeUInt16BE(53, 2);
  udp.writeUInt16BE(8 + dns.length, 4);
  const ip = Buffer.from('4500000000000000401100000a0000070a600a0a', 'hex');
  ip.writeUInt16BE(28 + dns.length, 2);
  ip.writeUInt16BE(i & 0xffff, 4);
  const ethernet = Buffer.from('0200000000010200000000020800', 'hex');
  const packet = Buffer.concat([ethernet, ip, udp, dns]);
  const head = Buffer.alloc(16);
  head.writeUInt32LE(1_700_000_000 + salt * 1000 + Math.floor(i / 100), 0);
  head.writeUInt32LE((i % 100) * 1000, 4);
  head.writeUInt32LE(packet.length, 8);
  head.writeUInt32LE(packet.length, 12);
  return Buffer.concat([head, packet]);
}

/** `count` lines of CoreDNS's log plugin. */
export function dnsLog(count: number): string {
  const line = (i: number) =>
    `[INFO] 10.0.0.7:${40000 + (i % 20000)} - ${i} "A IN host-${i % 900}.example.org. udp 40 false 512" NOERROR qr,rd,ra 77 0.001s\n`;
  return Array.from({ length: count }, (_, i) => line(i)).join('');
}
