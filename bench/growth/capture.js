/** Small captures made in memory: Ethernet, IPv4, UDP, DNS of one question. */

const HEADER = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
const EPOCH = 1_700_000_000;

/** Gathers packets; times are microseconds after a fixed moment. */
export class Capture {
  parts = [HEADER];

  /** One message: `answer` null for a query, else a response code. */
  message({ at, from, to, port, txid = 1, name, type = 1, answer = null, ipId = 0, ttl = 64 }) {
    const isAnswer = answer !== null;
    const found = answer === 0;
    const dns = Buffer.alloc(12);
    dns.writeUInt16BE(txid & 0xffff, 0);
    dns.writeUInt16BE(isAnswer ? 0x8180 | answer : 0x0100, 2);
    dns.writeUInt16BE(1, 4);
    dns.writeUInt16BE(found ? 1 : 0, 6);
    const question = Buffer.concat([nameBytes(name), Buffer.from([0, type, 0, 1])]);
    const record = Buffer.from('c00c0001000100000005000401020304', 'hex');
    const payload = Buffer.concat(found ? [dns, question, record] : [dns, question]);
    this.packet(
      at,
      { src: from, dst: to, srcPort: isAnswer ? 53 : port, dstPort: isAnswer ? port : 53, ipId, ttl },
      payload,
    );
  }

  /** A query and, unless `answer` is null, its answer `after` microseconds later. */
  exchange({ answer = 0, after = 300, ...query }) {
    this.message(query);
    if (answer === null) return;
    this.message({ ...query, at: query.at + after, from: query.to, to: query.from, answer });
  }

  packet(at, { src, dst, srcPort, dstPort, ipId, ttl }, payload) {
    const frame = Buffer.alloc(16 + 14 + 28 + payload.length);
    const length = 42 + payload.length;
    frame.writeUInt32LE(EPOCH + Math.floor(at / 1e6), 0);
    frame.writeUInt32LE(at % 1e6, 4);
    frame.writeUInt32LE(length, 8);
    frame.writeUInt32LE(length, 12);
    frame.writeUInt16BE(0x0800, 28);
    frame[30] = 0x45;
    frame.writeUInt16BE(28 + payload.length, 32);
    frame.writeUInt16BE(ipId & 0xffff, 34);
    frame[38] = ttl;
    frame[39] = 17;
    frame.writeUInt32BE(src >>> 0, 42);
    frame.writeUInt32BE(dst >>> 0, 46);
    frame.writeUInt16BE(srcPort & 0xffff, 50);
    frame.writeUInt16BE(dstPort & 0xffff, 52);
    frame.writeUInt16BE(8 + payload.length, 54);
    payload.copy(frame, 58);
    this.parts.push(frame);
  }

  bytes() {
    return Buffer.concat(this.parts);
  }
}

/** An IPv4 address as a number. */
export function ip(a, b, c, d) {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function nameBytes(name) {
  const labels = name
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
