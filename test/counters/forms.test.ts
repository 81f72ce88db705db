import { describe, expect, it } from 'vitest';
import { conntrackReaders } from '../../src/conntrack/index.js';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { COUNTER_FORMS } from '../../src/counters/forms/index.js';
import { readBytes } from '../support/memory-sink.js';

const read = async (text: string) => {
  const { rows, problems } = await readBytes(conntrackReaders[0]!, text);
  return { rows: rows['counters'] ?? [], problems };
};
/** Counter and value of each reading. */
const values = async (text: string) => (await read(text)).rows.map(({ counter, value }) => [counter, value]);
const kindOf = (text: string) => chooseReader(KINDS, Buffer.from(text), 'x')?.kind;

describe('ethtool -S', () => {
  const STATS =
    'NIC statistics:\n     tx_timeout: 0\n     suspend: 0\n     linklocal_allowance_exceeded: 12\n';

  it('keeps allowances and what drivers lose, of the interface that the command names', async () => {
    const { rows } = await read(`$ ethtool -S ens5\n${STATS}     conntrack_allowance_available: 900\n`);
    expect(
      rows.map(({ counter, instance, meaning, is_trouble }) => [counter, instance, meaning, is_trouble]),
    ).toEqual([
      ['tx_timeout', 'ens5', 'total', true],
      ['linklocal_allowance_exceeded', 'ens5', 'total', true],
      ['conntrack_allowance_available', 'ens5', 'level', false],
    ]);
  });

  it('is of the interface whose name stands above it, as dnslens collect writes several in one sample', async () => {
    const round = (second: number, dropped: number) =>
      `Tue Mar  3 10:00:0${second} UTC 2026\n== eth0 ==\n${STATS}== lo ==\n== cni0@if3 ==\nNIC statistics:\n     rx_drops: ${dropped}\n`;
    const { rows, problems } = await read(round(1, 5) + round(2, 8));
    expect(problems).toEqual([]);
    expect(
      rows
        .filter(({ counter }) => counter !== 'tx_timeout')
        .map(({ sample, instance, value }) => [sample, instance, value]),
    ).toEqual([
      [0, 'eth0', 12],
      [0, 'cni0@if3', 5],
      [1, 'eth0', 12],
      [1, 'cni0@if3', 8],
    ]);
  });

  it('is known from what grep left of it', () => {
    expect(kindOf('    pps_allowance_exceeded: 0\n    linklocal_allowance_exceeded: 7\n')).toBe('ethtool');
    expect(kindOf(STATS)).toBe('ethtool');
  });

  it('takes numbered keys of other texts for none', () => {
    expect(kindOf('ports:\n     http: 80\n     dns: 53\n')).toBeUndefined();
  });
});

describe('counters of UDP', () => {
  const NAMES = ['InDatagrams', 'NoPorts', 'InErrors', 'OutDatagrams', 'RcvbufErrors'];
  const WANTED = NAMES.map((name, i) => [`Udp${name}`, i + 1]);

  it.each([
    [
      'netstat',
      'Ip:\n    9 total packets received\nUdp:\n    1 packets received\n    2 packets to unknown port received.\n    3 packet receive errors\n    4 packets sent\n    RcvbufErrors: 5\n    IgnoredMulti: 6\nUdpLite:\nIpExt:\n    InOctets: 7\n',
    ],
    [
      'netstat',
      'Udp:\n    1 packets received\n    2 packets to unknown port received\n    3 packet receive errors\n    4 packets sent\n    5 receive buffer errors\n',
    ],
    [
      'nstat',
      '#kernel\nIpInReceives                    90                 0.0\nUdpInDatagrams                  1                  0.0\nUdpNoPorts                      2                  0.0\nUdpInErrors                     3                  0.0\nUdpOutDatagrams                 4                  0.0\nUdpRcvbufErrors                 5                  0.0\n',
    ],
    [
      'proc-net-snmp',
      'Ip: Forwarding DefaultTTL InReceives\nIp: 1 64 90\nUdp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors\nUdp: 1 2 3 4 5\nUdpLite: InDatagrams NoPorts\nUdpLite: 0 0\n',
    ],
  ])('are the same whoever printed them (%s)', async (kind, text) => {
    expect(kindOf(text)).toBe(kind);
    expect(await values(text)).toEqual(WANTED);
  });

  it('are unclear where nstat may have printed what came since it ran last', async () => {
    const line = 'UdpRcvbufErrors                 5                  0.0\n';
    const meaning = async (text: string) => (await read(text)).rows.map((row) => row['meaning']);
    expect(await meaning(line)).toEqual(['unclear']);
    expect(await meaning(`$ nstat\n${line}`)).toEqual(['unclear']);
    expect(await meaning(`$ nstat -az\n${line}`)).toEqual(['total']);
  });

  it('are read of node_exporter too', async () => {
    const text =
      'node_netstat_Udp_RcvbufErrors 5\nnode_ethtool_linklocal_allowance_exceeded{device="eth0"} 7\nnode_nf_conntrack_entries 9\n';
    const reading = await readBytes(conntrackReaders[0]!, text);
    expect(
      reading.rows['counters']!.map(({ counter, instance, value }) => [counter, instance, value]),
    ).toEqual([
      ['UdpRcvbufErrors', null, 5],
      ['linklocal_allowance_exceeded', 'eth0', 7],
    ]);
    expect(reading.rows['conntrack_table']!.map(({ entries }) => entries)).toEqual([9n]);
  });
});

describe('softnet_stat', () => {
  const ROWS =
    '0021fb6e 00000012 000001a4 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000\n' +
    '00118f3c 00000000 00000011 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000\n';

  it('is no row of conntrack statistics', async () => {
    expect(kindOf(ROWS)).toBe('softnet-stat');
    const { rows, problems } = await read(ROWS);
    expect(problems).toEqual([]);
    expect(
      rows.filter(({ counter }) => counter === 'dropped').map(({ instance, value }) => [instance, value]),
    ).toEqual([
      ['cpu0', 18],
      ['cpu1', 0],
    ]);
  });

  it('names the CPU where the kernel does', async () => {
    const { rows } = await read(
      '00000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000006\n',
    );
    expect(rows[0]).toMatchObject({ instance: 'cpu6', counter: 'processed', value: 1 });
  });
});

describe('lists of sockets', () => {
  it.each([
    [
      'ss -uanpm',
      'State  Recv-Q Send-Q Local Address:Port Peer Address:Port\nUNCONN 214144 0 *:53 *:* users:(("coredns",pid=2188,fd=11))\n\t skmem:(r214144,rb212992,t0,tb212992,f0,w0,o0,bl0,d1841)\nUNCONN 77 0 *:111 *:* users:(("rpcbind",pid=11,fd=6))\n\t skmem:(r0,rb212992,t0,tb212992,f0,w0,o0,bl0,d9)\n',
      [
        ['*:53', 'receive_queue_bytes', 214144],
        ['*:53', 'receive_buffer_bytes', 212992],
        ['*:53', 'drops', 1841],
      ],
    ],
    [
      'netstat -anup',
      'Active Internet connections (servers and established)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\nudp   213000      0 169.254.20.10:53        0.0.0.0:*                           2301/node-cache\n',
      [['169.254.20.10:53', 'receive_queue_bytes', 213000]],
    ],
    [
      '/proc/net/udp',
      '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n  511: 0A01A8C0:0035 00000000:0000 07 00000000:00034300 00:00000000 00000000     0        0 31337 2 0000000000000000 42\n',
      [
        ['192.168.1.10:53', 'receive_queue_bytes', 213760],
        ['192.168.1.10:53', 'drops', 42],
      ],
    ],
  ])('give the queue and the drops of DNS servers alone (%s)', async (_, text, wanted) => {
    expect(kindOf(text)).toBe('sockets');
    const { rows } = await read(text);
    expect(rows.map(({ instance, counter, value }) => [instance, counter, value])).toEqual(wanted);
  });
});

describe('lists of sockets leave out', () => {
  const HEAD = 'Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n';
  it.each([
    [
      'what a server asks its upstream from',
      'udp ESTAB 9 0 10.1.0.7:53512 10.0.0.2:53 users:(("coredns",pid=1,fd=7))',
    ],
    ['a port that Linux chose', 'udp UNCONN 9 0 *:41000 *:* users:(("named",pid=1,fd=7))'],
    ['TCP alone', 'LISTEN 9 0 *:53 *:* users:(("coredns",pid=1,fd=7))'],
    [
      '/proc/net/tcp',
      '    0: 00000000:0035 00000000:0000 0A 00000000:00034300 00:00000000 00000000     0        0 31337 1 0000000000000000 100 0 0 10 0',
    ],
    ['TCP', 'tcp LISTEN 9 0 *:53 *:* users:(("coredns",pid=1,fd=7))'],
    ['mDNS', 'udp UNCONN 9 0 0.0.0.0:5353 0.0.0.0:* users:(("avahi-daemon",pid=1,fd=7))'],
  ])('%s', async (_, line) => {
    const server = 'udp UNCONN 5 0 10.1.0.7:5353 0.0.0.0:* users:(("coredns",pid=2,fd=7))';
    const { rows, problems } = await read(`${HEAD}${line}\n${server}\n`);
    expect(problems).toEqual([]);
    expect(rows.map(({ instance }) => instance)).toEqual(['10.1.0.7:5353']);
  });
});

describe('samples of counters', () => {
  it('take the date before them, of conntrack and others in one loop', async () => {
    const round = (second: number, n: number) =>
      `Tue Mar  3 10:00:0${second} UTC 2026\ncpu=0 found=1 insert_failed=${n} drop=0\n    linklocal_allowance_exceeded: ${n}\nUdp:\n    ${n} receive buffer errors\n`;
    const { rows, problems } = await read(round(1, 5) + round(2, 8));
    expect(problems).toEqual([]);
    expect(
      rows.map(({ sample, time, value }) => [sample, Number((time as bigint) / 1_000_000_000n) % 60, value]),
    ).toEqual([
      [0, 1, 5],
      [0, 1, 5],
      [1, 2, 8],
      [1, 2, 8],
    ]);
  });

  it('take the date behind them where the first has one behind it alone', async () => {
    const { rows } = await read(
      '    linklocal_allowance_exceeded: 1\nTue Mar  3 10:00:01 UTC 2026\n    linklocal_allowance_exceeded: 2\nTue Mar  3 10:00:02 UTC 2026\n',
    );
    expect(rows.map(({ time }) => Number((time as bigint) / 1_000_000_000n) % 60)).toEqual([1, 2]);
  });

  it('begin anew where a counter comes again', async () => {
    const { rows } = await read('    linklocal_allowance_exceeded: 1\n    linklocal_allowance_exceeded: 2\n');
    expect(rows.map(({ sample, time }) => [sample, time])).toEqual([
      [0, null],
      [1, null],
    ]);
  });
});

describe('COUNTER_FORMS', () => {
  it.each(COUNTER_FORMS)('$kind reads its own sample line', ({ kind, about, reader }) => {
    const line = reader();
    if (kind === 'netstat') line.read('Udp:');
    if (kind === 'proc-net-snmp')
      line.read(
        'Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors',
      );
    expect(line.read(about.sample)?.length).toBeGreaterThan(0);
  });
});
