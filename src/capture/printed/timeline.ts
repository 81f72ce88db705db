import type { Sink, TimeBase } from '../../raw/sink.js';
import type { PrintedTime, TimeForm } from './printed-packet.js';

const DAY = 86400;
/** A clock that goes back by more than this has passed midnight. */
const HALF_A_DAY = 43200;

/** What is told of times without a date. */
const DETAILS = {
  clock:
    'The lines tell the time of day and no date; they were placed on 1970-01-01 UTC (print with tcpdump -tttt, or tshark -t ad, to have the date).',
  offset:
    'The lines tell seconds since another packet and no date; the first was placed on 1970-01-01 00:00:00 UTC.',
  none: 'The lines tell no time (tcpdump -t, a table without a column of times): only their order is known, and nothing can be said of how long anything took; print them with times.',
} as const;
const BASES: Readonly<Record<TimeForm, TimeBase>> = {
  epoch: 'date',
  date: 'local',
  clock: 'day',
  offset: 'day',
  none: 'order',
};

/** Places packets in time by what their lines tell. */
export class Timeline {
  seconds = 0;
  nanos = 0;
  private last = -1;
  private days = 0;
  private ordered = 0;
  private readonly told = new Set<TimeForm>();

  constructor(
    private readonly sink: Sink,
    private readonly offsets: Offsets,
  ) {}

  place(given: PrintedTime, frame: number): void {
    const isOffset = given.form === 'clock' && this.offsets.withoutBlank;
    const head: PrintedTime = isOffset ? { ...given, form: 'offset' } : given;
    if (head.form === 'none') {
      // In order, nearer to each other than any two packets are.
      this.ordered++;
      this.set(0, this.ordered * 1000);
    } else if (head.form === 'clock') {
      if (this.last - head.seconds > HALF_A_DAY) this.days++;
      // A packet out of order just after midnight is still of the day before.
      else if (this.days > 0 && this.last >= 0 && head.seconds - this.last > HALF_A_DAY) this.days--;
      this.last = head.seconds;
      this.set(this.days * DAY + head.seconds, head.nanos);
    } else if (head.form === 'offset' && this.offsets.areDeltas)
      this.set(this.seconds + head.seconds, this.nanos + head.nanos);
    else this.set(head.seconds, head.nanos);
    this.tell(head.form, frame);
    if (head.form !== 'none') this.sink.seen(this.seconds, this.nanos);
  }

  private set(seconds: number, nanos: number): void {
    this.seconds = seconds + Math.floor(nanos / 1e9);
    this.nanos = nanos % 1e9;
  }

  private tell(form: TimeForm, frame: number): void {
    if (this.told.has(form)) return;
    this.told.add(form);
    this.sink.timesAre(BASES[form]);
    if (form === 'epoch' || form === 'date') return;
    this.sink.problem({ code: 'date-unknown', detail: DETAILS[form], position: `frame ${frame}` });
  }
}

/** How the lines' offsets are to be read. */
export interface Offsets {
  /** They are from the packet before (-ttt) and not from the first one (-ttttt). */
  readonly areDeltas: boolean;
  /** The blank that tells an offset from a time of day was lost where the lines were pasted. */
  readonly withoutBlank: boolean;
}

/** Tells it from the heads of the first packets: offsets begin at 0, and from packet to packet they fall as often as they rise. */
export function offsetsOf(heads: readonly PrintedTime[]): Offsets {
  const [first] = heads;
  const withoutBlank = first?.form === 'clock' && first.seconds === 0 && first.nanos === 0;
  const offsets = heads
    .filter(({ form }) => form === 'offset' || (withoutBlank && form === 'clock'))
    .map((head) => head.seconds + head.nanos / 1e9);
  const falls = offsets.filter((offset, i) => i > 0 && offset < offsets[i - 1]! - 0.0001).length;
  const sum = offsets.reduce((total, offset) => total + offset, 0);
  const areDeltas =
    falls * 20 > offsets.length || (offsets.length > 2 && falls > 0 && sum < offsets.length * 0.0001);
  return { areDeltas, withoutBlank };
}
