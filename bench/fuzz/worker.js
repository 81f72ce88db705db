// Reads damaged evidence in a process of its own, so that a crash, a hang or too much memory ends this one only.
// A case is { seed: number of the file, other: that of a second one, random: number } or { name, bytes: base64 }.
import { Random } from '../traffic/random.js';
import { differs, faultsOf, lostBefore } from './checks.js';
import { mutate } from './mutate.js';
import { partsOf } from './places.js';
import { read } from './read.js';
import { loadSeeds } from './seeds.js';

/** Processor time that any input may take, and what each of its bytes, decompressed, adds. */
const FREE_SECONDS = 2;
const SECONDS_A_BYTE = 10e-6;
/** Memory of this process, with node, the seeds and the rows that the checks keep. */
const MOST_MEGABYTES = 700;

const seeds = loadSeeds();
let undamaged = { seed: -1, reading: null };

process.on('message', (given) => {
  tryCase(given).then(
    (result) => process.send(result),
    (error) => process.send({ faults: [`threw ${thrownBy(error)}`], stack: error.stack }),
  );
});

async function tryCase(given) {
  if (given.bytes) return judge(await timed(Buffer.from(given.bytes, 'base64'), given.name));
  const random = new Random(given.random);
  const { name, bytes: whole } = seeds[given.seed];
  const { bytes, done, differsAt } = mutate(whole, seeds[given.other].bytes, random);
  const found = { done, length: bytes.length };
  try {
    const result = await timed(bytes, name);
    const { faults } = judge(result);
    const frame = frameAt(whole, differsAt);
    if (frame > 0 && faults.length === 0) {
      const fault = lostBefore(frame, await wholeReading(given.seed), result.reading);
      if (fault) faults.push(fault);
    }
    if (random.chance(0.2) && faults.length === 0) {
      const pieces = await read(bytes, name, random.between(1, 3000));
      const fault = differs(result.reading, pieces);
      if (fault) faults.push(fault);
    }
    if (faults.length > 0) found.bytes = bytes.toString('base64');
    return { ...found, faults, read: bytes.length };
  } catch (error) {
    const bytes64 = bytes.toString('base64');
    return { ...found, faults: [`threw ${thrownBy(error)}`], stack: error.stack, bytes: bytes64 };
  }
}

async function timed(bytes, name) {
  const before = process.cpuUsage();
  const reading = await read(bytes, name);
  const { user, system } = process.cpuUsage(before);
  return { reading, seconds: (user + system) / 1e6, stored: bytes.length };
}

function judge({ reading, seconds, stored }) {
  const faults = faultsOf(reading);
  if (seconds > FREE_SECONDS + SECONDS_A_BYTE * (stored + reading.plainBytes)) {
    faults.push(`${reading.kind}: takes too long`);
  }
  const megabytes = process.memoryUsage().rss / 1e6;
  if (megabytes > MOST_MEGABYTES) faults.push(`${reading.kind}: takes too much memory`);
  return { faults, kind: reading.kind, seconds };
}

/** The frame that a capture's byte lies in, from 1; 0 where that cannot be told. */
function frameAt(bytes, at) {
  if (bytes.length < 28 || bytes.readUInt32LE(0) === 0x0a0d0d0a) return 0;
  const parts = partsOf(bytes);
  return parts[1] === 24 ? parts.findLastIndex((start) => start <= at) : 0;
}

async function wholeReading(seed) {
  if (undamaged.seed !== seed) undamaged = { seed, reading: await read(seeds[seed].bytes, seeds[seed].name) };
  return undamaged.reading;
}

/** What was thrown and where, without what differs from input to input. */
function thrownBy(error) {
  const where = /at (?:async )?(\S+) .*?(dist\/\S+?):\d+\)?/.exec(error.stack ?? '');
  return `${error.name} ${error.message.replace(/\d+/g, 'N').slice(0, 80)}${where ? ` in ${where[2]} ${where[1]}` : ''}`;
}
