import { isIP } from 'node:net';
import type { Endpoint, PrintedNetwork } from '../printed/printed-packet.js';
import { TUNNEL } from '../../raw/tables/wire.js';

/** The innermost network layer of a packet's text, and what it carries. */
export interface NetworkText extends PrintedNetwork {
  readonly payload: string;
}

const MOST_LAYERS = 6;
const LINK =
  /^.{0,300}?(?:ethertype IPv[46](?: \(0x[\da-f]{1,4}\))?,? (?:length \d+: )?|\bIP6? )(?=truncated|\(|HBH|[\w.:%-]{1,300} +> )/;
const TRUNCATED = /^truncated-ip6? - \d+ bytes missing! ?/;
const ENDPOINTS = /^(?:HBH[^>]{0,60}?\) )?([\w.:%-]{1,300}) +> +([\w.:%-]{1,300}): ?/;
const FRAGMENT = /^frag \(0x[\da-f]+:0\|\d+\) (\d{1,5}) > (\d{1,5}): /;
/** Names in the place of ports on which DNS, or a tunnel around it, is found (/etc/services, print-udp.c). */
const SERVICES: Readonly<Record<string, number>> = {
  domain: 53,
  'domain-s': 853,
  https: 443,
  vxlan: 4789,
  mdns: 5353,
  llmnr: 5355,
  hostmon: 5355,
  geneve: 6081,
  otv: 8472,
};
const TUNNELS_BY_TEXT: readonly [RegExp, number][] = [
  [/^(?:\[[^\]]{0,80}\] )?VXLAN\b/, TUNNEL.vxlan],
  // flannel's VXLAN on port 8472, which tcpdump takes for OTV (print-udp.c, print-otv.c)
  [/^(?:\[[^\]]{0,80}\] )?OTV, flags\b/, TUNNEL.vxlan],
  [/^(?:\[[^\]]{0,80}\] )?Geneve\b/, TUNNEL.geneve],
  [/^GREv\d/, TUNNEL.gre],
  [/^IP6? /, TUNNEL.ipip],
];

/** Reads the network layer, through tunnels to the innermost; null if the text is no IP packet. */
export function readNetwork(text: string): NetworkText | null {
  let tunnel = linkTunnel(text);
  let found: NetworkText | null = null;
  let rest = text;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const inner = readLayer(rest, tunnel);
    if (!inner) return found;
    found = inner;
    const kind = TUNNELS_BY_TEXT.find(([form]) => form.test(inner.payload));
    if (!kind) return found;
    tunnel = kind[1];
    rest = inner.payload;
  }
  return found;
}

function readLayer(text: string, tunnel: number): NetworkText | null {
  let rest = behindLink(text).replace(TRUNCATED, '');
  const header = rest.startsWith('(') ? balanced(rest) : '';
  rest = rest.slice(header.length).trimStart();
  const ends = ENDPOINTS.exec(rest);
  if (!ends) return null;
  let src = endpoint(ends[1]!);
  let dst = endpoint(ends[2]!);
  let payload = rest.slice(ends[0].length);
  const fragment = FRAGMENT.exec(payload);
  if (fragment) {
    src = { ...src, port: Number(fragment[1]) };
    dst = { ...dst, port: Number(fragment[2]) };
    payload = payload.slice(fragment[0].length);
  }
  const number = (form: RegExp) => {
    const value = form.exec(header);
    return value ? Number(value[1]) : null;
  };
  const innerLength = number(/payload length: (\d{1,5})\)/);
  const totalLength = number(/, length (\d{1,5})/);
  return {
    src,
    dst,
    ipId: number(/\bid (\d{1,5}),/),
    hopLimit: number(/\b(?:ttl|hlim) (\d{1,3}),/),
    payloadLength: innerLength ?? (totalLength === null ? -1 : Math.max(0, totalLength - 20)),
    tunnel,
    payload,
  };
}

/** The text behind `IP `, or behind a link header that -e printed. */
function behindLink(text: string): string {
  if (text.startsWith('IP ')) return text.slice(3);
  if (text.startsWith('IP6 ')) return text.slice(4);
  const link = LINK.exec(text);
  return link ? text.slice(link[0].length) : text;
}

function linkTunnel(text: string): number {
  if (text.startsWith('IP')) return TUNNEL.none;
  const link = text.slice(0, 200);
  if (link.includes('PPPoE')) return TUNNEL.pppoe;
  return link.includes('MPLS (') ? TUNNEL.mpls : TUNNEL.none;
}

/** The text up to the parenthesis that closes the first one; empty if none does within a header's length. */
function balanced(text: string): string {
  let depth = 0;
  for (let i = 0; i < Math.min(text.length, 600); i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return text.slice(0, i + 1);
  }
  return '';
}

function endpoint(text: string): Endpoint {
  const dot = text.lastIndexOf('.');
  const word = text.slice(dot + 1);
  const host = text.slice(0, dot);
  const port = /^\d{1,5}$/.test(word) ? Number(word) : Object.hasOwn(SERVICES, word) ? SERVICES[word]! : -1;
  if (dot > 0 && port >= 0 && port < 65536 && !isIP(bare(text))) return { address: bare(host), port };
  return { address: bare(text), port: -1 };
}

/** An endpoint of UDP or TCP: a last word that is no known service is one all the same. */
export function withPort(endpoint: Endpoint): Endpoint {
  const dot = endpoint.address.lastIndexOf('.');
  if (endpoint.port >= 0 || dot <= 0 || isIP(endpoint.address)) return endpoint;
  return { address: endpoint.address.slice(0, dot), port: 0 };
}

function bare(address: string): string {
  const zone = address.indexOf('%');
  return zone === -1 ? address : address.slice(0, zone);
}
