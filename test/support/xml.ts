/** What a well-formed XML document holds. */
export interface Xml {
  elements: string[];
  attributes: [name: string, value: string][];
  texts: string[];
}

const TOKEN = /<\/([\w:-]+)>|<([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

/** Reads an XML document of elements, attributes and texts; throws where it is not well-formed. */
export function readXml(source: string): Xml {
  const found: Xml = { elements: [], attributes: [], texts: [] };
  const open: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const start = TOKEN.lastIndex;
    const token = TOKEN.exec(source);
    if (!token) throw new Error(`not XML at ${start}: ${source.slice(start, start + 60)}`);
    const [, close, name, attributes, empty, text] = token;
    if (text !== undefined) found.texts.push(decoded(text));
    else if (close !== undefined && open.pop() !== close) throw new Error(`</${close}> closes no <${close}>`);
    else if (name !== undefined) {
      found.elements.push(name);
      const given = [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)];
      const names = given.map(([, key]) => key);
      if (new Set(names).size < names.length) throw new Error(`<${name}> has an attribute twice`);
      found.attributes.push(...given.map(([, key, value]): [string, string] => [key!, decoded(value!)]));
      if (!empty) open.push(name);
    }
  }
  if (open.length > 0 || found.elements.length === 0) throw new Error(`left open: ${open.join()}`);
  return found;
}

function decoded(text: string): string {
  if (/&(?!(amp|lt|gt|quot|#\d+|#x[\da-fA-F]+);)/.test(text)) throw new Error(`a bare & in ${text}`);
  const codes = { amp: '&', lt: '<', gt: '>', quot: '"' } as Record<string, string>;
  return text.replace(/&(\w+|#\w+);/g, (_, code: string) =>
    code.startsWith('#')
      ? String.fromCodePoint(Number(`0${code.slice(1)}`.replace(/^0(?=\d)/, '')))
      : codes[code]!,
  );
}
