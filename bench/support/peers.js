import { spawnSync } from 'node:child_process';

const FIELDS = [
  'frame.time_epoch',
  'ip.src',
  'ip.dst',
  'dns.id',
  'dns.qry.name',
  'dns.qry.type',
  'dns.flags.rcode',
];

/**
 * What engineers would pick instead, each over the same packets. PacketQ reads no cooked capture, and tcpdump
 * asks the kernel for an interface's name at each packet of one: these get the packets as Ethernet.
 */
export const PEERS = [
  {
    name: 'tcpdump -nn -r',
    program: 'tcpdump',
    link: 'ethernet',
    args: (path) => ['-nn', '-r', path],
    runs: 3,
  },
  {
    name: "PacketQ 'group by qname'",
    program: process.env.PACKETQ ?? 'packetq',
    link: 'ethernet',
    args: (path) => ['-s', 'select qname, count(*) as n from dns group by qname', path],
    runs: 3,
  },
  {
    name: `tshark -T fields (${FIELDS.length} fields)`,
    program: 'tshark',
    link: 'sll2',
    args: (path) => [
      '-n',
      '-r',
      path,
      '-Y',
      'dns',
      '-T',
      'fields',
      ...FIELDS.flatMap((field) => ['-e', field]),
    ],
    runs: 1,
  },
];

export function isInstalled({ program }) {
  const { error } = spawnSync(program, ['--version'], { stdio: 'ignore' });
  return error === undefined;
}

/** Seconds by the clock and of the processors for one run over a capture, its output thrown away. */
export function runPeer({ program, args }, path) {
  const words = [program, ...args(path)].map(quoted).join(' ');
  const started = performance.now();
  const { stdout } = spawnSync('sh', ['-c', `${words} >/dev/null 2>&1; times`], { encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  const ofChildren = stdout.trim().split('\n').at(-1).split(' ');
  const cpu = ofChildren.reduce((sum, time) => {
    const [minutes, rest] = time.split('m');
    return sum + 60 * Number(minutes) + Number.parseFloat(rest);
  }, 0);
  return { seconds, cpu };
}

function quoted(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
