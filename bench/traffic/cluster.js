import { A, AAAA, answer, nameError, query } from './dns-payload.js';

const SERVICE = ip('10.96.0.10');
/** CoreDNS on another node, and on this one. */
const REMOTE = { address: ip('10.244.2.7'), local: false };
const LOCAL = { address: ip('10.244.1.2'), local: true, interface: 4 };
const ETH0 = 2;
const CNI0 = 3;
const SUFFIXES = [
  'default.svc.cluster.local',
  'svc.cluster.local',
  'cluster.local',
  'eu-west-1.compute.internal',
];

/** A pod of a node: its address, its veth, and whether a bridge lies between that and the node. */
export function pod(node, i) {
  return {
    address: ip('10.244.1.0') + 256 * node + 16 + i,
    interface: 10 + i,
    bridged: i % 3 !== 0,
    edns: i % 5 === 4,
    port: 32768 + ((i * 1237) % 20000),
    ipId: (i * 7919) & 0xffff,
    free: 0,
  };
}

/** The server behind the service that DNAT chooses for a socket. */
export function backendOf(port) {
  return port % 2 === 0 ? REMOTE : LOCAL;
}

/** Where a query is seen with `tcpdump -i any` on its pod's node: 2 to 4 places, the service's address first. */
export function queryLegs(client, backend) {
  const src = client.address;
  const asked = { src, dst: SERVICE, ttl: 64, out: false };
  const chosen = { src, dst: backend.address, ttl: 63, out: true };
  const legs = [{ ...asked, interface: client.interface }];
  if (client.bridged) legs.push({ ...asked, interface: CNI0 });
  if (!backend.local) return [...legs, { ...chosen, interface: ETH0 }];
  if (client.bridged) legs.push({ ...chosen, interface: CNI0 });
  return [...legs, { ...chosen, interface: backend.interface }];
}

/** Where its answer is seen, the server's side first. */
export function answerLegs(client, backend) {
  const ttl = backend.local ? 64 : 63;
  const dst = client.address;
  const sent = { src: backend.address, dst, ttl, out: false };
  const given = { src: SERVICE, dst, ttl: ttl - 1, out: true };
  const legs = [{ ...sent, interface: backend.local ? backend.interface : ETH0 }];
  if (backend.local && client.bridged) legs.push({ ...sent, interface: CNI0 });
  if (client.bridged) legs.push({ ...given, interface: CNI0 });
  return [...legs, { ...given, interface: client.interface }];
}

/**
 * What programs ask for, so that about `names` names are on the wire: two of three are external and walk the
 * whole search list (5 names each; without `walks` only the last), the others are services that the first
 * suffix completes (1 name each).
 */
export function lookups(names, walks) {
  const external = Math.round(walks ? (names * 10) / 11 / 5 : (names * 2) / 3);
  const services = names - (walks ? 5 : 1) * external;
  return [
    ...Array.from({ length: external }, (_, i) =>
      walk(`api-${i}.region-${i % 7}.example${i % 97}.com`, 4, i, walks),
    ),
    ...Array.from({ length: services }, (_, i) => walk(`service-${i}`, 0, i, true)),
  ];
}

/** A lookup's steps: the name with each suffix of the list up to the one that answers; 4 is none of them. */
function walk(base, answeredAt, id, walks) {
  const names = [...SUFFIXES.map((suffix) => `${base}.${suffix}`), base].slice(0, answeredAt + 1);
  const steps = names.map((name, i) => step(name, i === answeredAt, answeredAt === 4, id));
  return { steps: walks ? steps : steps.slice(answeredAt) };
}

function step(name, exists, external, id) {
  const alias = external && id % 4 === 0 ? `edge-${id % 50}.cdn.example.net` : null;
  const halves = [A, AAAA].map((type) =>
    [false, true].map((edns) => ({
      query: query(name, type, edns),
      answer: exists
        ? answer(name, type, edns, type === A || external ? 1 + (id % 3) : 0, alias, id)
        : nameError(name, type, edns),
    })),
  );
  return { halves, external: exists && external };
}

function ip(text) {
  return text.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}
