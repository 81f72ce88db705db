// Ways in which evidence is less than it could be: each takes a file of an incident and gives what is left of it,
// null for nothing. Lines and records that are left are as they were.
import { gunzipSync } from 'node:zlib';
import { Random } from '../traffic/random.js';
import { interfaceOf, portsOf, readPcap, snapped, writePcap } from './pcap.js';

const isCapture = (name) => /\.pcap(\.gz)?$/.test(name);
const isLog = (name) => /^(coredns|node-local-dns).*\.log(\.gz)?$/.test(name);
const isCounters = (name) => /conntrack/.test(name);
const isCluster = (name) => /cluster\.json|corefile|\.conf$/i.test(name);

/** A cut of captures' records. */
const ofRecords = (keep) => (name, bytes) => {
  const capture = isCapture(name) ? readPcap(bytes) : null;
  return capture === null ? bytes : writePcap(capture, keep(capture));
};

/** A cut of text files' lines. */
const ofLines = (which, keep) => (name, bytes) => {
  if (!which(name)) return bytes;
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  return Buffer.from(keep(text.split('\n')).join('\n'), 'latin1');
};

const without = (which) => (name, bytes) => (which(name) ? null : bytes);
const only = (which) => (name, bytes) => (which(name) ? bytes : null);

/** Records between two shares of the capture's time. */
const between = (from, until) =>
  ofRecords(({ records }) => {
    const first = records[0]?.time ?? 0;
    const length = (records.at(-1)?.time ?? 0) - first;
    return records.filter(({ time }) => time - first >= from * length && time - first <= until * length);
  });

/** A share of the records, chosen by chance, as where the kernel dropped the others. */
const share = (kept) =>
  ofRecords(({ records }) => {
    const random = new Random(1);
    return records.filter(() => random.chance(kept));
  });

/** The interface that most records are of, as where somebody captured on one. */
const oneInterface = ofRecords((capture) => {
  const counts = new Map();
  for (const record of capture.records) {
    const index = interfaceOf(capture, record);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  const [busiest] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [null, 0]);
  return capture.records.filter((record) => interfaceOf(capture, record) === busiest);
});

const both = (first, second) => (name, bytes, names) => second(name, first(name, bytes, names), names);

const lines = (from, until) =>
  ofLines(isLog, (all) => all.slice(Math.floor(from * all.length), Math.ceil(until * all.length)));

export const CUTS = {
  'no captures': without(isCapture),
  'captures alone': only(isCapture),
  'logs alone': only(isLog),
  'no logs': without(isLog),
  'no counters': without(isCounters),
  'no cluster files': without(isCluster),
  'the first capture left out': (name, bytes, names) => (name === names.find(isCapture) ? null : bytes),
  'the last capture left out': (name, bytes, names) => (name === names.findLast(isCapture) ? null : bytes),
  "the first server's log left out": (name, bytes, names) => (name === names.find(isLog) ? null : bytes),
  'captures end early': between(0, 0.4),
  'captures begin late': between(0.6, 1),
  'captures of the middle': between(0.3, 0.6),
  'one packet in ten dropped': share(0.9),
  'half the packets dropped': share(0.5),
  'queries alone captured': ofRecords((capture) =>
    capture.records.filter((record) => portsOf(capture, record)?.from !== 53),
  ),
  'replies alone captured': ofRecords((capture) =>
    capture.records.filter((record) => portsOf(capture, record)?.to !== 53),
  ),
  'frames cut after 80 bytes': ofRecords(({ records }) => records.map((record) => snapped(record, 80))),
  'one interface captured': oneInterface,
  'one interface captured, one packet in ten dropped': both(oneInterface, share(0.9)),
  'logs end early': lines(0, 0.4),
  'logs begin late': lines(0.6, 1),
  'one line in three lost': ofLines(isLog, (all) => {
    const random = new Random(1);
    return all.filter(() => random.chance(2 / 3));
  }),
  'counters end early': ofLines(isCounters, (all) => all.slice(0, Math.floor(all.length / 3))),
};
