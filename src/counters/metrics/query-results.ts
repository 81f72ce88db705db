import { headLines } from '../../input/lines.js';
import type { ProblemCode } from '../../base/problem-codes.js';
import { ObjectCutter } from '../../input/json-objects.js';
import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import { CounterWriter } from '../counter-writer.js';
import type { Reading } from '../form.js';
import { instantOf, readingsOf } from './metric-readings.js';

/** Characters of one series: a week of samples every 15 s has 1.5 million. */
const LONGEST = 16_000_000;
const RESULT = /"result"\s*:\s*\[/;
/** Loki answers in the same envelope with lines of logs. */
const LINES = /"resultType"\s*:\s*"streams"/;
const ENVELOPE = /"resultType"\s*:\s*"(?:vector|matrix)"|"status"\s*:\s*"success"[^]{0,200}"data"/;
const NO_NAME =
  'A result names no metric, as what rate() or sum() made; query the counters themselves, such as coredns_dns_responses_total.';
const NOT_OF_DNS = 'A result is of a metric that says nothing of DNS; it was passed over.';

/** What Prometheus answers to /api/v1/query and /api/v1/query_range. */
export const queryResults: Reader = {
  kind: 'prometheus-results',
  title: 'results of a Prometheus query',
  about: {
    sample:
      '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"coredns_dns_responses_total"}, ...}]}}',
    from: "`curl 'http://PROMETHEUS/api/v1/query_range?query=coredns_dns_responses_total&...'`; the counters themselves, without rate() or sum()",
    gives: 'counters',
    proves: "as CoreDNS's metrics, with times",
  },
  sniff: (head) => {
    const text = headLines(head).join('\n').trimStart();
    return text.startsWith('{') && RESULT.test(text) && ENVELOPE.test(text) && !LINES.test(text) ? 0.98 : 0;
  },
  read,
};

async function read(input: Input, sink: Sink): Promise<void> {
  const results = new Results(sink);
  const cutter = new ObjectCutter(
    ({ text, line }) => results.take(text, line),
    (line) => results.tooLong(line),
    LONGEST,
  );
  const decoder = new TextDecoder();
  let before: string | null = '';
  for await (const chunk of input.chunks) {
    let text = decoder.decode(chunk, { stream: true });
    if (before !== null) {
      before += text;
      const found = RESULT.exec(before);
      if (!found) continue;
      text = before.slice(found.index + found[0].length);
      before = null;
    }
    cutter.push(text);
  }
  if (cutter.isCut) sink.incomplete('a JSON document is cut off');
}

class Results {
  private readonly writer: CounterWriter;
  private series = 0;

  constructor(private readonly sink: Sink) {
    this.writer = new CounterWriter(sink);
  }

  /** One series, or a whole further document. */
  take(text: string, line: number): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      const detail = 'A JSON document is broken; what came before was kept.';
      this.sink.problem({ code: 'broken-json', detail, position: `line ${line}` });
      return;
    }
    const data = field(value, 'data');
    const more = field(data, 'result');
    if (Array.isArray(more)) for (const one of more) this.one(one, line);
    else this.one(value, line);
  }

  tooLong(line: number): void {
    const detail = 'A series is longer than any that Prometheus answers; it was left out.';
    this.sink.problem({ code: 'json-too-large', detail, position: `line ${line}` });
  }

  private one(value: unknown, line: number): void {
    const metric = field(value, 'metric');
    if (typeof metric !== 'object' || metric === null) return;
    this.series++;
    const texts = Object.entries(metric).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const { __name__: name, ...labels } = Object.fromEntries(texts);
    const problem = (code: ProblemCode, detail: string) =>
      this.sink.problem({ code, detail, position: `result ${this.series}` });
    if (name === undefined) return problem('result-without-name', NO_NAME);
    const values = field(value, 'values') ?? [field(value, 'value')];
    if (!Array.isArray(values)) return;
    let kept = 0;
    for (const [i, pair] of values.entries()) {
      if (!Array.isArray(pair) || typeof pair[1] !== 'string') continue;
      const at = instantOf(Number(pair[0]));
      const number = Number(pair[1]);
      if (!at || !Number.isFinite(number)) continue;
      for (const reading of readingsOf({ name, labels, value: number, at })) {
        if ('clock' in reading) continue;
        this.writer.write({ reading: reading satisfies Reading, line, sample: i, time: at, since: null });
        kept++;
      }
    }
    if (kept === 0) problem('result-not-of-dns', NOT_OF_DNS);
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
