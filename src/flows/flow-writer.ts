import { DNS, FrameCounts, OTHER_PROTOCOL } from '../capture/layers/frame-kind.js';
import { MessageRows } from '../capture/printed/message-rows.js';
import { offsetsOf, Timeline } from '../capture/printed/timeline.js';
import { factsOf, writeObject } from '../cluster/kubernetes/object-row.js';
import type { Sink } from '../raw/sink.js';
import { TUNNEL } from '../raw/tables/wire.js';
import type { Flow, FlowObject, FlowRecord } from './flow.js';

/** Pods and services of one input that are kept; real clusters have fewer. */
const MOST_OBJECTS = 1 << 16;
const ROLES = { Pod: 'pod', Service: 'cluster' } as const;
const UNKNOWN =
  'A line or record is of no form that this kind of evidence has; it was passed over, the rest was read.';

/** Writes what other programs recorded of DNS messages. */
export class FlowWriter {
  private readonly counts = new FrameCounts();
  private readonly rows: MessageRows;
  private readonly timeline: Timeline;
  private readonly objects = new Set<string>();

  constructor(private readonly sink: Sink) {
    this.rows = new MessageRows(sink);
    this.timeline = new Timeline(sink, offsetsOf([]));
  }

  /** A record that begins on a line of the input. */
  take({ flows, objects }: FlowRecord, line: number): void {
    for (const one of flows) this.write(one, line);
    for (const object of objects) this.object(object, line);
    this.counts.add(flows.length > 0 ? DNS : OTHER_PROTOCOL);
  }

  unread(line: number): void {
    this.sink.problem({ code: 'unknown-line', detail: UNKNOWN, position: `line ${line}` });
  }

  finish(): void {
    this.counts.write(this.sink);
  }

  private write(one: Flow, line: number): void {
    this.timeline.place(one.time, line);
    const { seconds, nanos } = this.timeline;
    const { src, dst, protocol, direction, interfaceName, message } = one;
    const network = { src, dst, ipId: null, hopLimit: null, payloadLength: -1, tunnel: TUNNEL.none };
    this.rows.write({ frame: line, seconds, nanos, protocol, direction, interfaceName }, network, message);
  }

  private object(object: FlowObject, line: number): void {
    const { kind, namespace, name, address } = object;
    const key = `${kind} ${namespace}/${name} ${address}`;
    if (this.objects.has(key) || this.objects.size >= MOST_OBJECTS) return;
    this.objects.add(key);
    const whose = { ...factsOf({}, kind, name), namespace };
    writeObject(this.sink, whose, [{ address, role: ROLES[kind] }], `line ${line}`);
  }
}
