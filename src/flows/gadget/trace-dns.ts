import type { Endpoint } from '../../capture/printed/printed-packet.js';
import { numberAt, textAt, valueAt } from '../../base/loose-json.js';
import { DIRECTION, PROTOCOL } from '../../raw/tables/wire.js';
import { DNS_PORT, portOf } from '../ends.js';
import { flow, type FlowObject, type FlowRecord, nameOf, NOTHING, rcodeOf, typeOf } from '../flow.js';
import { flowReader } from '../flow-reader.js';
import { answersOf } from '../printed-records.js';
import { timeOf } from '../times.js';
import { listed, readEndpoint } from './endpoints.js';

/** The kernel's packet types as the gadget writes them. */
const DIRECTIONS: Readonly<Record<string, number>> = {
  HOST: DIRECTION.in,
  OUTGOING: DIRECTION.out,
  BROADCAST: DIRECTION.broadcast,
  MULTICAST: DIRECTION.multicast,
  OTHERHOST: DIRECTION.other,
};
const KINDS: Readonly<Record<string, FlowObject['kind']>> = { pod: 'Pod', svc: 'Service' };

/**
 * `kubectl gadget run trace_dns -o json`, and `trace dns -o json` of older releases, which tell no ports and of the
 * two ends the pod (by name) and the name server.
 */
function readRecord(record: object): FlowRecord | null {
  const qr = textAt(record, 'qr');
  if (
    (qr !== 'Q' && qr !== 'R') ||
    (textAt(record, 'nameserver') ?? valueAt(record, 'src') ?? valueAt(record, 'nameserver')) == null
  )
    return null;
  const isResponse = qr === 'R';
  const packetType = textAt(record, 'pkt_type') ?? textAt(record, 'pktType') ?? '';
  const ends = endsOf(record, isResponse, packetType);
  const name = nameOf(textAt(record, 'name'));
  if (!ends || name === null) return NOTHING;
  const type = typeOf(textAt(record, 'qtype') ?? numberAt(record, 'qtype_raw'));
  const id = /^(?:0x)?([\da-f]{1,4})$/i.exec(textAt(record, 'id') ?? '')?.[1];
  const flags = bit(record, 'rd', 0x100) | bit(record, 'ra', 0x80) | bit(record, 'tc', 0x200);
  const one = flow({
    ...ends,
    time: timeOf(valueAt(record, 'timestamp_raw') ?? valueAt(record, 'timestamp')),
    direction: DIRECTIONS[packetType] ?? DIRECTION.unknown,
    interfaceName: podOf(record),
    protocol: protocolOf(record),
    isResponse,
    txid: id === undefined ? null : parseInt(id, 16),
    name,
    type,
    flags,
    rcode: rcodeOf(numberAt(record, 'rcode_raw') ?? textAt(record, 'rcode')),
    records: answersOf(name, { addresses: listed(valueAt(record, 'addresses')) }),
    answers: numberAt(record, 'num_answers') ?? numberAt(record, 'numAnswers'),
  });
  return { flows: [one], objects: ['src', 'dst'].flatMap((end) => objectOf(valueAt(record, end)) ?? []) };
}

/** Both ends; null of what an older release saw at the server's pod, where it does not tell the client. */
function endsOf(
  record: object,
  isResponse: boolean,
  packetType: string,
): { src: Endpoint; dst: Endpoint } | null {
  const src = readEndpoint(valueAt(record, 'src')) ?? flatEnd(record, 'src');
  const dst = readEndpoint(valueAt(record, 'dst')) ?? flatEnd(record, 'dst');
  if (src && dst) return { src, dst };
  const server = textAt(record, 'nameserver') ?? textAt(record, 'nameserver', 'addr');
  const pod = podOf(record);
  if (server === null || server === '' || pod === null || (packetType === 'OUTGOING') === isResponse)
    return null;
  const [client, asked] = [
    { address: pod, port: 0 },
    { address: server, port: DNS_PORT },
  ];
  return isResponse ? { src: asked, dst: client } : { src: client, dst: asked };
}

/** `srcIP` and `srcPort` of releases between. */
function flatEnd(record: object, side: 'src' | 'dst'): Endpoint | null {
  const address = textAt(record, `${side}IP`);
  return address === null || address === ''
    ? null
    : { address, port: portOf(numberAt(record, `${side}Port`)) };
}

/** The pod that it was seen in, as NAMESPACE/NAME. */
function podOf(record: object): string | null {
  const namespace = textAt(record, 'k8s', 'namespace') ?? textAt(record, 'namespace');
  const pod = textAt(record, 'k8s', 'podName') ?? textAt(record, 'podName') ?? textAt(record, 'pod');
  if (pod !== null && pod !== '') return namespace === null || namespace === '' ? pod : `${namespace}/${pod}`;
  return textAt(record, 'runtime', 'containerName') ?? textAt(record, 'container');
}

function protocolOf(record: object): number {
  const told = textAt(record, 'src', 'proto') ?? textAt(record, 'dst', 'proto') ?? textAt(record, 'protocol');
  return told?.toUpperCase() === 'TCP' ? PROTOCOL.tcp : PROTOCOL.udp;
}

function bit(record: object, key: string, value: number): number {
  return valueAt(record, key) === true ? value : 0;
}

function objectOf(end: unknown): FlowObject | null {
  const kind = KINDS[textAt(end, 'k8s', 'kind') ?? ''];
  const [namespace, name, address] = [
    textAt(end, 'k8s', 'namespace'),
    textAt(end, 'k8s', 'name'),
    textAt(end, 'addr'),
  ];
  return kind && namespace && name && address ? { kind, namespace, name, address } : null;
}

export const gadgetJson = flowReader({
  kind: 'gadget-trace-dns',
  title: "messages that Inspektor Gadget's trace_dns saw",
  about: {
    sample:
      '{"k8s":{"namespace":"shop","podName":"app-a"},"timestamp":"2026-01-02T03:04:05.6Z","src":{"addr":"10.1.1.2","port":40000},"dst":{"addr":"10.9.0.10","port":53},"id":"2c24","qr":"Q","qtype":"A","name":"db.example."}',
    from: '`kubectl gadget run trace_dns -A -o json`; older releases `kubectl gadget trace dns -o json`, without ports',
    gives: 'messages with pods',
    proves:
      'how long answers took and what they said, by pod and server; of no loss, as events may be left out',
  },
  object: readRecord,
});
