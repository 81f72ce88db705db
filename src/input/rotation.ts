import { basename, dirname } from 'node:path';
import { naturalOrder } from './natural-order.js';

/** A file of a rotated set: what its members have in common, and its place from the oldest on. */
interface Member {
  set: string;
  place: number;
  /** Text that orders members of one place: the date in their name. */
  date: string;
}

const COMPRESSED = /\.(gz|zst|xz|lz4)$/i;

/**
 * Puts files of one rotated set in time order, at the place of the set's first member; other files stay
 * where they are. `log.2.gz log.1 log` (logrotate: higher is older), `c.pcap c.pcap1 .. c.pcap10` (tcpdump -C
 * and -W: higher is newer), `0.log.20240102-030405.gz 0.log` (kubelet: dated ones are older).
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

function memberOf(path: string): Member {
  const name = basename(path).replace(COMPRESSED, '');
  const set = (stem: string) => `${dirname(path)}/${stem}`;
  const tcpdump = /^(.+\.(?:pcap|pcapng|cap|dmp))(\d{1,6})$/i.exec(name);
  if (tcpdump) return { set: set(tcpdump[1]!), place: Number(tcpdump[2]) + 1, date: '' };
  const dated = /^(.+\.log)[.-](\d{8}(?:[-T]?\d{2,6})?)$/i.exec(name);
  if (dated) return { set: set(dated[1]!), place: -1, date: dated[2]! };
  const logrotate = /^(.+)\.(\d{1,4})$/.exec(name);
  if (logrotate) return { set: set(logrotate[1]!), place: -1 - Number(logrotate[2]), date: '' };
  return { set: set(name), place: 0, date: '' };
}
