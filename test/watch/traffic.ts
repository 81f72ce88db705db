import { ethernet, ipv4, pcap, udp } from '../../fixtures/captures/packets.js';

const SERVER = '10.96.0.10';
/** 2026-01-02 03:04:00 UTC. */
export const START = 1_767_323_040;

/** A message of a capture that a test makes. */
export interface Said {
  /** Seconds from START on. */
  at: number;
  id: number;
  name: string;
  client?: string;
  /** Undefined for a query. */
  rcode?: number;
}

/** A capture of queries and answers between clients and one server. */
export function captureOf(messages: readonly Said[]): Buffer {
  return pcap(
    1,
    messages.map(({ at, id, name, client = '10.0.0.7', rcode }) => {
      const port = 20_000 + id;
      const dns = message(id, name, rcode);
      const bytes =
        rcode === undefined
          ? ipv4(client, SERVER, 17, udp(port, 53, dns))
          : ipv4(SERVER, client, 17, udp(53, port, dns));
      const seconds = Math.floor(START + at);
      return { bytes: ethernet(0x0800, bytes), seconds, fraction: Math.round((START + at - seconds) * 1e6) };
    }),
  );
}

function message(id: number, name: string, rcode: number | undefined): Buffer {
  const flags = rcode === undefined ? 0x0100 : 0x8180 | rcode;
  const labels = name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Buffer.from([
    id >> 8,
    id & 255,
    flags >> 8,
    flags & 255,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    ...labels,
    0,
    0,
    1,
    0,
    1,
  ]);
}
