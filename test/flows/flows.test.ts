import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowReaders } from '../../src/flows/index.js';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { readBytes, type Reading, type Row } from '../support/memory-sink.js';
import { gadget, hubble, json, readerOf, SAMPLES, suricata } from './samples.js';

const messages = (reading: Reading): Row[] => reading.rows.messages ?? [];

describe.each(SAMPLES)('%s', (kind, text, told) => {
  test('is told from its first bytes', () => {
    expect(chooseReader(KINDS, Buffer.from(text), 'x')?.kind).toBe(kind);
  });

  test('gives a query and its answer, with the key of one', async () => {
    const reading = await readBytes(readerOf(kind), text);
    const [query, response] = messages(reading);
    const client = { client_port: told.port === false ? 0 : 40000, server_port: 53 };
    expect(messages(reading)).toHaveLength(2);
    expect(query).toMatchObject({
      qname_id: 'db.example',
      qtype: 1,
      src_port: client.client_port,
      dst_port: 53,
    });
    expect(response).toMatchObject({
      qname_id: 'db.example',
      rcode: 3,
      src_port: 53,
      dst_port: client.client_port,
    });
    expect(response!.key).toBe(query!.key);
    expect([query!.txid, response!.txid]).toEqual(told.id === false ? [0, 0] : [4660, 4660]);
    expect(readerOf(kind).lacks ?? []).toEqual(told.id === false ? ['txid'] : []);
    expect(reading.timeBase).toBe(told.time ?? 'date');
    expect(reading.problems.filter(({ code }) => code !== 'date-unknown')).toEqual([]);
    const apart = told.time === undefined ? [2500000] : [1000, 2000000];
    expect(apart).toContain(Math.round((Number(response!.time) - Number(query!.time)) / 1000) * 1000);
  });

  test('is no capture: nothing is concluded from what is missing in it', () => {
    expect(readerOf(kind).isCapture).toBeUndefined();
  });

  test('is read behind what kubectl says of itself', async () => {
    const said = `Defaulted container "a" out of: a, b\n${text}`;
    expect(chooseReader(KINDS, Buffer.from(said), 'x')?.kind).toBe(kind);
    const { problems } = await readBytes(readerOf(kind), said);
    expect(problems.filter(({ code }) => code !== 'date-unknown')).toEqual([]);
  });

  test('gives no row for a line of another form, and says where it is', async () => {
    const reading = await readBytes(
      readerOf(kind),
      `${text}${text.startsWith('{') ? '{"a":1}' : 'what is this'}\n`,
    );
    expect(messages(reading)).toHaveLength(2);
    expect(reading.problems).toContainEqual(expect.objectContaining({ code: 'unknown-line' }));
  });

  test('makes no reader fail, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20000), fc.string({ maxLength: 20 }), async (at, noise) => {
        const place = at % text.length;
        const other = text.slice(0, place) + noise + text.slice(place + noise.length);
        for (const reader of flowReaders) {
          expect(reader.sniff(Buffer.from(other), 'x')).toBeLessThanOrEqual(1);
          await readBytes(reader, other);
        }
      }),
      { numRuns: 40 },
    );
  });
});

test('pods and services that records name are objects of the cluster', async () => {
  const reading = await readBytes(readerOf('gadget-trace-dns'), json(gadget('Q'), gadget('R')));
  const named = (reading.rows.cluster_objects ?? []).map(({ kind, namespace, name, address }) => [
    kind,
    namespace,
    name,
    address,
  ]);
  expect(named).toEqual([
    ['Pod', 'shop', 'app-a', '10.1.1.2'],
    ['Service', 'shop', 'dns', '10.9.0.10'],
  ]);
});

test('an answer is from the server where a release turns it round', async () => {
  const turned = hubble('RESPONSE');
  const { IP, l4 } = turned.flow;
  turned.flow.IP = { source: IP.destination, destination: IP.source };
  turned.flow.l4 = { UDP: { source_port: l4.UDP.destination_port, destination_port: l4.UDP.source_port } };
  const [response] = messages(await readBytes(readerOf('hubble-flows'), json(turned)));
  expect(response).toMatchObject({ src_id: '10.1.2.3', src_port: 53, dst_id: '10.1.1.2' });
});

test('flows without DNS are read and give no message', async () => {
  const { l7: _l7, ...udp } = hubble('REQUEST').flow;
  const reading = await readBytes(readerOf('hubble-flows'), json({ flow: udp }));
  expect(messages(reading)).toEqual([]);
  expect(reading.problems).toEqual([]);
});

test('an object that is nested as none is, or longer than any, is passed over', async () => {
  const deep = `{"a":${'['.repeat(50000)}${']'.repeat(50000)}}\n`;
  const long = `{"a":"${'x'.repeat(2_000_000)}"}\n`;
  const reading = await readBytes(readerOf('suricata-eve'), deep + long + json(suricata(2, 'query')));
  expect(messages(reading)).toHaveLength(1);
  expect(reading.problems).toMatchObject([{ code: 'unknown-line', count: 2 }]);
});

test('lines of early releases of Hubble name the node behind the time and the service behind the port', async () => {
  const text = `May 14 22:45:49.859 [n-1]: shop/app-a:34850 -> kube-system/coredns-1:53(domain) dns-request FORWARDED (DNS Query db.example. A)
May 14 22:45:49.861 [n-1]: kube-system/coredns-1:53(domain) -> shop/app-a:34850 dns-response FORWARDED (DNS Answer "203.0.113.7" TTL: 30 (Query db.example. A))
`;
  expect(readerOf('hubble-lines').sniff(Buffer.from(text), 'x')).toBeGreaterThan(0.9);
  expect(messages(await readBytes(readerOf('hubble-lines'), text))).toMatchObject([
    {
      src_id: 'shop/app-a',
      src_port: 34850,
      dst_id: 'kube-system/coredns-1',
      dst_port: 53,
      qname_id: 'db.example',
    },
    { src_port: 53, dst_port: 34850, rcode: 0 },
  ]);
});
