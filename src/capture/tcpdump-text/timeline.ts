import type { Sink } from '../../store/sink.js';
import type { PacketHead, TimeForm } from './packet-head.js';

const DAY = 86400;
/** A clock that goes back by more than this has passed midnight. */
const HALF_A_DAY = 43200;

const DETAILS: Readonly<Record<Exclude<TimeForm, 'epoch'>, string>> = {
  date: 'The times name no time zone; they were taken as UTC.',
  clock:
    'The lines tell the time of day and no date; they were placed on 1970-01-01 UTC (print with -tttt, or -tt, to have the date).',
  offset:
    'The lines tell seconds since another packet and no date; the first was placed on 1970-01-01 00:00:00 UTC.',
  none: 'The lines tell no time (tcpdump -t); all were placed on 1970-01-01 00:00:00 UTC, and only their order is known.',
};

/** Places packets in time by what their lines tell. */
export class Timeline {
  seconds = 0;
  nanos = 0;
  /** Whether the date is known, so that the source covers these instants. */
  isDated = false;
  private last = -1;
  private days = 0;
  private readonly told = new Set<TimeForm>();

  /** `areDeltas`: offsets are from the packet before (-ttt) and not from the first one (-ttttt). */
  constructor(
    private readonly sink: Sink,
    private readonly areDeltas: boolean,
  ) {}

  place(head: PacketHead, frame: number): void {
    this.isDated = head.form === 'date' || head.form === 'epoch';
    if (head.form === 'clock') {
      if (this.last - head.seconds > HALF_A_DAY) this.days++;
      // A packet out of order just after midnight is still of the day before.
      else if (this.days > 0 && this.last >= 0 && head.seconds - this.last > HALF_A_DAY) this.days--;
      this.last = head.seconds;
      this.set(this.days * DAY + head.seconds, head.nanos);
    } else if (head.form === 'offset' && this.areDeltas)
      this.set(this.seconds + head.seconds, this.nanos + head.nanos);
    else this.set(head.seconds, head.nanos);
    this.tell(head.form, frame);
  }

  private set(seconds: number, nanos: number): void {
    this.seconds = seconds + Math.floor(nanos / 1e9);
    this.nanos = nanos % 1e9;
  }

  private tell(form: TimeForm, frame: number): void {
    if (form === 'epoch' || this.told.has(form)) return;
    this.told.add(form);
    this.sink.problem({
      code: form === 'date' ? 'date-no-zone' : 'date-unknown',
      detail: DETAILS[form],
      position: `frame ${frame}`,
    });
  }
}

/** Whether these offsets, in order, are from packet to packet: then they fall as often as they rise. */
export function looksLikeDeltas(heads: readonly PacketHead[]): boolean {
  const offsets = heads
    .filter((head) => head.form === 'offset')
    .map((head) => head.seconds + head.nanos / 1e9);
  const falls = offsets.filter((offset, i) => i > 0 && offset < offsets[i - 1]! - 0.0001).length;
  const sum = offsets.reduce((total, offset) => total + offset, 0);
  return falls * 20 > offsets.length || (offsets.length > 2 && falls > 0 && sum < offsets.length * 0.0001);
}
