/** DNS messages as bytes (RFC 1035), for queries and answers of a made cluster. */

export const A = 1;
export const AAAA = 28;
const CNAME = 5;
const SOA = 6;
const OPT = 41;
const IN = 1;

const NXDOMAIN = 3;
const QUERY_FLAGS = 0x0100;
const ANSWER_FLAGS = 0x8180;
const AUTHORITATIVE = 0x0400;
const QUESTION = [0xc0, 0x0c];

const zoneSoa = [
  ...wireName('ns.dns.cluster.local'),
  ...wireName('hostmaster.cluster.local'),
  ...[1_700_000_000, 7200, 1800, 86400, 5].flatMap(u32),
];
const rootSoa = [
  ...wireName('a.root-servers.net'),
  ...wireName('nstld.verisign-grs.com'),
  ...[2_026_010_100, 1800, 900, 604800, 86400].flatMap(u32),
];

/** The octets of a name, uncompressed. */
function wireName(name) {
  return [...name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]), 0];
}

/** A query without its id; `edns` adds an OPT record. */
export function query(name, type, edns) {
  return Buffer.from([
    ...header(QUERY_FLAGS, 0, 0, edns ? 1 : 0),
    ...question(name, type),
    ...(edns ? opt() : []),
  ]);
}

/** NXDOMAIN, with the SOA that says how long to believe it. */
export function nameError(name, type, edns) {
  const inZone = name.endsWith('cluster.local');
  const soa = inZone ? zoneSoa : rootSoa;
  const owner = inZone ? wireName('cluster.local') : [0];
  return Buffer.from([
    ...header(ANSWER_FLAGS | NXDOMAIN | (inZone ? AUTHORITATIVE : 0), 0, 1, edns ? 1 : 0),
    ...question(name, type),
    ...record(owner, SOA, 30, soa),
    ...(edns ? opt() : []),
  ]);
}

/** An answer with `addresses` records of the type asked for, behind a CNAME where `alias` names one. */
export function answer(name, type, edns, addresses, alias, id) {
  const records = [];
  const target = alias === null ? QUESTION : wireName(alias);
  if (alias !== null) records.push(...record(QUESTION, CNAME, 300, target));
  for (let i = 0; i < addresses; i++) records.push(...record(target, type, 30, address(type, id, i)));
  const count = addresses + (alias === null ? 0 : 1);
  return Buffer.from([
    ...header(ANSWER_FLAGS, count, 0, edns ? 1 : 0),
    ...question(name, type),
    ...records,
    ...(edns ? opt() : []),
  ]);
}

function question(name, type) {
  return [...wireName(name), ...u16(type), ...u16(IN)];
}

function header(flags, answers, authorities, additionals) {
  return [0, 0, ...u16(flags), 0, 1, ...u16(answers), ...u16(authorities), ...u16(additionals)];
}

function record(owner, type, ttl, data) {
  return [...owner, ...u16(type), ...u16(IN), ...u32(ttl), ...u16(data.length), ...data];
}

function opt() {
  return [0, ...u16(OPT), ...u16(1232), 0, 0, 0, 0, 0, 0];
}

function address(type, id, i) {
  if (type === A) return [198, 18 + (id >> 16), (id >> 8) & 255, (id + i) & 255];
  return [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, ...u32(id * 4 + i)];
}

function u16(value) {
  return [(value >> 8) & 255, value & 255];
}

function u32(value) {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
