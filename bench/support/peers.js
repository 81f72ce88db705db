import { spawnSync } from 'node:child_process';
import { timed } from './timed.js';

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

/** One run over a capture. */
export function runPeer({ program, args }, path) {
  return timed(program, args(path));
}
