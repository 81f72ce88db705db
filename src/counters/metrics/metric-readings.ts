import type { Instant } from '../../base/time/instant.js';
import { allowance } from '../forms/ethtool.js';
import { udpCounter } from '../forms/protocols.js';
import type { Clock, Reading } from '../form.js';
import { knownMetric } from './coredns.js';

/** A sample of a metric, from whatever text it came. */
export interface Metric {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly at?: Instant;
}

/** Labels that tell one value of a metric from another of the same server. */
const KEPT = new Set([
  'server',
  'zone',
  'zones',
  'view',
  'type',
  'proto',
  'family',
  'rcode',
  'plugin',
  'to',
  'le',
  'code',
  'method',
  'host',
  'errortype',
  'name',
  'version',
]);
/** Labels that name the server or node, as Prometheus and its exporters put them on; the surest first. */
const NAMERS = ['pod', 'kubernetes_pod_name', 'pod_name', 'instance', 'node', 'nodename', 'kubernetes_node'];

/** What a metric says: none of those that tell nothing of DNS. */
export function readingsOf({ name, labels, value, at }: Metric): (Reading | Clock)[] {
  const instance = NAMERS.map((label) => labels[label]).find((text) => text !== undefined) ?? null;
  const when = at === undefined ? {} : { at };
  if (name === 'process_start_time_seconds' || name === 'node_time_seconds') {
    const time = instantOf(value);
    return time ? [{ clock: name === 'node_time_seconds' ? 'now' : 'counting-since', at: time }] : [];
  }
  const known = knownMetric(name);
  if (known) {
    const kept = Object.entries(labels).filter(([label]) => KEPT.has(label));
    const meaning = known.isLevel ? 'level' : 'total';
    const { about, isTrouble } = known;
    const what = { origin: 'coredns', counter: known.name, value, meaning, about, isTrouble } as const;
    return [{ ...what, instance, labels: Object.fromEntries(kept.toSorted()), ...when }];
  }
  const reading = nodeReading(name, labels, value, instance);
  return reading ? [{ ...reading, ...when }] : [];
}

/** Counters of a node as node_exporter names them. */
function nodeReading(
  name: string,
  labels: Metric['labels'],
  value: number,
  instance: string | null,
): Reading | null {
  const udp = /^node_netstat_(Udp6?)_(\w{2,40})$/.exec(name);
  if (udp) {
    const reading = udpCounter(udp[1]!, udp[2]!, value, 'total');
    return reading && { ...reading, instance };
  }
  const card = /^node_(?:net_)?ethtool_(\w+?)(?:_total)?$/.exec(name);
  if (!card) return null;
  const place = [instance, labels['device']].filter((text) => text != null).join(' ');
  return allowance(card[1]!, value, place || null);
}

/** An instant of seconds since 1970 with a fraction; null for what is none of 1970 to 2199. */
export function instantOf(seconds: number): Instant | null {
  if (!(seconds > 0 && seconds < 7258118400)) return null;
  const whole = Math.floor(seconds);
  return { seconds: whole, nanos: Math.floor((seconds - whole) * 1e6) * 1000 };
}
