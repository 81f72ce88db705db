import { Capture, ip } from './capture.js';

/** Shapes of evidence for the models: each makes files (name to bytes) for about `n` queries. */

const SERVER = ip(10, 96, 0, 10);
const pod = (i) => ip(10, 244, (i >> 8) & 255, i & 255);
const ofPods = (i) => ({ from: pod(i % 200), to: SERVER, port: 20000 + (i % 40000), txid: i });

/** A capture of `n` exchanges; `make` says what the i-th is beyond the usual. */
function exchanges(n, make) {
  const capture = new Capture();
  for (let i = 0; i < n; i++) {
    capture.exchange({ at: i * 1000, name: 'api.shop.example', ipId: i + 1, ...ofPods(i), ...make(i) });
  }
  return capture.bytes();
}

function capture(make) {
  return (n) => ({ 'a.pcap': exchanges(n, make) });
}

const ONE_KEY = { from: pod(1), port: 5353, txid: 7, name: 'probe.example' };

/** CoreDNS's lines for the queries of one key. */
function logOf(n, time) {
  let text = '';
  for (let i = 0; i < n; i++) {
    const at = new Date(1_700_000_000_000 + i + 1).toISOString();
    text += `${time ? `${at} ` : ''}[INFO] 10.244.0.1:5353 - 7 "A IN probe.example. udp 31 false 512" NOERROR qr,rd,ra 60 0.000211s\n`;
  }
  return Buffer.from(text);
}

function countersOf(n) {
  let text = '';
  for (let i = 0; i < n; i++) {
    text += `${new Date(1_700_000_000_000 + i * 10_000).toISOString()}\ncpu=0 found=1 insert_failed=0 drop=${i * 3} early_drop=0\n`;
  }
  return Buffer.from(text);
}

function podsOf(n) {
  const items = [];
  for (let i = 0; i < n; i++) {
    items.push({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `web-${i}-abcde`, namespace: 'shop', labels: { app: 'web' } },
      spec: { nodeName: 'n1' },
      status: { podIP: `10.${244 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`, phase: 'Running' },
    });
  }
  return Buffer.from(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
}

function resolversOf(n) {
  let text = '';
  for (let i = 0; i < n; i++) {
    text += `==> web-${i}.conf <==\nnameserver 10.96.0.10\nsearch ns${i}.svc.cluster.local cluster.local\noptions ndots:5\n`;
  }
  return Buffer.from(text);
}

/** A server block of its own for each zone, of the cluster or with an upstream of its own. */
function zonesOf(n) {
  let text = '';
  for (let i = 0; i < n; i++) {
    const plugin = i % 2 ? `kubernetes z${i}.example` : `forward . 10.9.${(i >> 8) & 255}.${i & 255}`;
    text += `z${i}.example:53 {\n    errors\n    ${plugin}\n}\n`;
  }
  return Buffer.from(text);
}

function recordsOf(n) {
  const records = [];
  for (let i = 0; i < n; i++) {
    const name = i % 2 ? `a.z${i}.example.` : `\\052.z${i}.example.`;
    records.push({ Name: name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: `192.0.2.${i & 255}` }] });
  }
  return Buffer.from(JSON.stringify({ ResourceRecordSets: records }));
}

/** Exchanges, each with a zone of its own. */
const ofZones = (n) => exchanges(n, (i) => ({ name: `a.z${i}.example`, answer: i % 7 ? 0 : 2 }));

export const SHAPES = {
  'one key': capture(() => ONE_KEY),
  'one key at one time': capture(() => ({ ...ONE_KEY, at: 0 })),
  'one key, no IP id': capture(() => ({ ...ONE_KEY, ipId: 0 })),
  'one time': capture(() => ({ at: 0 })),
  'all names new': capture((i) => ({ name: `n${i}.x${i}.example` })),
  'all ports used': capture((i) => ({ from: pod(1), port: i, txid: i >> 16 })),
  'one client, all at once': capture((i) => ({ from: pod(1), at: 0, port: i })),
  'no answers': capture((i) => ({ answer: null, at: (i % 50) * 100 })),
  'all retries': capture((i) => ({ from: pod(1), txid: 9, port: i, at: i * 1_000_000, answer: null })),
  'errors tried again': capture((i) => ({ from: pod(1), port: 40000, at: i * 2000, answer: 2 })),
  'deep names': capture((i) => ({ name: `${'a.'.repeat(120)}x${i}.example` })),
  'long names': capture((i) => ({ name: `${`${'l'.repeat(60)}.`.repeat(3)}x${i}.example` })),
  'pairs of one socket': capture((i) => ({ from: pod(1), port: 4000, type: i % 2 ? 28 : 1, at: i * 100 })),
  'pairs of two sockets': capture((i) => ({
    from: pod(1),
    port: i,
    type: i % 2 ? 28 : 1,
    at: (i >> 4) * 100,
  })),
  'walks of one name': capture((i) => ({
    from: pod(1),
    port: i,
    at: i * 700,
    name: ['db.shop.svc.cluster.local', 'db.svc.cluster.local', 'db.cluster.local', 'db'][i % 4],
    answer: i % 4 === 3 ? 0 : 3,
  })),
  'each client a search list': capture((i) => ({
    from: ip(10, 200, (i >> 10) & 255, (i >> 2) & 255),
    port: i,
    at: i * 500,
    name: i % 2 ? 'db.example' : `db.s${i >> 3}.example`,
    answer: i % 2 ? 0 : 3,
  })),
  'one IP id, routed': (n) => {
    const made = new Capture();
    for (let i = 0; i < n; i++) {
      const query = { name: 'a.example', txid: 5, ipId: 77, port: i };
      made.message({ ...query, at: i, from: pod(i % 200), to: SERVER });
      made.message({ ...query, at: i + 1, from: ip(10, 0, 0, i % 200), to: SERVER, ttl: 63 });
    }
    return { 'a.pcap': made.bytes() };
  },
  'each answer of another backend': (n) => {
    const made = new Capture();
    for (let i = 0; i < n; i++) {
      const query = { name: 'a.example', port: 20000 + (i % 40000), txid: i, ipId: i + 1, at: i * 1000 };
      const backend = ip(10, 250, (i >> 8) & 255, i & 255);
      made.message({ ...query, from: pod(i % 200), to: SERVER });
      made.message({ ...query, at: query.at + 10, from: pod(i % 200), to: backend, ttl: 63 });
      if (i % 3 === 0) continue;
      made.message({ ...query, at: query.at + 200, from: backend, to: pod(i % 200), answer: 0 });
      made.message({ ...query, at: query.at + 210, from: SERVER, to: pod(i % 200), answer: 0, ttl: 63 });
    }
    return { 'a.pcap': made.bytes() };
  },
  'a server that asks on, late': (n) => {
    const made = new Capture();
    const upstream = ip(10, 0, 0, 2);
    for (let i = 0; i < n / 2; i++) {
      const query = { name: 'slow.example', txid: i, port: i, ipId: i + 1 };
      made.exchange({
        ...query,
        at: i * 10,
        from: pod(i % 200),
        to: SERVER,
        after: 900_000,
        answer: i % 3 ? 0 : 2,
      });
      made.exchange({
        ...query,
        at: i * 10 + 5,
        from: SERVER,
        to: upstream,
        after: 800_000,
        answer: i % 5 ? 0 : null,
      });
    }
    return { 'a.pcap': made.bytes() };
  },
  'lines of one key': (n) => ({ 'a.pcap': exchanges(n, () => ONE_KEY), 'coredns.log': logOf(n, true) }),
  'lines of one key, no times': (n) => ({
    'a.pcap': exchanges(n, () => ONE_KEY),
    'coredns.log': logOf(n, false),
  }),
  'losses and counters': (n) => ({
    'a.pcap': exchanges(n, (i) => ({ answer: i % 2 ? 0 : null, at: i * 100_000 })),
    'conntrack.log': countersOf(n / 4),
  }),
  'pods and resolvers': (n) => ({
    'a.pcap': exchanges(n / 4, (i) => ({ from: ip(10, 244, (i >> 8) & 255, i & 255) })),
    'pods.json': podsOf(n / 4),
    'resolv.conf': resolversOf(n / 4),
  }),
  'zones and names': (n) => ({ 'a.pcap': ofZones(n), Corefile: zonesOf(n / 4) }),
  'records and names': (n) => ({ 'a.pcap': ofZones(n), 'records.json': recordsOf(n / 4) }),
  'search lists and names': (n) => ({
    'a.pcap': exchanges(n, (i) => ({ name: `a.ns${i >> 2}.svc.cluster.local`, answer: i % 7 ? 3 : 2 })),
    'resolv.conf': resolversOf(n / 4),
  }),
  'a capture for each few queries': (n) => {
    const files = {};
    for (let i = 0; i < n / 20; i++)
      files[`c${i}-of.pcap`] = exchanges(20, (j) => ({ at: (i * 20 + j) * 1000, ...ofPods(i * 20 + j) }));
    return files;
  },
  'a log for each few lines': (n) => {
    const files = {};
    for (let i = 0; i < n / 20; i++)
      files[`l${i}-of.log`] = Buffer.concat([logOf(20, true), Buffer.from(`# ${i}\n`)]);
    return files;
  },
};
