import { fieldName, type ShownPacket, type ShownRecord } from './packet.js';

const SECTIONS: Readonly<Record<string, number>> = {
  Answers: 1,
  'Authoritative nameservers': 2,
  'Additional records': 3,
};
/** Layers that show another packet, which was not sent here. */
const QUOTING = new Set(['icmp', 'icmpv6']);
const MOST_DEPTH = 8;

type Fields = Map<string, string[]>;

/** Reads a packet of `-T json` or `-T ek`; null for any other object, as EK's index lines. */
export function readJsonPacket(text: string): ShownPacket | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const layers = at(at(value, '_source'), 'layers') ?? at(value, 'layers');
  if (!isObject(layers)) return null;
  const fields: Fields = new Map();
  const records: ShownRecord[] = [];
  for (const [layer, content] of Object.entries(layers)) {
    if (QUOTING.has(layer)) continue;
    // with -e there are fields in the place of layers
    if (!isObject(content) && !(Array.isArray(content) && isObject(content[0]))) add(fields, layer, content);
    else for (const one of Array.isArray(content) ? content : [content]) walk(one, layer, fields, records, 0);
  }
  const messages = text.match(/"dns(?:_dns)?[._]id":/g)?.length ?? 0;
  const several = fields.get('dns_id')?.length ?? 0;
  return { fields, records, messages: Math.max(1, messages, several) };
}

/** Whether an object is what `-T ek` puts before each packet. */
export function isEkIndex(text: string): boolean {
  return /^\{\s*"index"\s*:/.test(text);
}

function walk(value: unknown, layer: string, fields: Fields, records: ShownRecord[], depth: number): void {
  if (!isObject(value) || depth > MOST_DEPTH) return;
  for (const [key, content] of Object.entries(value)) {
    const section = SECTIONS[key];
    if (section !== undefined && isObject(content)) {
      for (const record of Object.values(content)) {
        const own: Fields = new Map();
        walk(record, layer, own, [], depth + 1);
        records.push({ section, fields: new Map([...own].map(([name, values]) => [name, values.at(-1)!])) });
      }
    } else if (isObject(content)) walk(content, layer, fields, records, depth + 1);
    else add(fields, key.startsWith(`${layer}_${layer}_`) ? key.slice(layer.length + 1) : key, content);
  }
}

function add(fields: Fields, key: string, content: unknown): void {
  const values = (Array.isArray(content) ? content : [content])
    .filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    .map(String);
  const name = fieldName(key);
  const known = fields.get(name);
  if (known) known.push(...values);
  else fields.set(name, values);
}

function at(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
