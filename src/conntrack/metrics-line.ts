import { counterIndex } from './counter-fields.js';

/** A sample of a metric in Prometheus's text format that speaks of conntrack. */
export interface MetricLine {
  /** `entries`, `entries_limit`, `time`, or `counter` with its place. */
  readonly what: 'entries' | 'entries_limit' | 'time' | 'counter';
  readonly index: number;
  readonly value: number;
  readonly labels: string;
  /** Milliseconds since 1970 that the sample carries, or null. */
  readonly millis: number | null;
}

const SAMPLE =
  /^([a-zA-Z_:][\w:]{0,200})(\{.{0,2000}\})?\s+([+-]?[\d.]+(?:[eE][+-]?\d+)?)(?:\s+(\d{13}))?\s*$/;
const ANY =
  /^(?:# (?:HELP|TYPE|EOF|UNIT)\b|[a-zA-Z_:][\w:]{0,200}(?:\{.*\})?\s+[+-]?(?:[\d.]+(?:[eE][+-]?\d+)?|Inf|NaN)(?:\s+\d{13})?\s*$)/;

/** Whether a line is of Prometheus's text format at all. */
export function isMetricsLine(line: string): boolean {
  return ANY.test(line);
}

/** Whether a line is of node_exporter's metrics. */
export function isNodeExporterLine(line: string): boolean {
  return /^(?:# (?:HELP|TYPE) )?node_[a-z]/.test(line) && ANY.test(line);
}

/** Reads one of node_exporter's conntrack metrics or its clock (node_time_seconds), or null. */
export function readMetric(line: string): MetricLine | null {
  if (!line.startsWith('node_')) return null;
  const found = SAMPLE.exec(line);
  if (!found) return null;
  const name = found[1]!;
  const value = Number(found[3]);
  const millis = found[4] === undefined ? null : Number(found[4]);
  const labels = found[2] ?? '';
  if (name === 'node_time_seconds') return { what: 'time', index: -1, value, labels, millis };
  if (!Number.isSafeInteger(value) || value < 0) return null;
  if (name === 'node_nf_conntrack_entries') return { what: 'entries', index: -1, value, labels, millis };
  if (name === 'node_nf_conntrack_entries_limit')
    return { what: 'entries_limit', index: -1, value, labels, millis };
  if (!name.startsWith('node_nf_conntrack_stat_')) return null;
  const index = counterIndex(name.slice('node_nf_conntrack_stat_'.length));
  return index === -1 ? null : { what: 'counter', index, value, labels, millis };
}
