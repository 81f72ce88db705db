import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowReaders } from '../../src/flows/index.js';
import { chooseReader } from '../../src/input/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { readBytes, type Reading, type Row } from '../support/memory-sink.js';

const json = (...objects: object[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');

// a query and its answer as each program writes them

const gadgetEnd = (kind: string, name: string, addr: string, port: number) => ({
  addr,
  port,
  proto: 'UDP',
  k8s: { kind, namespace: 'shop', name },
});
const gadget = (qr: 'Q' | 'R') => {
  const [app, dns] = [gadgetEnd('pod', 'app-a', '10.1.1.2', 40000), gadgetEnd('svc', 'dns', '10.9.0.10', 53)];
  const reply = { rcode: 'NameError', rcode_raw: 3, latency_ns: '2.5ms', addresses: '', ra: true };
  const [src, dst] = qr === 'Q' ? [app, dns] : [dns, app];
  return {
    k8s: { node: 'n1', namespace: 'shop', podName: 'app-a' },
    timestamp: qr === 'Q' ? '2026-01-02T03:04:05.000000000Z' : '2026-01-02T03:04:05.002500000Z',
    id: '1234', qr, src, dst, nameserver: { addr: '10.9.0.10' },
    pkt_type: qr === 'Q' ? 'OUTGOING' : 'HOST', qtype: 'A', name: 'Db.Example.', rd: true,
    ...(qr === 'R' ? reply : {}),
  }; // prettier-ignore
};
const gadgetOld = (qr: 'Q' | 'R') => ({
  namespace: 'shop', pod: 'app-a', timestamp: qr === 'Q' ? 1767323045000000000 : 1767323045002500000,
  id: '1234', qr, nameserver: '10.9.0.10', pktType: qr === 'Q' ? 'OUTGOING' : 'HOST', qtype: 'A', name: 'db.example.',
  ...(qr === 'R' ? { rcode: 'NXDomain', latency: 2500000, numAnswers: 0 } : {}),
}); // prettier-ignore
const gadgetTable = `K8S.NODE  K8S.NAMESPACE  K8S.PODNAME  SRC                  DST                  COMM      PID QR QTYPE NAME         RCODE     ADDRESSES
n1        shop           app-a        p/shop/app-a:40000   s/kube/dns:53        app      2041 Q  A     db.example.
n1        shop           app-a        s/kube/dns:53        p/shop/app-a:40000   app      2041 R  A     db.example.  NameError
`;
const hubble = (type: 'REQUEST' | 'RESPONSE') => {
  const app = { ip: '10.1.1.2', port: 40000, of: { namespace: 'shop', pod_name: 'app-a' } };
  const dns = { ip: '10.1.2.3', port: 53, of: { namespace: 'kube-system', pod_name: 'coredns-1' } };
  const [from, to] = type === 'REQUEST' ? [app, dns] : [dns, app];
  const time = type === 'REQUEST' ? '2026-01-02T03:04:05.000Z' : '2026-01-02T03:04:05.0025Z';
  return {
    flow: {
      time,
      verdict: 'FORWARDED',
      IP: { source: from.ip, destination: to.ip },
      l4: { UDP: { source_port: from.port, destination_port: to.port } },
      source: from.of,
      destination: to.of,
      node_name: 'n1',
      l7: {
        type,
        dns: { query: 'db.example.', qtypes: ['A'], ...(type === 'RESPONSE' ? { rcode: 3 } : {}) },
      },
    },
  };
};
const hubbleLines = `Jan  2 03:04:05.000: shop/app-a:40000 (ID:1) -> kube-system/coredns-1:53 (ID:2) dns-request proxy FORWARDED (DNS Query db.example. A)
Jan  2 03:04:05.002: shop/app-a:40000 (ID:1) <- kube-system/coredns-1:53 (ID:2) dns-response proxy FORWARDED (DNS Answer RCode: Non-Existent Domain TTL: 4294967295 (Proxy db.example. A))
Jan  2 03:04:05.003: shop/app-a:40000 (ID:1) <- kube-system/coredns-1:53 (ID:2) to-endpoint FORWARDED (UDP)
`;
const ZEEK = {
  ts: 1767323045.0, uid: 'C1', 'id.orig_h': '10.1.1.2', 'id.orig_p': 40000, 'id.resp_h': '10.9.0.10', 'id.resp_p': 53,
  proto: 'udp', trans_id: 4660, rtt: 0.0025, query: 'db.example', qclass: 1, qtype: 1, rcode: 3, AA: false, TC: false,
  RD: true, RA: true,
}; // prettier-ignore
const zeekTable = (row: Record<string, unknown>) =>
  `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\t${Object.keys(row).join('\t')}\n` +
  `${Object.values(row)
    .map((value) =>
      value === true ? 'T' : value === false ? 'F' : value === null ? '-' : String(value as string),
    )
    .join('\t')}\n#close\t2026-01-02\n`;
const suricata = (version: 2 | 3, type: string, more: object = {}) => {
  const isQuery = type === 'query' || type === 'request';
  const question = { rrname: 'db.example', rrtype: 'A' };
  return {
    timestamp: isQuery ? '2026-01-02T03:04:05.000000+0000' : '2026-01-02T03:04:05.002500+0000',
    event_type: 'dns', src_ip: '10.1.1.2', src_port: 40000, dest_ip: '10.9.0.10', dest_port: 53, proto: 'UDP',
    dns: {
      version, type, id: 4660, ...(version === 2 ? question : { queries: [question] }),
      ...(isQuery ? {} : { flags: '8183', rcode: 'NXDOMAIN' }), ...more,
    },
  }; // prettier-ignore
};

/** Kind, what it is written as, whether it tells clients' ports, ids, and times with a date. */
const SAMPLES: readonly (readonly [
  string,
  string,
  { port?: false; id?: false; time?: 'order' | 'local' },
])[] = [
  ['gadget-trace-dns', json(gadget('Q'), gadget('R')), {}],
  ['gadget-trace-dns', json(gadgetOld('Q'), gadgetOld('R')), { port: false }],
  ['gadget-trace-dns-table', gadgetTable, { id: false, time: 'order' }],
  ['hubble-flows', json(hubble('REQUEST'), hubble('RESPONSE'), { lost_events: {} }), { id: false }],
  ['hubble-lines', hubbleLines, { id: false, time: 'local' }],
  ['zeek-dns-json', json(ZEEK), {}],
  ['zeek-dns-log', zeekTable(ZEEK), {}],
  ['suricata-eve', json(suricata(2, 'query'), suricata(2, 'answer')), {}],
  ['suricata-eve', json(suricata(3, 'request'), suricata(3, 'response')), {}],
];

const readerOf = (kind: string) => flowReaders.find((reader) => reader.kind === kind)!;
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

test('a row of Zeek without an answer is a query, and one without a time between both an answer alone', async () => {
  const { rtt: _rtt, rcode: _rcode, ...unanswered } = ZEEK;
  const rows = json(unanswered, {
    ...unanswered,
    rcode: 0,
    answers: ['cdn.example', '192.0.2.7'],
    TTLs: [60.0, 30.0],
  });
  const reading = await readBytes(readerOf('zeek-dns-json'), rows);
  expect(messages(reading).map(({ flags, answers }) => [Number(flags) >= 0x8000, answers])).toEqual([
    [false, 0],
    [true, 2],
  ]);
  expect(reading.rows.answers).toMatchObject([
    { name_id: 'db.example', type: 5, data_id: 'cdn.example', ttl: 60 },
    { name_id: 'cdn.example', type: 1, data_id: '192.0.2.7', ttl: 30 },
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

test('an alias leads to the next, and the last has the addresses, whatever lists them', async () => {
  const of = hubble('RESPONSE').flow;
  const dns = { ...of.l7.dns, rcode: 0, ttl: 30, cnames: ['a.example.', 'b.example.'], ips: ['192.0.2.7', '2001:db8::7', 'none'] };
  const said = '"192.0.2.7,2001:db8::7" CNAMEs: "a.example.,b.example." TTL: 30 (Proxy db.example. A)';
  const line = hubbleLines.split('\n')[1]!.replace(/\(DNS Answer .*/, `(DNS Answer ${said})\n`);
  const forms = { 'hubble-flows': json({ flow: { ...of, l7: { ...of.l7, dns } } }), 'hubble-lines': line };
  for (const [kind, text] of Object.entries(forms)) {
    const { answers } = (await readBytes(readerOf(kind), text)).rows;
    expect(answers!.map(({ name_id: owner, type, data_id: data, ttl }) => [owner, type, data, ttl])).toEqual([
      ['db.example', 5, 'a.example', 30],
      ['a.example', 5, 'b.example', 30],
      ['b.example', 1, '192.0.2.7', 30],
      ['b.example', 28, '2001:db8::7', 30],
    ]);
  }
}); // prettier-ignore

test("the gadget's addresses are told apart, listed or with commas", async () => {
  for (const addresses of ['192.0.2.7, 192.0.2.8', ['192.0.2.7', '192.0.2.8']]) {
    const answered = { ...gadget('R'), rcode: 'Success', rcode_raw: 0, addresses };
    const { answers } = (await readBytes(readerOf('gadget-trace-dns'), json(answered))).rows;
    expect(answers!.map(({ data_id: data }) => data)).toEqual(['192.0.2.7', '192.0.2.8']);
  }
});

test("Suricata's answers that are only grouped by type are answers", async () => {
  const grouped = { A: ['192.0.2.7', '192.0.2.8'], CNAME: ['db.example'] };
  const { rows } = await readBytes(
    readerOf('suricata-eve'),
    json(suricata(2, 'answer', { grouped, rcode: 'NOERROR' })),
  );
  expect(rows.messages).toMatchObject([{ answers: 3 }]);
  expect(rows.answers).toHaveLength(3);
});
