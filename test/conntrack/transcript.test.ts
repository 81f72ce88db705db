import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { conntrackReaders } from '../../src/conntrack/index.js';
import { readBytes, type Reading } from '../support/memory-sink.js';

const read = (text: string, path?: string) => readBytes(conntrackReaders[0]!, text, {}, path);
const counters = (reading: Reading) => reading.rows.conntrack_counters ?? [];
const sizes = (reading: Reading) =>
  (reading.rows.conntrack_table ?? []).map((row) => [
    row.time,
    row.entries,
    row.max_entries,
    row.full_messages,
  ]);
const at = (text: string) => BigInt(Date.parse(text)) * 1_000_000n;
const kindOf = (text: string, path = 'x') => {
  const head = new TextEncoder().encode(text);
  return conntrackReaders.filter((reader) => reader.sniff(head, path) > 0).map((reader) => reader.kind);
};

const BLOCK = (n: number) =>
  `cpu=0   \tfound=${n} invalid=0 insert=0 insert_failed=${n} drop=1 early_drop=0 error=0 search_restart=0 \n` +
  `cpu=1   \tfound=0 invalid=0 insert=0 insert_failed=2 drop=2 early_drop=0 error=0 search_restart=0 \n`;
const DATE = (second: number) => `Sun Nov 22 14:50:4${second} UTC 2026\n`;
const TIME = (second: number) => at(`2026-11-22T14:50:4${second}Z`);

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

describe("the table's size", () => {
  test.each([
    ['net.netfilter.nf_conntrack_count = 3\nnet.netfilter.nf_conntrack_max = 9\n'],
    ['net.netfilter.nf_conntrack_count: 3\nnet.nf_conntrack_max: 9\n'],
    ['net.ipv4.netfilter.ip_conntrack_count = 3\nnet.ipv4.ip_conntrack_max = 9\n'],
    ['/proc/sys/net/netfilter/nf_conntrack_count:3\n/proc/sys/net/netfilter/nf_conntrack_max:9\n'],
    [
      '==> /proc/sys/net/netfilter/nf_conntrack_count <==\n3\n\n==> /proc/sys/net/netfilter/nf_conntrack_max <==\n9\n',
    ],
    [
      '# cat /proc/sys/net/netfilter/nf_conntrack_count\n3\n# cat /proc/sys/net/netfilter/nf_conntrack_max\n9\n',
    ],
  ])('is read from %j', async (text) => {
    expect(sizes(await read(text))).toEqual([[null, 3n, 9n, 0]]);
    expect(kindOf(text, 'nf_conntrack_count.log')).toEqual(['conntrack-count']);
  });

  test('bare numbers are counts where the name of the file says so', async () => {
    const text = `${DATE(1)}3\n${DATE(2)}5\n`;
    expect(sizes(await read(text, 'nf_conntrack_count.log'))).toEqual([
      [TIME(1), 3n, null, 0],
      [TIME(2), 5n, null, 0],
    ]);
    expect(kindOf(text, 'nf_conntrack_count.log')).toEqual(['conntrack-count']);
    expect(kindOf(text, 'numbers.log')).toEqual([]);
  });
});

describe('flows', () => {
  const FLOW =
    'udp      17 22 src=10.224.0.8 dst=10.0.0.10 sport=36009 dport=53 [UNREPLIED] src=10.1.0.4 dst=10.224.0.8 sport=53 dport=36009 mark=0 use=1\n';

  test('a listed flow on port 53 has both of its tuples', async () => {
    const reading = await read(FLOW);
    expect(reading.rows.conntrack_flows).toMatchObject([
      {
        line: 1,
        time: null,
        event: null,
        protocol: 'udp',
        timeout_seconds: 22,
        state: null,
        src: '10.224.0.8',
        dst: '10.0.0.10',
        src_port: 36009,
        dst_port: 53,
        reply_src: '10.1.0.4',
        reply_dst: '10.224.0.8',
        reply_src_port: 53,
        reply_dst_port: 36009,
        unreplied: true,
        assured: false,
      },
    ]);
    expect(kindOf(FLOW)).toEqual(['conntrack-flows']);
  });

  test('an event has its kind and the time of its line', async () => {
    const { rows } = await read(
      '[1229102851.680437]\t[DESTROY] tcp      6 src=10.0.0.1 dst=10.0.0.2 sport=4 dport=53 packets=6 src=10.0.0.2 dst=10.0.0.1 sport=53 dport=4\n',
    );
    expect(rows.conntrack_flows).toMatchObject([
      { event: 'destroy', time: 1229102851680437000n, timeout_seconds: null, protocol: 'tcp' },
    ]);
  });

  test('the extended form and a TCP state are read', async () => {
    const { rows } = await read(
      'ipv4     2 tcp      6 431999 ESTABLISHED src=10.0.0.1 dst=10.0.0.2 sport=4 dport=53 src=10.0.0.2 dst=10.0.0.1 sport=53 dport=4 [ASSURED] use=2\n',
    );
    expect(rows.conntrack_flows).toMatchObject([
      { protocol: 'tcp', state: 'ESTABLISHED', timeout_seconds: 431999, assured: true },
    ]);
  });

  test('flows on other ports are passed over without a problem', async () => {
    const reading = await read(FLOW.replace(/=53/g, '=123'));
    expect(reading).toMatchObject({ rows: {}, problems: [] });
  });
});

describe("the kernel's log", () => {
  test.each([
    ['[ 1054.863739] nf_conntrack: nf_conntrack: table full, dropping packet', null],
    ['[Sun Nov 22 14:50:41 2026] nf_conntrack: table full, dropping packet', TIME(1)],
    [
      '2026-11-22T14:50:41+0000 node-1 kernel: nf_conntrack: nf_conntrack: table full, dropping packet',
      TIME(1),
    ],
    ['2026-11-22T14:50:41,000000+00:00 ip_conntrack: table full, dropping packet.', TIME(1)],
    [
      '{"__REALTIME_TIMESTAMP":"1795359041000000","MESSAGE":"nf_conntrack: table full, dropping packet"}',
      TIME(1),
    ],
  ])('%s is one message', async (line, time) => {
    expect(sizes(await read(`${line}\n`))).toEqual([[time, null, null, 1]]);
    expect(kindOf(`${line}\n`)).toEqual(['kernel-log']);
  });

  test('other messages of the kernel are of no interest and no problem', async () => {
    expect(await read('[ 1054.863739] eth0: link up\n<6>[    1.000000] Linux version 6\n')).toMatchObject({
      rows: {},
      problems: [],
    });
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
