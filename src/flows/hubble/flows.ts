import type { Endpoint } from '../../capture/printed/printed-packet.js';
import { numberAt, textAt, textsAt, valueAt } from '../../base/loose-json.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import { portOf, wayOf } from '../ends.js';
import { flow, type FlowObject, type FlowRecord, nameOf, NOTHING, rcodeOf, typeOf } from '../flow.js';
import { flowReader } from '../flow-reader.js';
import { answersOf } from '../printed-records.js';
import { timeOf } from '../times.js';

/** `hubble observe -o jsonpb` (also `-o json`, and flows that are exported to files): a flow an object, of which DNS is one layer. */
function readRecord(record: object): FlowRecord | null {
  if (valueAt(record, 'lost_events') !== undefined || valueAt(record, 'node_status') !== undefined)
    return NOTHING;
  const told = valueAt(record, 'flow') ?? record;
  const verdict = textAt(told, 'verdict');
  if (verdict === null || (valueAt(told, 'IP') === undefined && valueAt(told, 'l4') === undefined))
    return null;
  const dns = valueAt(told, 'l7', 'dns');
  const name = nameOf(textAt(dns, 'query'));
  const ends = endsOf(told);
  if (typeof dns !== 'object' || dns === null || name === null || !ends) return NOTHING;
  const kind = textAt(told, 'l7', 'type');
  if (kind !== 'REQUEST' && kind !== 'RESPONSE') return NOTHING;
  const isResponse = kind === 'RESPONSE';
  const common = {
    ...wayOf(ends.source, ends.destination, isResponse),
    time: timeOf(valueAt(told, 'time') ?? valueAt(record, 'time')),
    interfaceName: textAt(told, 'node_name') ?? textAt(record, 'node_name'),
    protocol: valueAt(told, 'l4', 'TCP') === undefined ? PROTOCOL.udp : PROTOCOL.tcp,
    isResponse,
    txid: null,
    name,
    rcode: rcodeOf(numberAt(dns, 'rcode')),
    records: answersOf(
      name,
      { aliases: textsAt(dns, 'cnames'), addresses: textsAt(dns, 'ips') },
      numberAt(dns, 'ttl'),
    ),
  };
  const types = textsAt(dns, 'qtypes').slice(0, 4);
  const flows = (types.length === 0 ? [null] : types).map((type) => flow({ ...common, type: typeOf(type) }));
  return { flows, objects: ['source', 'destination'].flatMap((side) => objectOf(told, side) ?? []) };
}

interface Ends {
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** Both ends as they are written; a pod by its name where no address is told. */
function endsOf(told: unknown): Ends | null {
  const of = (side: 'source' | 'destination'): Endpoint | null => {
    const address = textAt(told, 'IP', side) ?? podOf(told, side);
    const port = numberAt(told, 'l4', 'UDP', `${side}_port`) ?? numberAt(told, 'l4', 'TCP', `${side}_port`);
    return address === null || address === '' ? null : { address, port: portOf(port) };
  };
  const [source, destination] = [of('source'), of('destination')];
  return source && destination ? { source, destination } : null;
}

function podOf(told: unknown, side: string): string | null {
  const [namespace, pod] = [textAt(told, side, 'namespace'), textAt(told, side, 'pod_name')];
  return namespace && pod ? `${namespace}/${pod}` : null;
}

function objectOf(told: unknown, side: string): FlowObject | null {
  const [namespace, name] = [textAt(told, side, 'namespace'), textAt(told, side, 'pod_name')];
  const address = textAt(told, 'IP', side);
  return namespace && name && address ? { kind: 'Pod', namespace, name, address } : null;
}

export const hubbleFlows = flowReader({
  kind: 'hubble-flows',
  title: "Cilium's flows (hubble observe -o jsonpb)",
  lacks: ['txid'],
  about: {
    sample:
      '{"flow":{"time":"2026-01-02T03:04:05.6Z","verdict":"FORWARDED","IP":{"source":"10.1.1.2","destination":"10.1.2.3"},"l4":{"UDP":{"source_port":40000,"destination_port":53}},"source":{"namespace":"shop","pod_name":"app-a"},"l7":{"type":"REQUEST","dns":{"query":"db.example.","qtypes":["A"]}}}}',
    from: '`hubble observe --protocol dns -o jsonpb`, or the flows that Cilium exports to a file; needs a DNS policy (`toFQDNs` or `rules.dns`), without which flows have no DNS in them',
    gives: 'messages with pods',
    proves:
      'how long answers took and what they said, by pod and server; of no loss, as flows may be left out',
  },
  object: readRecord,
});
