import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conntrackReaders } from '../../src/conntrack/index.js';
import { COUNTERS } from '../../src/raw/tables/kernel.js';
import { readBytes } from '../support/memory-sink.js';

const NAMES = Object.keys(COUNTERS);

/** Samples of the same counters on the same processors, a second apart. */
const samples = fc
  .tuple(
    fc.subarray(NAMES, { minLength: 4 }),
    fc.integer({ min: 1, max: 8 }),
    fc.array(fc.infiniteStream(fc.nat(0xffffffff)), { minLength: 1, maxLength: 5 }),
  )
  .map(([names, cpus, streams]) =>
    streams.map((stream) =>
      Array.from({ length: cpus }, () =>
        Object.fromEntries(names.map((name) => [name, stream.next().value])),
      ),
    ),
  );
type Sample = Record<string, number>[];

const START = Date.UTC(2026, 0, 1);
const date = (second: number) => new Date(START + second * 1000);

/** How each tool writes a sample, a line a processor. */
const TOOLS: Record<string, (sample: Sample) => string[]> = {
  'conntrack -S': (sample) =>
    sample.map((values, cpu) => `cpu=${cpu}   \t${pairs(values, ([name, value]) => `${name}=${value}`)} `),
  '/proc/net/stat/nf_conntrack': (sample) => [
    `entries  ${pairs(sample[0]!, ([name]) => name)}`,
    ...sample.map(
      (values) => `00000010  ${pairs(values, ([, value]) => value.toString(16).padStart(8, '0'))}`,
    ),
  ],
};
const pairs = (values: Sample[number], write: (pair: [string, number]) => string) =>
  Object.entries(values).map(write).join(' ');

const DATES: Record<string, (second: number) => string> = {
  'date -u': (second) => {
    const [day, dayOfMonth, month, year, time] = date(second).toUTCString().replace(',', '').split(' ');
    return `${day} ${month} ${dayOfMonth} ${time} UTC ${year}`;
  },
  'date -Is': (second) => date(second).toISOString().replace('.000Z', '+00:00'),
  'date +%s': (second) => String(date(second).getTime() / 1000),
};

test.each(Object.keys(TOOLS))('samples of %s in a loop with date are read back', async (tool) => {
  await fc.assert(
    fc.asyncProperty(samples, fc.constantFrom(...Object.keys(DATES)), async (given, dates) => {
      const text = given.flatMap((sample, i) => [DATES[dates]!(i), ...TOOLS[tool]!(sample)]).join('\n');
      const { rows, problems } = await readBytes(conntrackReaders[0]!, `${text}\n`);
      expect(problems).toEqual([]);
      const absent = Object.fromEntries(NAMES.map((name) => [name, null]));
      const expected = given.flatMap((sample, i) =>
        sample.map((values, cpu) => {
          const read = Object.entries(values).map(([name, value]) => [name, BigInt(value)]);
          return {
            sample: i,
            cpu,
            time: BigInt(date(i).getTime()) * 1_000_000n,
            ...absent,
            ...Object.fromEntries(read),
          };
        }),
      );
      expect(rows.conntrack_counters).toMatchObject(expected);
    }),
  );
});
