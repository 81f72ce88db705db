import type { Clock, CounterForm, FormReader, Reading } from '../form.js';
import { instantOf, readingsOf } from './metric-readings.js';

const SAMPLE =
  /^([a-zA-Z_:][\w:]{0,200})(?:\{(.{0,4000})\})?\s+([+-]?[\d.]+(?:[eE][+-]?\d+)?)(?:\s+(\d{13}))?\s*$/;
const LABEL = /([a-zA-Z_]\w{0,60})="((?:[^"\\]|\\.){0,500})"/g;
const OF_COREDNS = /^(?:# (?:HELP|TYPE) )?coredns_[a-z]/;
/** A command that asks one server for its metrics: its address or pod. */
const ASKED =
  /https?:\/\/([^\s/]{1,120})\/metrics|(?:^|\s)([\w.[\]-]+:\d{2,5})\/metrics|\/pods\/([^\s:/]{1,253})/;

/** Reads a line `name{label="value",...} 12` of Prometheus's text format; null for others. */
function readSample(line: string): (Reading | Clock)[] | null {
  const found = SAMPLE.exec(line);
  if (!found) return null;
  const labels = Object.fromEntries(
    [...(found[2] ?? '').matchAll(LABEL)].map(([, name, text]) => [name!, text!.replace(/\\(.)/g, '$1')]),
  );
  const at = found[4] === undefined ? null : instantOf(Number(found[4]) / 1000);
  return readingsOf({ name: found[1]!, labels, value: Number(found[3]), ...(at ? { at } : {}) });
}

class MetricsReader implements FormReader {
  private asked: string | null = null;

  read(line: string): readonly (Reading | Clock)[] | null {
    if (OF_COREDNS.test(line) && line.startsWith('#')) return [];
    const readings = readSample(line);
    if (!readings) return null;
    // other programs' metrics stand between; what is conntrack's is not for here
    if (readings.length === 0) return OF_COREDNS.test(line) ? [] : null;
    return readings.map((reading) =>
      'clock' in reading || reading.origin !== 'coredns'
        ? reading
        : { ...reading, instance: reading.instance ?? this.asked },
    );
  }

  command(text: string): void {
    const found = ASKED.exec(text);
    this.asked = found ? (found.slice(1).find((part) => part !== undefined) ?? null) : null;
  }
}

/** CoreDNS's and NodeLocal's metrics as curl prints them, and what node_exporter says of a node. */
export const metricsForm: CounterForm = {
  kind: 'coredns-metrics',
  title: "CoreDNS's metrics",
  about: {
    sample: 'coredns_forward_healthcheck_failures_total{to="10.0.0.2:53"} 12',
    from: '`curl http://POD:9153/metrics`',
    gives: 'counters',
    proves:
      'from two samples with times: refusals by max_concurrent (`coredns-overloaded`), upstreams that fail health checks (`upstream-silent`), are late (`upstream-slow`) or answer SERVFAIL (`upstream-errors`), an API that cannot be reached (`server-blind`)',
  },
  reader: () => new MetricsReader(),
};
