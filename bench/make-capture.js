// Makes a capture as `tcpdump -i any` on a busy node would, the same bytes in every run:
//   node bench/make-capture.js [--messages 1600000] [--other 0] [--names 10000] [--lost 0.001] [--no-walks] [--link sll2|ethernet]
//                              [--node 0] [--day 0] [--out FILE]
// 20 pods walk the search list (--no-walks: ask each name as it is), A and AAAA together; each packet is seen 2 to 4 times
// around the service's DNAT; `--lost` of the queries are lost and asked again. `--other` is the share of frames that are not DNS.
// Another --node has other pods and other traffic, another --day begins so many days later.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerLegs, backendOf, lookups, pod, queryLegs } from './traffic/cluster.js';
import { PcapWriter } from './traffic/pcap-writer.js';
import { Random } from './traffic/random.js';
import { TimeQueue } from './traffic/time-queue.js';

const START = 1_767_225_600_000_000;
const DAY = 86_400_000_000;
const CLIENTS = 20;
/** Microseconds between two lookups of the node, on average; between two legs of one packet; glibc's timer. */
const BETWEEN_LOOKUPS = 14_000;
const BETWEEN_LEGS = 15;
const RETRY = 5_000_000;
const UDP = 17;
const TCP = 6;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1600000' },
    other: { type: 'string', default: '0' },
    names: { type: 'string', default: '10000' },
    lost: { type: 'string', default: '0.001' },
    'no-walks': { type: 'boolean', default: false },
    link: { type: 'string', default: 'sll2' },
    node: { type: 'string', default: '0' },
    day: { type: 'string', default: '0' },
    out: { type: 'string' },
  },
});
const messages = Number(values.messages);
const other = Number(values.other);
const lost = Number(values.lost);
const [node, day] = [Number(values.node), Number(values.day)];
const out = values.out ?? join(import.meta.dirname, 'data', `${messages}-${other}.${values.link}.pcap`);

mkdirSync(dirname(out), { recursive: true });
const random = new Random(42 + 1000 * node + day);
const writer = new PcapWriter(out, values.link);
const queue = new TimeQueue();
const pods = Array.from({ length: CLIENTS }, (_, i) => pod(node, i));
const wanted = lookups(Number(values.names), !values['no-walks']);
const noise = {
  packet: { protocol: TCP, ipId: 1, srcPort: 443, dstPort: 41_000 },
  payload: Buffer.alloc(1000, 120),
};
let written = 0;
for (let now = START + day * DAY; written < messages; now += random.between(1, 2 * BETWEEN_LOOKUPS)) {
  writeUntil(now);
  lookUp(pods[random.between(0, CLIENTS - 1)], wanted[random.skewed(wanted.length)], now);
}
writer.close();
console.log(`${out}: ${messages} messages, ${writer.bytes} bytes`);

/** Schedules all packets of a lookup: each step after the answers to the one before. */
function lookUp(client, { steps }, at) {
  for (const { halves, external } of steps) {
    const srcPort = (client.port = client.port >= 60999 ? 32768 : client.port + 1);
    const backend = backendOf(srcPort);
    let done = at;
    for (const [i, half] of halves.entries()) {
      const { query, answer } = half[client.edns ? 1 : 0];
      const txid = random.between(0, 65535);
      let sent = at + 60 * i;
      for (; random.chance(lost); sent += RETRY) ask(client, backend, srcPort, txid, query, sent, true);
      ask(client, backend, srcPort, txid, query, sent, false);
      const answered = sent + (external ? random.between(2000, 30_000) : random.between(250, 900));
      send(
        answerLegs(client, backend),
        { ...udpPacket(client, txid), srcPort: 53, dstPort: srcPort },
        answer,
        answered,
      );
      done = Math.max(done, answered);
    }
    at = done + 100;
  }
}

function ask(client, backend, srcPort, txid, payload, at, isLost) {
  const legs = queryLegs(client, backend);
  send(isLost ? legs.slice(0, 1) : legs, { ...udpPacket(client, txid), srcPort, dstPort: 53 }, payload, at);
}

function udpPacket(client, txid) {
  return { protocol: UDP, ipId: (client.ipId = (client.ipId + 1) & 0xffff), txid };
}

function send(legs, packet, payload, at) {
  legs.forEach((leg, i) => queue.push({ at: at + i * BETWEEN_LEGS, leg, packet, payload }));
}

function writeUntil(at) {
  for (let item = queue.popBefore(at); item && written < messages; item = queue.popBefore(at)) {
    while (random.chance(other)) writer.frame(item.at, item.leg, noise.packet, noise.payload);
    writer.frame(item.at, item.leg, item.packet, item.payload);
    written++;
  }
}
