import { describe, expect, test } from 'vitest';
import { read, counters, sizes, kindOf, BLOCK, DATE, TIME } from './transcript-rows.js';

describe('counters of conntrack -S', () => {
  test('a counter that the tool does not print is null', async () => {
    const [row] = counters(await read('cpu=3 found=7 drop=0\n'));
    expect(row).toMatchObject({
      sample: 0,
      line: 1,
      time: null,
      cpu: 3,
      found: 7n,
      drop: 0n,
      insert_failed: null,
      ignore: null,
    });
  });

  test.each(['cpu=1 found=8 drop=2 early_', 'cpu=1 found=8 drop=2 ignore=`'])(
    'a line that ends within a counter (%s) is told, and what stands before it kept',
    async (cut) => {
      const reading = await read(`cpu=0 found=7 drop=1 early_drop=0 \n${cut}\n`);
      expect(counters(reading).map((row) => [row.cpu, row.found, row.drop, row.early_drop])).toEqual([
        [0, 7n, 1n, 0n],
        [1, 8n, 2n, null],
      ]);
      expect(reading.problems).toMatchObject([{ code: 'cut-counters', position: 'line 2' }]);
    },
  );

  test('CPUs whose line ends were lost in a paste are told apart', async () => {
    const reading = await read('cpu=0 found=7 drop=1 cpu=1 found=8 drop=2\n');
    expect(counters(reading).map((row) => [row.cpu, row.found, row.drop])).toEqual([
      [0, 7n, 1n],
      [1, 8n, 2n],
    ]);
    expect(reading.problems).toEqual([]);
  });

  test('a date stands before its sample', async () => {
    const reading = await read(DATE(1) + BLOCK(1) + DATE(2) + BLOCK(2));
    expect(counters(reading).map((row) => [row.sample, row.cpu, row.time, row.line])).toEqual([
      [0, 0, TIME(1), 2],
      [0, 1, TIME(1), 3],
      [1, 0, TIME(2), 5],
      [1, 1, TIME(2), 6],
    ]);
    expect([reading.firstNanos, reading.lastNanos]).toEqual([TIME(1), TIME(2)]);
    expect(reading.problems).toEqual([]);
  });

  test('a date stands after its sample where the input begins with a whole one', async () => {
    const reading = await read(BLOCK(1) + DATE(1) + BLOCK(2) + DATE(2));
    expect(counters(reading).map((row) => row.time)).toEqual([TIME(1), TIME(1), TIME(2), TIME(2)]);
  });

  test('a loop whose beginning is cut off keeps its dates before the samples', async () => {
    const reading = await read(BLOCK(1).split('\n')[1] + '\n' + DATE(1) + BLOCK(2) + DATE(2) + BLOCK(3));
    expect(counters(reading).map((row) => row.time)).toEqual([null, TIME(1), TIME(1), TIME(2), TIME(2)]);
  });

  test('a CPU met again begins the next sample', async () => {
    expect(counters(await read(BLOCK(1) + BLOCK(2))).map((row) => row.sample)).toEqual([0, 0, 1, 1]);
  });

  test('ts gives every line its own time and the sample the first of them', async () => {
    const stamped = BLOCK(1)
      .replace(/^cpu=0/, '2026-11-22T14:50:41.5Z cpu=0')
      .replace(/\ncpu=1/, '\n2026-11-22T14:50:41.6Z cpu=1');
    expect(counters(await read(stamped)).map((row) => row.time)).toEqual([
      TIME(1) + 500_000_000n,
      TIME(1) + 500_000_000n,
    ]);
  });

  test('the spellings of the procfs fallback go to the same columns', async () => {
    const reading = await read('cpu=0  entries=42 clashres=5 found=0 chainlength=6 icmp_error=7 ignore=9\n');
    expect(counters(reading)[0]).toMatchObject({
      clash_resolve: 5n,
      chaintoolong: 6n,
      error: 7n,
      ignore: 9n,
      drop: null,
    });
    expect(sizes(reading)).toEqual([[null, 42n, null, 0]]);
  });

  test('sums of an old tool are one row for all CPUs', async () => {
    const reading = await read('entries   \t3\nsearched  \t12\nfound     \t7\ninsert_failed\t2\n');
    expect(counters(reading)).toHaveLength(1);
    expect(counters(reading)[0]).toMatchObject({
      cpu: -1,
      searched: 12n,
      found: 7n,
      insert_failed: 2n,
      drop: null,
    });
    expect(sizes(reading)).toEqual([[null, 3n, null, 0]]);
  });

  test('a last line that is cut short makes the input incomplete', async () => {
    expect((await read(`${DATE(1)}cpu=0 found=1 drop=22\ncpu=1 found=1`)).incomplete).toBe(
      'cut in its last line',
    );
    expect((await read(`${DATE(1)}cpu=0 found=1 drop=22\ncpu=1 found=1 drop=2`)).incomplete).toBeNull();
  });

  test('a counter of a later kernel is told and the others are kept', async () => {
    const reading = await read('cpu=0 found=1 shiny=2 drop=3\n');
    expect(counters(reading)[0]).toMatchObject({ found: 1n, drop: 3n });
    expect(reading.problems.map((problem) => problem.code)).toEqual(['unknown-counter']);
  });
});

describe('/proc/net/stat/nf_conntrack', () => {
  const PROCFS =
    'entries  clashres found new invalid\n00000021  000000cd 0000000a 00000000 ffffffff\n00000021  00000001 00000000 00000000 00000002\n';

  test('the header names the columns and the rows are CPUs in hexadecimal', async () => {
    const reading = await read(DATE(1) + PROCFS);
    expect(
      counters(reading).map((row) => [row.cpu, row.clash_resolve, row.found, row.invalid, row.drop]),
    ).toEqual([
      [0, 205n, 10n, 4294967295n, null],
      [1, 1n, 0n, 2n, null],
    ]);
    expect(sizes(reading)).toEqual([[TIME(1), 33n, null, 0]]);
    expect(kindOf(DATE(1) + PROCFS)).toEqual(['conntrack-procfs']);
  });

  test('each header begins a sample, and a row that does not fit is told', async () => {
    const reading = await read(`${PROCFS}${PROCFS}00000021 00000001 00000002 00000003 00000004 00000005\n`);
    expect(counters(reading).map((row) => row.sample)).toEqual([0, 0, 1, 1]);
    expect(reading.problems).toMatchObject([{ code: 'malformed-row', position: 'line 7' }]);
  });
});

describe("node_exporter's metrics", () => {
  const SCRAPE = (n: number) =>
    `# HELP node_nf_conntrack_entries Number of currently allocated flow entries.\n# TYPE node_nf_conntrack_entries gauge\nnode_nf_conntrack_entries ${n}\nnode_nf_conntrack_entries_limit 262144\nnode_nf_conntrack_stat_drop ${n}\nnode_nf_conntrack_stat_insert_failed 1.234e+06\nnode_time_seconds 1.79535904${n}e+09\n`;

  test('a scrape is one sample of sums with the time of its clock', async () => {
    const reading = await read(SCRAPE(1) + SCRAPE(2));
    expect(
      counters(reading).map((row) => [row.sample, row.cpu, row.time, row.drop, row.insert_failed, row.found]),
    ).toEqual([
      [0, -1, TIME(1), 1n, 1234000n, null],
      [1, -1, TIME(2), 2n, 1234000n, null],
    ]);
    expect(sizes(reading)).toEqual([
      [TIME(1), 1n, 262144n, 0],
      [TIME(2), 2n, 262144n, 0],
    ]);
    expect(kindOf(SCRAPE(1))).toEqual(['node-exporter']);
  });

  test('metrics of a second instance are told and left out', async () => {
    const reading = await read(
      'node_nf_conntrack_entries{instance="a"} 1\nnode_nf_conntrack_entries{instance="b"} 2\n',
    );
    expect(sizes(reading)).toEqual([[null, 1n, null, 0]]);
    expect(reading.problems.map((problem) => problem.code)).toEqual(['several-instances']);
  });
});
