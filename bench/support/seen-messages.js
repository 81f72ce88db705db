/**
 * The raw rows of a reading with its messages, and their records, as they were seen: `messages` and `answers` stand in the place of
 * the tables that each of them is put together from.
 */
export function asSeen({ sightings = [], packets = [], paths = [], shapes = [], answers = [], ...others }) {
  const packetOf = new Map(packets.map((row) => [row.packet_id, row]));
  const pathOf = new Map(paths.map((row) => [row.path_id, row]));
  const shapeOf = new Map(shapes.map((row) => [row.shape_id, row]));
  const recordsOf = new Map(packets.map(({ packet_id }) => [packet_id, []]));
  for (const { packet_id, ...record } of answers) recordsOf.get(packet_id)?.push(record);
  const messages = sightings.map(({ packet_id, path_id, ...sighting }) => {
    const { packet_id: _id, shape_id, client_port, ...packet } = packetOf.get(packet_id);
    const { path_id: _path, server_port, is_response, ...path } = pathOf.get(path_id);
    const { shape_id: _shape, ...shape } = shapeOf.get(shape_id);
    const [src_port, dst_port] = is_response ? [server_port, client_port] : [client_port, server_port];
    return { ...shape, ...packet, ...path, ...sighting, src_port, dst_port };
  });
  const records = sightings.flatMap(({ packet_id, frame }) =>
    recordsOf.get(packet_id).map((record) => ({ ...record, frame })),
  );
  return { messages, answers: records, ...others };
}
