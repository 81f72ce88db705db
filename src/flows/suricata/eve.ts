import { numberAt, recordsAt, textAt, valueAt } from '../../base/loose-json.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import { portOf, wayOf } from '../ends.js';
import { flow, type FlowRecord, nameOf, NOTHING, rcodeOf, typeOf } from '../flow.js';
import { flowReader } from '../flow-reader.js';
import { answer } from '../printed-records.js';
import { timeOf } from '../times.js';

const NAME_TYPES = [2, 5, 12, 39];

/**
 * Suricata's EVE JSON, events of type dns: version 1 (an answer's records an event each), 2 (an answer an event) and
 * 3 (`request` and `response`, the question in `queries`). Other events are passed over.
 */
function readRecord(record: object): FlowRecord | null {
  const event = textAt(record, 'event_type');
  if (event === null || textAt(record, 'timestamp') === null) return null;
  if (event !== 'dns') return NOTHING;
  const dns = valueAt(record, 'dns');
  const kind = textAt(dns, 'type');
  const question = recordsAt(dns, 'queries')[0] ?? recordsAt(dns, 'query')[0] ?? dns;
  const name = nameOf(textAt(question, 'rrname'));
  const isResponse = kind === 'answer' || kind === 'response';
  const isQuery = kind === 'query' || kind === 'request';
  const ends = endsOf(record, isResponse);
  if (name === null || !ends || (!isResponse && !isQuery)) return NOTHING;
  // version 1 gives a record in the place of the question, whose owner may be an alias
  const isRecord = isResponse && textAt(dns, 'rdata') !== null && valueAt(dns, 'answers') === undefined;
  const told = isRecord ? [dns] : recordsAt(dns, 'answers');
  const one = flow({
    ...ends,
    time: timeOf(valueAt(record, 'timestamp')),
    interfaceName: textAt(record, 'in_iface'),
    protocol: textAt(record, 'proto') === 'TCP' ? PROTOCOL.tcp : PROTOCOL.udp,
    isResponse,
    txid: (numberAt(dns, 'id') ?? 0) & 0xffff,
    name,
    type: typeOf(textAt(question, 'rrtype')),
    flags: Number.parseInt(textAt(dns, 'flags') ?? '', 16) || 0,
    rcode: rcodeOf(textAt(dns, 'rcode')),
    records: told.length > 0 ? told.flatMap((record) => recordOf(record) ?? []) : groupedIn(dns, name),
  });
  return { flows: [one], objects: [] };
}

function endsOf(record: object, isResponse: boolean) {
  const [from, to] = [textAt(record, 'src_ip'), textAt(record, 'dest_ip')];
  if (from === null || to === null) return null;
  const src = { address: from, port: portOf(numberAt(record, 'src_port')) };
  const dst = { address: to, port: portOf(numberAt(record, 'dest_port')) };
  return wayOf(src, dst, isResponse);
}

/** Data by type, without owners and TTLs: what `formats: [grouped]` leaves of the answer section. */
function groupedIn(dns: unknown, name: string) {
  const grouped = valueAt(dns, 'grouped');
  if (typeof grouped !== 'object' || grouped === null) return [];
  return Object.entries(grouped).flatMap(([type, values]) =>
    (Array.isArray(values) ? values : []).flatMap(
      (rdata: unknown) =>
        recordOf({ rrname: name, rrtype: type, rdata: typeof rdata === 'string' ? rdata : '' }) ?? [],
    ),
  );
}

function recordOf(record: unknown) {
  const type = typeOf(textAt(record, 'rrtype'));
  const name = nameOf(textAt(record, 'rrname'));
  if (type === 0 || name === null) return null;
  const data = textAt(record, 'rdata') ?? '';
  const shown = NAME_TYPES.includes(type) ? (nameOf(data) ?? '') : data.slice(0, 4096);
  return answer(name, type, shown, numberAt(record, 'ttl'));
}

export const suricataEve = flowReader({
  kind: 'suricata-eve',
  title: "Suricata's EVE JSON",
  about: {
    sample:
      '{"timestamp":"2026-01-02T03:04:05.678901+0000","event_type":"dns","src_ip":"10.1.1.2","src_port":40000,"dest_ip":"10.9.0.10","dest_port":53,"proto":"UDP","dns":{"version":2,"type":"query","id":4660,"rrname":"db.example","rrtype":"A"}}',
    from: "Suricata's eve.json, events of type dns",
    gives: 'messages',
    proves:
      'how long answers took and what they said; of no loss, as queries or answers may be left out of it',
  },
  object: readRecord,
});
