import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conntrackReaders } from '../../src/conntrack/index.js';
import { queryResults } from '../../src/counters/metrics/query-results.js';
import { COUNTER_FORMS } from '../../src/counters/forms/index.js';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { readBytes } from '../support/memory-sink.js';

const kindOf = (text: string) => chooseReader(KINDS, Buffer.from(text), 'x')?.kind;
const rowsOf = async (text: string) => (await readBytes(conntrackReaders[0]!, text)).rows['counters'] ?? [];

describe('metrics of CoreDNS as text', () => {
  it.each([
    ['coredns_panic_count_total 1', 'coredns_panics_total'],
    [
      'coredns_dns_response_rcode_count_total{rcode="SERVFAIL",server="dns://:53",zone="."} 4',
      'coredns_dns_responses_total',
    ],
    [
      'coredns_forward_healthcheck_failure_count_total{to="10.0.0.2:53"} 3',
      'coredns_forward_healthcheck_failures_total',
    ],
    ['coredns_forward_max_concurrent_reject_count_total 2', 'coredns_forward_max_concurrent_rejects_total'],
    ['coredns_nodecache_setup_errors{errortype="iptables"} 2', 'coredns_nodecache_setup_errors_total'],
  ])('have the newest of their names: %s', async (line, counter) => {
    expect(kindOf(line + '\n')).toBe('coredns-metrics');
    expect((await rowsOf(line)).map((row) => row['counter'])).toEqual([counter]);
  });

  it('keep the labels that tell them apart, and since when the process counts', async () => {
    const [row] = await rowsOf(
      'coredns_forward_responses_total{rcode="SERVFAIL",to="10.0.0.2:53",job="coredns"} 12\ngo_goroutines 41\nprocess_start_time_seconds 1.7722e+09\n',
    );
    expect(row).toMatchObject({ labels: '{"rcode":"SERVFAIL","to":"10.0.0.2:53"}', value: 12 });
    expect(row!['counting_since']).toBe(1_772_200_000_000_000_000n);
  });

  it.each(['9'.repeat(400), '1e300', '+Inf', 'NaN'])('are none where they are %s', async (value) => {
    const rows = await rowsOf(`coredns_panics_total ${value}\ncoredns_cache_entries{type="denial"} 3\n`);
    expect(rows.map((row) => row['value'])).toEqual([3]);
  });

  it('are of the server that the command asked', async () => {
    const rows = await rowsOf(
      '$ curl -s http://10.0.1.7:9153/metrics\ncoredns_panics_total 0\n$ curl -s http://10.0.2.9:9153/metrics\ncoredns_panics_total 3\n',
    );
    expect(rows.map(({ instance, value }) => [instance, value])).toEqual([
      ['10.0.1.7:9153', 0],
      ['10.0.2.9:9153', 3],
    ]);
  });

  it('leave out what says nothing of DNS', async () => {
    expect(
      await rowsOf('coredns_panics_total 0\ngo_gc_duration_seconds_count 8\nhttp_requests_total 3\n'),
    ).toHaveLength(1);
  });
});

describe('results of Prometheus', () => {
  const series = (metric: object, values: unknown) => ({ metric, ...(values as object) });
  const answer = (resultType: string, result: unknown[]) =>
    JSON.stringify({ status: 'success', data: { resultType, result } });

  it('give each value of a range its own time and server', async () => {
    const text = answer('matrix', [
      series(
        { __name__: 'coredns_panics_total', pod: 'coredns-1', instance: '10.0.0.7:9153' },
        {
          values: [
            [1772532000, '0'],
            [1772532060.5, '2'],
          ],
        },
      ),
    ]);
    expect(kindOf(text)).toBe('prometheus-results');
    const { rows } = await readBytes(queryResults, text);
    expect(rows['counters']!.map(({ instance, value, time }) => [instance, value, time])).toEqual([
      ['coredns-1', 0, 1_772_532_000_000_000_000n],
      ['coredns-1', 2, 1_772_532_060_500_000_000n],
    ]);
  });

  it('are none where lines of a log came in the same envelope, from Loki', () => {
    const line = '[INFO] 10.9.1.2:40001 - 1 "A IN a.example. udp 30 false 512" NOERROR qr,rd,ra 60 0.001s';
    const text = answer('streams', [
      { stream: { pod: 'coredns-1' }, values: [['1767323045123456789', line]] },
    ]);
    expect(kindOf(text)).toBe('coredns-log');
  });

  it('are read of several answers one after the other', async () => {
    const one = (n: number) =>
      answer('vector', [
        series({ __name__: 'coredns_panics_total' }, { value: [1772532000 + n, String(n)] }),
      ]);
    const { rows } = await readBytes(queryResults, `${one(1)}\n${one(2)}\n`);
    expect(rows['counters']!.map(({ value }) => value)).toEqual([1, 2]);
  });

  it('say where rate() or sum() took the name away', async () => {
    const { problems, rows } = await readBytes(
      queryResults,
      answer('vector', [series({ rcode: 'SERVFAIL' }, { value: [1772532000, '0.5'] })]),
    );
    expect(problems).toMatchObject([{ code: 'result-without-name' }]);
    expect(rows['counters']).toBeUndefined();
  });

  it('never throw, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        await readBytes(queryResults, `{"status":"success","data":{"resultType":"matrix","result":[${text}`);
      }),
      { numRuns: 50 },
    );
  });
});

it('no line makes a form of counters throw', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom(...COUNTER_FORMS.map(({ about }) => about.sample)))),
      (lines) => {
        for (const form of COUNTER_FORMS) {
          const reader = form.reader();
          for (const line of lines) for (const one of reader.read(line) ?? []) expect(one).toBeDefined();
        }
      },
    ),
    { numRuns: 100 },
  );
});
