import { basename, dirname } from 'node:path';
import { naturalOrder } from './natural-order.js';

/** A file of a rotated set: what its members have in common, and its place from the oldest on. */
export interface Member {
  /** Folder and name without what tells members apart. */
  set: string;
  place: number;
  /** Text that orders members of one place: the date in their name. */
  date: string;
}

const COMPRESSED = /\.(gz|zst|xz|lz4)$/i;

const CAPTURE = '(?:pcap|pcapng|cap|dmp)';

/** `node.pcap`, `node.pcap12`: tcpdump -C and -W. */
const TCPDUMP = new RegExp(`^(.+\\.${CAPTURE})(\\d{1,6})$`, 'i');

/** `node_00012_20240102030405.pcapng`: dumpcap and editcap. */
const NUMBERED = new RegExp(`^(.+)_(\\d{5,9})_\\d{14}(?:\\.\\d{1,9})?(\\.${CAPTURE})$`, 'i');

/** `node-20240102-030405.pcap`, `node_2024-01-02T03:04:05.pcap`: tcpdump -G and what its users' formats are. */
const DATED_CAPTURE = new RegExp(
  `^(.*?)[-_.]?(\\d{4}-?\\d{2}-?\\d{2}[-T_.]?\\d{2}[-:_]?\\d{2}(?:[-:_]?\\d{2})?Z?)(\\.${CAPTURE})$`,
  'i',
);

/** `coredns.log.20240102-030405`: kubelet and logrotate's dateext. */
const DATED_LOG = /^(.+\.log)[.-](\d{8}(?:[-T]?\d{2,6})?)$/i;

/** `coredns.log.2`: logrotate. */
const LOGROTATE = /^(.+)\.(\d{1,4})$/;

/**
 * Puts files of one rotated set in time order, at the place of the set's first member; other files stay
 * where they are. `log.2.gz log.1 log` (logrotate: higher is older), `c.pcap c.pcap1 .. c.pcap10` (tcpdump -C
 * and -W: higher is newer), `c_00000_20240102030405.pcap` (dumpcap), `c-20240102-030405.pcap` (tcpdump -G),
 * `0.log.20240102-030405.gz 0.log` (kubelet: dated ones are older).
 */
export function inRotationOrder(paths: readonly string[]): string[] {
  const sets = new Map<string, string[]>();
  for (const path of paths) {
    const { set } = memberOf(path);
    const members = sets.get(set);
    if (members) members.push(path);
    else sets.set(set, [path]);
  }
  return [...sets.values()].flatMap((members) => members.sort(oldestFirst));
}

function oldestFirst(a: string, b: string): number {
  const [left, right] = [memberOf(a), memberOf(b)];
  return left.place - right.place || naturalOrder(left.date, right.date) || naturalOrder(a, b);
}

/** The place of a path in its set; a file that is of no rotated set is alone in one, at place 0. */
export function memberOf(path: string): Member {
  const name = withoutCompression(basename(path));
  const set = (stem: string) => `${dirname(path)}/${stem}`;
  const tcpdump = TCPDUMP.exec(name);
  if (tcpdump) return { set: set(tcpdump[1]!), place: Number(tcpdump[2]) + 1, date: '' };
  const numbered = NUMBERED.exec(name);
  if (numbered) return { set: set(numbered[1]! + numbered[3]!), place: Number(numbered[2]) + 1, date: '' };
  const datedCapture = DATED_CAPTURE.exec(name);
  if (datedCapture)
    return { set: set(datedCapture[1]! + datedCapture[3]!), place: -1, date: datedCapture[2]! };
  const dated = DATED_LOG.exec(name);
  if (dated) return { set: set(dated[1]!), place: -1, date: dated[2]! };
  const logrotate = LOGROTATE.exec(name);
  if (logrotate) return { set: set(logrotate[1]!), place: -1 - Number(logrotate[2]), date: '' };
  return { set: set(name), place: 0, date: '' };
}

/** A path as it is when its file is not compressed. */
export function withoutCompression(path: string): string {
  return path.replace(COMPRESSED, '');
}
