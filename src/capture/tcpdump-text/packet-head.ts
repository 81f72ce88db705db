import { calendarSecondsOf } from '../../base/time/calendar.js';
import { fractionNanos } from '../../base/time/instant.js';
import type { PrintedTime } from '../printed/printed-packet.js';
import { DIRECTION } from '../../raw/tables/wire.js';

/** What stands before the network layer on a packet's line. */
export interface PacketHead extends PrintedTime {
  /** The packet's number where tcpdump printed it (-#), else null. */
  readonly number: number | null;
  /** Name of the interface, or null. */
  readonly interfaceName: string | null;
  /** Index into DIRECTIONS. */
  readonly direction: number;
  /** The line from the link or network layer on. */
  readonly rest: string;
}

const TIME =
  /^(?:\s*(\d{1,9})\s{2})?(?:(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? |(\d{9,10})\.(\d{6,9}) |([ -]?)(\d\d):([0-5]\d):([0-6]\d)(?:\.(\d{1,9}))? )/;
const NUMBER = /^\s*(\d{1,9})\s{2}/;
/** Cooked captures: interface and direction (SLL2), or the direction alone before an address (SLL with -e). */
const COOKED =
  /^(?:(\S{1,15})\s+)?(In|Out|B|M|P)\s+(?=(?:IP6?|ARP|ethertype|ifindex|vlan|[\da-f]{2}:)|[\da-f]{2}:)/;
const DIRECTION_WORDS: Readonly<Record<string, number>> = {
  In: DIRECTION.in,
  B: DIRECTION.broadcast,
  M: DIRECTION.multicast,
  P: DIRECTION.other,
  Out: DIRECTION.out,
};
const IFINDEX = /^ifindex (\d{1,9}) /;
/** What a packet's line may begin with behind its time. */
const BODY =
  /^(?:IP6?\b|ARP[,\s]|[\da-f]{2}(?::[\da-f]{2}){5}\b|ethertype |ifindex |vlan \d|PPPoE|MPLS|\(tos 0x|802\.1|STP|LLDP|[A-Z][\w.-]{1,20},? )/;
/** What tells a packet's line that has no time. */
const BARE_BODY = /^(?:IP6? (?:\(|[\da-f.:]+ > )|(?:[\da-f]{2}:){5}[\da-f]{2} (?:>|\(oui))/;

/** Reads the head of a line that begins a packet; null for every other line. */
export function readHead(line: string): PacketHead | null {
  const time = TIME.exec(line);
  if (!time) return readUntimed(line);
  const number = time[1] === undefined ? null : Number(time[1]);
  const body = line.slice(time[0].length);
  const fraction = fractionNanos(time[8] ?? time[10] ?? time[15]);
  if (time[2] !== undefined) {
    const seconds = calendarSecondsOf(time.slice(2, 8));
    return seconds === null ? null : linkOf(body, { form: 'date', seconds, nanos: fraction, number });
  }
  if (time[9] !== undefined)
    return linkOf(body, { form: 'epoch', seconds: Number(time[9]), nanos: fraction, number });
  const seconds = Number(time[12]) * 3600 + Number(time[13]) * 60 + Number(time[14]);
  const isOffset = time[11] !== '';
  const isBack = time[11] === '-';
  // a day has no such hour, but packets may lie further apart
  if (!isOffset && Number(time[12]) > 23) return null;
  return linkOf(body, {
    form: isOffset ? 'offset' : 'clock',
    seconds: isBack ? -seconds - (fraction > 0 ? 1 : 0) : seconds,
    nanos: isBack && fraction > 0 ? 1e9 - fraction : fraction,
    number,
  });
}

function readUntimed(line: string): PacketHead | null {
  const numbered = NUMBER.exec(line);
  const body = numbered ? line.slice(numbered[0].length) : line;
  if (!BARE_BODY.test(body) && !COOKED.test(body)) return null;
  return linkOf(body, { form: 'none', seconds: 0, nanos: 0, number: numbered ? Number(numbered[1]) : null });
}

function linkOf(body: string, time: Pick<PacketHead, keyof PrintedTime | 'number'>): PacketHead | null {
  const cooked = COOKED.exec(body.trimStart());
  let rest = cooked ? body.trimStart().slice(cooked[0].length) : body.trimStart();
  if (!cooked && !BODY.test(rest)) return null;
  const index = IFINDEX.exec(rest);
  if (index) rest = rest.slice(index[0].length);
  // Read from a file tcpdump does not know the names of interfaces; -e shows their index.
  const name = cooked?.[1] === '?' ? (index?.[1] ?? null) : (cooked?.[1] ?? null);
  return {
    ...time,
    interfaceName: name,
    direction: cooked ? DIRECTION_WORDS[cooked[2]!]! : DIRECTION.unknown,
    rest,
  };
}
