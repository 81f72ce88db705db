import { describe, expect, test } from 'vitest';
import { nanos, readLog, readQuery } from './support/read-log.js';

const LINE =
  '[INFO] 10.1.2.3:40000 - 7 "A IN a.example. udp 45 false 1232" NOERROR qr,rd,ra 138 0.000150566s';
const TIME = '2026-01-02T03:04:05.123456789Z';
const json = (value: unknown) => JSON.stringify(value);
const kubernetes = { pod_name: 'coredns-abc', container_name: 'coredns' };

/** A wrapper's name, the wrapped line, its time (null without), and the stream (0 without). */
const FORMS: [string, string | Uint8Array, string | null, string | 0][] = [
  ['nothing', LINE, null, 0],
  ['kubectl logs --timestamps', `${TIME} ${LINE}`, TIME, 0],
  ['kubectl logs --prefix', `[pod/coredns-abc/coredns] ${LINE}`, null, 'coredns-abc/coredns'],
  ['kubectl logs --prefix --timestamps', `[pod/coredns-abc/coredns] ${TIME} ${LINE}`, TIME, 'coredns-abc/coredns'],
  ['CRI', `${TIME} stdout F ${LINE}`, TIME, 0],
  ["CRI with an offset", `2026-01-02T12:04:05.5+09:00 stderr F ${LINE}`, '2026-01-02T03:04:05.5Z', 0],
  ['Docker', json({ log: `${LINE}\n`, stream: 'stdout', time: TIME }), TIME, 0],
  ['Docker with blanks', `{"log": ${json(`${LINE}\n`)}, "stream": "stdout", "time": "${TIME}"}`, TIME, 0],
  ['CoreDNS 1.3', `2026-01-02T05:04:05.55+02:00 ${LINE}`, '2026-01-02T03:04:05.55Z', 0],
  ["Go's log package", `2026/01/02 03:04:05 ${LINE}`, '2026-01-02T03:04:05Z', 0],
  ['stern', `coredns-abc coredns ${LINE}`, null, 'coredns-abc/coredns'],
  ['stern --timestamps', `coredns-abc coredns ${TIME} ${LINE}`, TIME, 'coredns-abc/coredns'],
  ['stern -o json', json({ message: LINE, podName: 'coredns-abc', containerName: 'coredns' }), null, 'coredns-abc/coredns'],
  ['kubetail', `[coredns-abc] ${LINE}`, null, 'coredns-abc'],
  ['docker compose', `coredns-1  | ${LINE}`, null, 'coredns-1'],
  ['grep -H', `pods/coredns-abc/current.log:${LINE}`, null, 'pods/coredns-abc/current.log'],
  ['grep -Hn', `coredns.log:12:${LINE}`, null, 'coredns.log'],
  ['Fluent Bit', json({ date: 1767323045.5, log: LINE, stream: 'stdout', kubernetes }), '2026-01-02T03:04:05.5Z', 'coredns-abc/coredns'],
  ['Fluent Bit of a CRI log', json({ time: TIME, stream: 'stdout', logtag: 'F', log: LINE, kubernetes }), TIME, 'coredns-abc/coredns'],
  ['Fluent Bit of a raw CRI line', json({ log: `${TIME} stdout F ${LINE}`, kubernetes }), TIME, 'coredns-abc/coredns'],
  ['Fluent Bit to stdout', `[0] kube.var.log: [1767323045.5, {"stream"=>"stdout", "log"=>${json(LINE)}}]`, '2026-01-02T03:04:05.5Z', 0],
  ['Fluent Bit 2 to stdout', `[3] kube.x: [[1767323045.5, {}], {"log"=>${json(LINE)}, "kubernetes"=>{"pod_name"=>"coredns-abc"}}]`, '2026-01-02T03:04:05.5Z', 'coredns-abc'],
  ['Fluentd', json({ log: `${LINE}\n`, stream: 'stdout', docker: { container_id: '4c' }, kubernetes }), null, 'coredns-abc/coredns'],
  ['Vector', json({ message: LINE, timestamp: TIME, kubernetes: { pod_name: 'coredns-abc' }, stream: 'stdout' }), TIME, 'coredns-abc'],
  ['Filebeat', json({ '@timestamp': '2026-01-02T03:04:05.123Z', message: LINE, kubernetes: { pod: { name: 'coredns-abc' }, container: { name: 'coredns' } } }), '2026-01-02T03:04:05.123Z', 'coredns-abc/coredns'],
  ['Loki: logcli', `${TIME} {container="coredns", pod="coredns-abc"} ${LINE}`, TIME, 'coredns-abc/coredns'],
  ['Loki: logcli -o jsonl', json({ labels: { pod: 'coredns-abc', container: 'coredns' }, line: LINE, timestamp: TIME }), TIME, 'coredns-abc/coredns'],
  ['CloudWatch event', json({ timestamp: 1767323045123, message: LINE, logStreamName: 'coredns-abc', eventId: '1' }), '2026-01-02T03:04:05.123Z', 'coredns-abc'],
  ['CloudWatch event of a Fluent Bit record', json({ timestamp: 1767323045123, message: json({ log: LINE, time: TIME, kubernetes }), logStreamName: 's' }), TIME, 'coredns-abc/coredns'],
  ['CloudWatch CSV', `timestamp,message\n1767323045123,"${LINE.replaceAll('"', '""')}"`, '2026-01-02T03:04:05.123Z', 0],
  ['aws logs tail', `2026-01-02T03:04:05.123000+00:00 from-fluent-bit-kube.var.log.containers.coredns-abc_kube-system ${LINE}`, '2026-01-02T03:04:05.123Z', 'from-fluent-bit-kube.var.log.containers.coredns-abc_kube-system'],
  ['Google Cloud Logging', json({ textPayload: LINE, timestamp: TIME, resource: { labels: { pod_name: 'coredns-abc', container_name: 'coredns' } } }), TIME, 'coredns-abc/coredns'],
  ['Google Cloud Logging, of a line that its agent parsed', json({ jsonPayload: { message: LINE }, timestamp: TIME, resource: { labels: { pod_name: 'coredns-abc', container_name: 'coredns' } } }), TIME, 'coredns-abc/coredns'],
  ['journalctl', `Jan 02 03:04:05 node-1 coredns[623]: ${LINE}`, null, 'node-1/coredns'],
  ['journalctl -o short-iso', `2026-01-02T03:04:05+0000 node-1 coredns[623]: ${LINE}`, '2026-01-02T03:04:05Z', 'node-1/coredns'],
  ['journalctl -o short-full', `Fri 2026-01-02 03:04:05 UTC node-1 coredns[623]: ${LINE}`, '2026-01-02T03:04:05Z', 'node-1/coredns'],
  ['journalctl -o short-unix', `1767323045.123456 node-1 coredns[623]: ${LINE}`, '2026-01-02T03:04:05.123456Z', 'node-1/coredns'],
  ['journalctl -o json', json({ __REALTIME_TIMESTAMP: '1767323045123456', _HOSTNAME: 'node-1', SYSLOG_IDENTIFIER: 'coredns', MESSAGE: LINE }), '2026-01-02T03:04:05.123456Z', 'node-1/coredns'],
  ['syslog (RFC 5424)', `<14>1 ${TIME} node-1 coredns 623 - [meta seq="1"] ${LINE}`, TIME, 'node-1/coredns'],
  ['CoreDNS -log-format=json', json({ time: TIME, level: 'INFO', msg: LINE.slice(7), plugin: 'log' }), TIME, 0],
  ['CoreDNS -log-format=json of a CRI log', `${TIME} stdout F ${json({ time: TIME, level: 'INFO', msg: LINE.slice(7), plugin: 'log' })}`, TIME, 0],
  ['Azure Firewall', `DNS Request: ${LINE.slice(7).replaceAll('"', '')}`, null, 0],
  ['colours', `\u001b[32mcoredns-abc\u001b[0m \u001b[1;34mcoredns\u001b[0m ${LINE}`, null, 'coredns-abc/coredns'],
  ['colours inside JSON', json({ log: `\u001b[32m${LINE}\u001b[0m\n`, stream: 'stdout', time: TIME }), TIME, 0],
  ['a prefix of no known form', `>> prod/7 >> ${LINE}`, null, 0],
  ['a prefix with bytes that are no UTF-8', Buffer.concat([Buffer.from('d8a31b85b1e7', 'hex'), Buffer.from(LINE)]), null, 0],
  ['a byte order mark and CRLF', `\ufeff${LINE}\r\n`, null, 0],
  ['zero bytes before it', `\0\0\0\0${LINE}`, null, 0],
]; // prettier-ignore

describe('a query line is read out of', () => {
  test.each(FORMS)('%s', async (_, text, time, stream) => {
    const row = await readQuery(typeof text === 'string' ? `${text}\n` : text);
    expect(row).toMatchObject({ client_id: '10.1.2.3', txid: 7, qname_id: 'a.example', stream_id: stream });
    expect(row.time).toBe(time === null ? null : nanos(time));
    expect((await readLog(text)).problems).toEqual([]);
  });

  test.each([
    ['a JSON array', (record: string) => `[\n  ${record},\n  ${record}\n]`],
    ['JSON arrays, one a line', (record: string) => `[${record}]\n[${record}]\n`],
    ['aws logs filter-log-events', (record: string) => `{\n "events": [ ${record}, ${record} ],\n "searchedLogStreams": []\n}`],
    ['pretty-printed records', (record: string) => JSON.stringify(JSON.parse(record), null, 2).repeat(2)],
    ['an Elasticsearch answer of what Fluentd wrote', (record: string) => `{"took":1,"hits":{"total":{"value":2},"hits":[{"_id":"1","_source":${record.replace('"message"', '"log"')}},{"_source":${record.replace('"message"', '"log"')}}]}}`],
    ['an Elasticsearch answer', (record: string) => `{"took":1,"hits":{"total":{"value":2},"hits":[{"_id":"1","_source":${record}},{"_source":${record}}]}}`],
  ])('%s', async (_, make) => {
    const { rows, problems } = await readLog(make(json({ timestamp: 1767323045123, message: LINE })));
    expect(problems).toEqual([]);
    expect(rows.log_queries).toHaveLength(2);
    expect(rows.log_queries![1]!.time).toBe(nanos('2026-01-02T03:04:05.123Z'));
  }); // prettier-ignore

  test("Loki's API", async () => {
    const values = [['1767323045123456789', LINE], ['1767323045123456790', LINE]]; // prettier-ignore
    const answer = {
      status: 'success',
      data: { resultType: 'streams', result: [{ stream: { pod: 'p' }, values }] },
    };
    const { rows } = await readLog(json(answer));
    expect(rows.log_queries).toMatchObject([
      { line: 1, stream_id: 'p', time: nanos(TIME) },
      { line: 2, stream_id: 'p' },
    ]);
  });

  test('rows of Logs Insights', async () => {
    const row = [{ field: '@timestamp', value: '2026-01-02 03:04:05.123' }, { field: '@message', value: LINE }]; // prettier-ignore
    const { rows } = await readLog(json({ results: [row], status: 'Complete' }));
    expect(rows.log_queries).toMatchObject([
      { qname_id: 'a.example', time: nanos('2026-01-02T03:04:05.123Z') },
    ]);
  });

  test('a message of several lines', async () => {
    const { rows } = await readLog(`${json({ message: `${LINE}\n${LINE}`, timestamp: TIME })}\n${LINE}\n`);
    expect(rows.log_queries!.map((row) => row.line)).toEqual([1, 2, 3]);
  });
});

test("a query's fields are read out of CoreDNS's JSON where its message is in a format of the user's own", async () => {
  const fields = {
    client_ip: '10.1.2.3',
    client_port: 40000,
    qname: 'A.example.',
    qtype: 'AAAA',
    qclass: 'IN',
    proto: 'tcp',
  };
  const record = {
    time: TIME,
    level: 'INFO',
    msg: 'asked',
    plugin: 'log',
    ...fields,
    rcode: 'NXDOMAIN',
    duration_seconds: 0.0021,
  };
  expect(await readQuery(json(record))).toMatchObject({
    client_id: '10.1.2.3', client_port: 40000, txid: null, qname_id: 'a.example', qtype: 28, protocol: 1, rcode: 3, duration_seconds: 0.0021,
  }); // prettier-ignore
});

test("errors in CoreDNS's JSON are errors of their plugin", async () => {
  const said = { level: 'ERROR', msg: '2 a.example. A: read udp 10.0.0.4:4242->10.0.0.2:53: i/o timeout' };
  const { rows } = await readLog(json({ time: TIME, plugin: 'errors', ...said }));
  expect(rows.log_events).toMatchObject([
    { event: 'upstream-error', plugin: 'errors', upstream: '10.0.0.2:53', level: 'error' },
  ]);
});

describe('lines of several pods', () => {
  test('keep their streams apart', async () => {
    const { rows } = await readLog(
      `[pod/a/coredns] ${LINE}\n[pod/b/coredns] ${LINE}\n[pod/a/coredns] ${LINE}\n`,
    );
    expect(rows.log_queries!.map((row) => row.stream_id)).toEqual(['a/coredns', 'b/coredns', 'a/coredns']);
  });
});

describe('a line that the runtime has cut', () => {
  const half = 40;

  test('is put together, stdout and stderr apart', async () => {
    const text = [
      `${TIME} stdout P ${LINE.slice(0, half)}`,
      `${TIME} stderr F [ERROR] plugin/errors: 2 b.example. A: EOF`,
      `${TIME} stdout F ${LINE.slice(half)}`,
    ].join('\n');
    const { rows, problems } = await readLog(text);
    expect(problems).toEqual([]);
    expect(rows.log_queries).toMatchObject([{ line: 1, time: nanos(TIME), qname_id: 'a.example' }]);
    expect(rows.log_events).toHaveLength(1);
  });

  test('is put together from records of Fluent Bit', async () => {
    const text = [
      json({ log: LINE.slice(0, half), logtag: 'P', time: TIME }),
      json({ log: LINE.slice(half), logtag: 'F', time: TIME }),
    ].join('\n');
    expect((await readLog(text)).rows.log_queries).toHaveLength(1);
  });

  test("is put together from Docker's pieces of 16 KiB", async () => {
    const long = `panic: ${'x'.repeat(20_000)}`;
    const piece = (log: string) => json({ log, stream: 'stderr', time: TIME });
    const { rows } = await readLog(`${piece(long.slice(0, 16_384))}\n${piece(`${long.slice(16_384)}\n`)}\n`);
    expect(rows.log_events).toMatchObject([{ event: 'panic', line: 1 }]);
  });

  test('and never goes on is read as far as it is', async () => {
    expect((await readLog(`${TIME} stdout P ${LINE}`)).rows.log_queries).toHaveLength(1);
  });
});

describe('damage', () => {
  test('around a JSON text loses its time only', async () => {
    const broken = json({ log: `${LINE}\n`, stream: 'stdout', time: TIME }).slice(0, -45);
    const { rows, problems } = await readLog(broken);
    expect(rows.log_queries).toMatchObject([{ time: null, qname_id: 'a.example' }]);
    expect(problems).toMatchObject([{ code: 'broken-json-line' }]);
  });

  test('a line over 1 MiB is cut, and the next one read', async () => {
    const { rows, problems } = await readLog(`${LINE} ${'x'.repeat(3 << 20)}\n${LINE}\n`);
    expect(rows.log_queries!.map((row) => row.line)).toEqual([1, 2]);
    expect(problems).toMatchObject([{ code: 'long-line', position: 'line 1' }]);
  });

  test('a JSON document that is cut gives the records before', async () => {
    const { rows, problems } = await readLog(
      `[${json({ message: LINE, timestamp: TIME })},{"message":"[INFO`,
    );
    expect(rows.log_queries).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'broken-json', position: 'line 2' }]);
  });

  test('JSON nested without end is a problem', async () => {
    expect((await readLog('['.repeat(100_000))).problems).toMatchObject([{ code: 'broken-json' }]);
  });

  test('records that hold no log line are counted', async () => {
    const { problems } = await readLog('[{"a":1},{"b":[{}]}]');
    expect(problems).toMatchObject([{ code: 'unknown-record', count: 2 }]);
  });
});
