import { describe, expect, test } from 'vitest';
import { read, sizes, kindOf, DATE, TIME } from './transcript-rows.js';

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

  test.each([
    [
      'that passed',
      '[UFW ALLOW] IN=cni0 OUT=ens3 SRC=10.244.4.9 DST=10.96.0.10 PROTO=UDP SPT=40961 DPT=53 LEN=51',
    ],
    [
      'to another port',
      '[UFW BLOCK] IN=cni0 OUT=ens3 SRC=10.244.4.9 DST=10.96.0.10 PROTO=UDP SPT=40961 DPT=5353 LEN=51',
    ],
  ])('a packet %s is none that a firewall dropped on its way to DNS', async (_, line) => {
    expect((await read(`[ 1054.863739] ${line}\n`)).rows['log_events'] ?? []).toEqual([]);
  });

  test('a packet dropped for its checksum is an event with where it was going', async () => {
    const line = '[ 1054.863739] UDP: bad checksum. From 10.1.2.3:40112 to 10.1.2.9:4789 ulen 108\n';
    const { rows } = await read(line);
    expect(rows['log_events']).toMatchObject([
      {
        line: 1,
        time: null,
        event: 'kernel-bad-checksum',
        upstream: '10.1.2.9:4789',
        reason: 'UDP: bad checksum',
      },
    ]);
    expect(kindOf(line)).toEqual(['kernel-log']);
  });

  test.each([
    ['neighbour: arp_cache: neighbor table overflow!', 'kernel-neighbour-overflow', null],
    ['IPVS: rr: UDP 10.96.0.10:53 - no destination available', 'kernel-no-destination', '10.96.0.10:53'],
    [
      'Memory cgroup out of memory: Killed process 4711 (coredns) total-vm:1kB',
      'killed-for-memory',
      'coredns',
    ],
    [
      '[UFW BLOCK] IN=cni0 OUT=ens3 MAC=aa:bb SRC=10.244.4.9 DST=10.96.0.10 LEN=71 TOS=0x00 PREC=0x00 TTL=63 ID=31515 DF PROTO=UDP SPT=40961 DPT=53 LEN=51',
      'kernel-firewall-drop',
      '10.96.0.10',
    ],
    [
      'FORWARD-DROP: IN=cali1 OUT= SRC=fd00::9 DST=fd00::a LEN=71 PROTO=TCP SPT=40961 DPT=53 WINDOW=1',
      'kernel-firewall-drop',
      'fd00::a',
    ],
    ['IPv4: martian source 10.244.1.5 from 10.96.0.10, on dev eth0', 'kernel-martian', '10.244.1.5'],
  ])('%s is an event', async (line, event, upstream) => {
    const { rows } = await read(`[ 1054.863739] ${line}\n`);
    expect(rows['log_events']).toMatchObject([{ event, upstream }]);
    expect(kindOf(`${line}\n`)).toEqual(['kernel-log']);
  });

  test('a process killed for memory that answers no DNS, or a destination of another port, is none', async () => {
    const { rows } = await read(
      '[ 1.000000] Out of memory: Killed process 9 (java)\n[ 2.000000] IPVS: rr: TCP 10.96.0.1:443 - no destination available\n',
    );
    expect(rows['log_events']).toBeUndefined();
  });

  test('other messages of the kernel are of no interest and no problem', async () => {
    expect(await read('[ 1054.863739] eth0: link up\n<6>[    1.000000] Linux version 6\n')).toMatchObject({
      rows: {},
      problems: [],
    });
  });
});
