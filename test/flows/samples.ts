import { flowReaders } from '../../src/flows/index.js';

export const json = (...objects: object[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');

// a query and its answer as each program writes them

const gadgetEnd = (kind: string, name: string, addr: string, port: number) => ({
  addr,
  port,
  proto: 'UDP',
  k8s: { kind, namespace: 'shop', name },
});
export const gadget = (qr: 'Q' | 'R') => {
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
export const hubble = (type: 'REQUEST' | 'RESPONSE') => {
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
export const hubbleLines = `Jan  2 03:04:05.000: shop/app-a:40000 (ID:1) -> kube-system/coredns-1:53 (ID:2) dns-request proxy FORWARDED (DNS Query db.example. A)
Jan  2 03:04:05.002: shop/app-a:40000 (ID:1) <- kube-system/coredns-1:53 (ID:2) dns-response proxy FORWARDED (DNS Answer RCode: Non-Existent Domain TTL: 4294967295 (Proxy db.example. A))
Jan  2 03:04:05.003: shop/app-a:40000 (ID:1) <- kube-system/coredns-1:53 (ID:2) to-endpoint FORWARDED (UDP)
`;
export const ZEEK = {
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
export const suricata = (version: 2 | 3, type: string, more: object = {}) => {
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
export const SAMPLES: readonly (readonly [
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

/** The reader of a kind. */
export const readerOf = (kind: string) => flowReaders.find((reader) => reader.kind === kind)!;
