// Measures `dnslens watch -` under load: a capture of so many queries a second is written to it in real time.
//   node bench/watch-load.js [--rate 50000] [--seconds 60]
// Prints processor time and memory of the process that reads and of the one that judges, and by how much reading was late.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ethernet, ipv4, pcap, udp } from '../fixtures/captures/packets.js';

const PROGRAM = join(import.meta.dirname, '../dist/cli.js');
const { values } = parseArgs({
  options: { rate: { type: 'string', default: '50000' }, seconds: { type: 'string', default: '60' } },
});
const rate = Number(values.rate);
const seconds = Number(values.seconds);
/** The second is written in so many pieces. */
const PIECES = 20;

const name = (i) => `name-${i % 5000}.zone-${i % 40}.example`;

function message(i, isAnswer) {
  const labels = name(i)
    .split('.')
    .flatMap((label) => [label.length, ...Buffer.from(label)]);
  const flags = isAnswer ? (i % 3 === 0 ? 0x8183 : 0x8180) : 0x0100;
  return Buffer.from([
    (i >> 8) & 255,
    i & 255,
    flags >> 8,
    flags & 255,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    ...labels,
    0,
    0,
    1,
    0,
    1,
  ]);
}

/** A piece of a second: each query of it and its answer, a millisecond later. */
function piece(index) {
  const count = rate / PIECES;
  const packets = [];
  for (let i = 0; i < count; i++) {
    const number = index * count + i;
    const client = `10.1.${(number >> 8) & 15}.${number & 255}`;
    const port = 1024 + (number % 60000);
    const fraction = Math.floor(((index + i / count) / PIECES) * 1e6);
    const ask = ethernet(0x0800, ipv4(client, '10.96.0.10', 17, udp(port, 53, message(number, false))));
    const answer = ethernet(0x0800, ipv4('10.96.0.10', client, 17, udp(53, port, message(number, true))));
    packets.push({ bytes: ask, fraction }, { bytes: answer, fraction: Math.min(999_999, fraction + 1000) });
  }
  return pcap(1, packets).subarray(24);
}

const pieces = Array.from({ length: PIECES }, (_, i) => piece(i));
const offsets = pieces.map((bytes) => {
  const found = [];
  for (let at = 0; at < bytes.length; at += 16 + bytes.readUInt32LE(at + 8)) found.push(at);
  return found;
});

const watch = spawn(process.execPath, [PROGRAM, 'watch', '-', '--json'], {
  stdio: ['pipe', 'inherit', 'inherit'],
});
const ticks = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
  const rss = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]);
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, megabytes: Math.round(rss / 1000) };
};
const childOf = (pid) =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .find((entry) => {
      try {
        return readFileSync(`/proc/${entry}/stat`, 'latin1').split(') ')[1].split(' ')[1] === String(pid);
      } catch {
        return false;
      }
    });

let latest = 0;
watch.stdin.write(pcap(1, []));
// times of a piece begin with a second
const began = Math.floor(Date.now() / 1000) * 1000;
for (let n = 0; n < seconds * PIECES; n++) {
  const due = began + ((n + 1) * 1000) / PIECES;
  const wait = due - Date.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  const at = n % PIECES;
  const second = began / 1000 + Math.floor(n / PIECES);
  const bytes = Buffer.from(pieces[at]);
  for (const offset of offsets[at]) bytes.writeUInt32LE(second, offset);
  if (!watch.stdin.write(bytes)) await new Promise((resolve) => watch.stdin.once('drain', resolve));
  latest = Math.max(latest, Date.now() - due);
  if ((n + 1) % (10 * PIECES) !== 0) continue;
  const judge = childOf(watch.pid);
  const reads = ticks(watch.pid);
  const judges = judge === undefined ? null : ticks(judge);
  const late = Math.max(0, Date.now() - due);
  console.error(
    `${(n + 1) / PIECES} s: reading took ${reads.cpu.toFixed(1)} s of processor time and ${reads.megabytes} MB at most, ` +
      `judging ${judges ? `${judges.cpu.toFixed(1)} s and ${judges.megabytes} MB` : 'nothing'}; the pipe is ${(late / 1000).toFixed(1)} s late, ${(latest / 1000).toFixed(1)} s at most`,
  );
}
watch.kill('SIGTERM');
