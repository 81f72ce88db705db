import { fieldName, type ShownPacket, type ShownRecord } from './packet.js';

const SECTIONS: Readonly<Record<string, number>> = {
  Answers: 1,
  'Authoritative nameservers': 2,
  'Additional records': 3,
};
/** Layers that show another packet, which was sent before. */
const QUOTING = new Set(['icmp', 'icmpv6']);
const MOST_DEPTH = 8;
/** Stands in a key between the layer and its number where there are several of one name. */
const SAME = '#';

type Fields = Map<string, string[]>;

/** Reads a packet of `-T json` or `-T ek`; empty for any other object, as EK's index lines. */
export function readJsonPacket(text: string): ShownPacket[] {
  let value: unknown;
  try {
    value = JSON.parse(withoutSameKeys(text));
  } catch {
    return [];
  }
  const layers = at(at(value, '_source'), 'layers') ?? at(value, 'layers');
  if (!isObject(layers)) return [];
  const around: Fields = new Map();
  const messages: { fields: Fields; records: ShownRecord[] }[] = [];
  for (const [key, content] of Object.entries(layers)) {
    const [layer] = key.split(SAME) as [string];
    if (QUOTING.has(layer)) add(around, `${layer}.type`, '');
    else if (!isLayer(content)) add(around, key, content);
    else {
      for (const one of Array.isArray(content) ? content : [content]) {
        const message = { fields: layer === 'dns' ? new Map<string, string[]>() : around, records: [] };
        walk(one, layer, message.fields, message.records, 0);
        if (layer === 'dns') messages.push(message);
      }
    }
  }
  if (messages.length === 0)
    return [{ fields: around, records: [], messages: around.get('dns_id')?.length ?? 1 }];
  return messages.map(({ fields, records }) => ({
    fields: new Map([...around, ...fields]),
    records,
    messages: 1,
  }));
}

/** With -e there are fields in the place of layers. */
function isLayer(content: unknown): boolean {
  return isObject(content) || (Array.isArray(content) && isObject(content[0]));
}

/** tshark gives each message of a segment a key `dns`, of which a parser keeps the last. */
function withoutSameKeys(text: string): string {
  let count = 0;
  return text.replace(/"dns"(?=\s*:\s*\{)/g, () => (count++ === 0 ? '"dns"' : `"dns${SAME}${count}"`));
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
