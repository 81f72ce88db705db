import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { conntrackReaders } from '../../src/conntrack/index.js';
import { readBytes } from '../support/memory-sink.js';
import { read, counters, sizes, kindOf, BLOCK, DATE, TIME } from './transcript-rows.js';

describe('a mixed transcript', () => {
  test('prompts, dates, counters and sysctl lines are read together', async () => {
    const text = `[root@ip-10-0-1-2 ~]# date; conntrack -S\n${DATE(1)}${BLOCK(1)}net.netfilter.nf_conntrack_count = 12\nnet.netfilter.nf_conntrack_max: 100\n[root@ip-10-0-1-2 ~]# \n`;
    const reading = await read(text);
    expect(counters(reading).map((row) => row.time)).toEqual([TIME(1), TIME(1)]);
    expect(sizes(reading)).toEqual([[TIME(1), 12n, 100n, 0]]);
    expect(reading.problems).toEqual([]);
    expect(kindOf(text)).toEqual(['conntrack-stats']);
  });

  test.each([
    ['conntrack v1.4.6 (conntrack-tools): Operation not permitted', 'not permitted'],
    ['bash: conntrack: command not found', 'not installed'],
    [
      'sysctl: cannot stat /proc/sys/net/netfilter/nf_conntrack_count: No such file or directory',
      'does not exist',
    ],
  ])('%s is one sentence', async (line, words) => {
    const { problems, rows } = await read(`${line}\n${line}\n`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'command-failed', position: 'line 1', count: 2 });
    expect(problems[0]!.detail).toContain(words);
    expect(rows).toEqual({});
  });

  test('a line of no known form is told once with its count', async () => {
    const { problems } = await read('cpu=0 found=1\nwhat is this\nand this\n');
    expect(problems).toMatchObject([{ code: 'unknown-line', position: 'line 2', count: 2 }]);
  });

  test('a zone that is not given is taken as UTC and said', async () => {
    const reading = await read(`2026-11-22 14:50:41\n${BLOCK(1)}`);
    expect(counters(reading)[0]!.time).toBe(TIME(1));
    expect(reading.problems.map((problem) => problem.code)).toEqual(['date-no-zone']);
  });

  test('colour codes and CRLF do not matter', async () => {
    const reading = await read(
      `\x1b[1m${DATE(1).replace('\n', '\x1b[0m\r\n')}\x1b[32mcpu=0\x1b[0m found=1\r\n`,
    );
    expect(counters(reading)[0]).toMatchObject({ time: TIME(1), found: 1n });
  });

  test('frames that watch redraws are samples with the time of its header', async () => {
    const first =
      '\x1b[?1049h\x1b[H\x1b[2JEvery 1.0s: conntrack -S\x1b[1;53Hvm: Sun Nov 22 14:50:41 2026\x1b[3;1Hcpu=0\x1b[3;17Hfound=0 drop=9\r\x1b[4dcpu=1\x1b[4;17Hfound=3 drop=1\x1b[24;80H';
    const reading = await read(`${first}\x1b[1;75H2\x1b[3;30H12\x1b[24;80H\x1b[24;1H\x1b[?1049l`);
    expect(counters(reading).map((row) => [row.sample, row.cpu, row.time, row.found, row.drop])).toEqual([
      [0, 0, TIME(1), 0n, 9n],
      [0, 1, TIME(1), 3n, 1n],
      [1, 0, TIME(2), 0n, 12n],
      [1, 1, TIME(2), 3n, 1n],
    ]);
  });
});

describe('any input', () => {
  const line = fc.oneof(
    fc.constantFrom(
      DATE(1),
      BLOCK(3),
      'entries  clashres found new invalid\n',
      '00000021  000000cd 0000000a 00000000 ffffffff\n',
      'Every 1.0s: x\n',
      '\x1b[H\x1b[3;4H',
      'found 3\n',
      'node_nf_conntrack_entries 3\n',
      'cpu=99999 drop=99999999999999999999\n',
      'net.netfilter.nf_conntrack_count = 5\n',
      '# conntrack -C\n',
      '7\n',
    ),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );

  test('is read to its end whatever its lines are, and the same however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 30 }),
        fc.integer({ min: 1, max: 50 }),
        async (lines, step) => {
          const all = new TextEncoder().encode(lines.join(''));
          const parts = Array.from({ length: Math.ceil(all.length / step) }, (_, i) =>
            all.slice(i * step, (i + 1) * step),
          );
          expect(await readBytes(conntrackReaders[0]!, parts)).toEqual(
            await readBytes(conntrackReaders[0]!, all),
          );
          for (const reader of conntrackReaders) {
            const share = reader.sniff(all, 'x');
            expect(share >= 0 && share <= 1).toBe(true);
          }
        },
      ),
    );
  });

  test('keeps every counter of every block that it is given', async () => {
    const block = fc.array(fc.nat(4294967295), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(block, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (blocks, dated) => {
          const text = blocks
            .map(
              (values, i) =>
                (dated ? `179535904${i}\n` : '') +
                values.map((v, cpu) => `cpu=${cpu}\tfound=0 drop=${v} \n`).join(''),
            )
            .join('');
          const rows = counters(await read(text));
          expect(rows.map((row) => [row.sample, row.cpu, row.drop])).toEqual(
            blocks.flatMap((values, i) => values.map((v, cpu) => [i, cpu, BigInt(v)])),
          );
        },
      ),
    );
  });
});
