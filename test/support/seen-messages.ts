import type { Row } from './memory-sink.js';

/**
 * The raw rows of a reading with its messages, and their records, as they were seen: `messages` and `answers` stand in
 * the place of the tables that each of them is put together from.
 */
export function asSeen(rows: Record<string, Row[]>): Record<string, Row[]> {
  const { sightings, packets = [], paths = [], shapes = [], answers = [], ...others } = rows;
  if (!sightings) return others;
  const [packetOf, pathOf, shapeOf] = [
    byId(packets, 'packet_id'),
    byId(paths, 'path_id'),
    byId(shapes, 'shape_id'),
  ];
  const messages = sightings.map((sighting) => {
    const packet = packetOf.get(sighting['packet_id'])!;
    return messageOf(sighting, packet, pathOf.get(sighting['path_id'])!, shapeOf.get(packet['shape_id'])!);
  });
  const recordsOf = new Map(packets.map((packet) => [packet['packet_id'], [] as Row[]]));
  for (const { packet_id: id, ...record } of answers)
    recordsOf.get(id)!.push({ ...record, key: packetOf.get(id)!['key']! });
  const records = sightings.flatMap(({ packet_id: id, frame }) =>
    recordsOf.get(id)!.map((record) => ({ ...record, frame: frame! })),
  );
  return records.length > 0 ? { messages, answers: records, ...others } : { messages, ...others };
}

function messageOf(sighting: Row, packet: Row, path: Row, shape: Row): Row {
  const { packet_id: _packet, path_id: _path, ...seen } = sighting;
  const { packet_id: _id, shape_id: _shape, client_port: client, ...sent } = packet;
  const { path_id: _way, server_port: server, is_response: isResponse, ...way } = path;
  const { shape_id: _form, ...form } = shape;
  const ports = isResponse
    ? { src_port: server!, dst_port: client! }
    : { src_port: client!, dst_port: server! };
  return { ...form, ...sent, ...way, ...seen, ...ports };
}

function byId(rows: readonly Row[], id: string): ReadonlyMap<Row[string] | undefined, Row> {
  return new Map(rows.map((row) => [row[id], row]));
}

type Cells = Readonly<Record<string, string | number | boolean | null>>;

/** Columns that are not those of packets. */
const OF_PATH = ['interface_id', 'direction', 'tunnel', 'protocol', 'src_id', 'dst_id', 'hop_limit'];
const OF_SHAPE = [
  'flags', 'rcode', 'qclass', 'questions', 'answers', 'authorities', 'additionals', 'edns_size', 'dnssec_ok', 'cookie_bytes', 'ede', 'ecs_id',
]; // prettier-ignore

/** The rows of raw tables that a message as it was seen is made of, all with one id. */
export function rowsOfMessage(message: Cells, id: number): [table: string, row: Cells][] {
  const { source_id, frame, time, src_port, dst_port, ...rest } = message;
  const isResponse = (message['flags'] as number) >= 0x8000;
  const [client_port, server_port] = isResponse ? [dst_port!, src_port!] : [src_port!, dst_port!];
  const some = (wanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(rest).filter(([name]) => wanted(name)));
  const source = { source_id: source_id! };
  return [
    ['sightings', { ...source, frame: frame!, time: time!, packet_id: id, path_id: id }],
    ['packets', { ...source, packet_id: id, client_port, shape_id: id, ...some((name) => ![...OF_PATH, ...OF_SHAPE].includes(name)) }],
    ['paths', { ...source, path_id: id, is_response: isResponse, server_port, ...some((name) => OF_PATH.includes(name)) }],
    ['shapes', { ...source, shape_id: id, ...some((name) => OF_SHAPE.includes(name)) }],
  ]; // prettier-ignore
}

/** The raw tables of messages that a select gives, by some of the columns of work.seen_messages, a packet and a path each. */
export function rawTablesOf(messages: string): Record<string, string> {
  const all = `(select *, row_number() over () as id from (${messages} union all by name (select * from work.seen_messages where false)))`;
  return {
    'raw.sightings': `select source_id, frame, time, id as packet_id, id as path_id from ${all}`,
    'raw.packets': `select source_id, id as packet_id, key, ip_id, txid, qname_id, qtype, shape_id from ${all}`,
    'raw.paths': `select source_id, id as path_id, direction, protocol, is_response, src_id, dst_id, hop_limit from ${all}`,
  };
}
