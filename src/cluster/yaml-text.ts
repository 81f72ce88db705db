import { parseDocument } from 'yaml';

/** A YAML document's value, or that it has none. */
export type YamlValue = { ok: true; value: unknown } | { ok: false };

/** Characters of one document: a ConfigMap holds 1 MiB. */
export const MAX_YAML = 2 << 20;

/** Deepest nesting; the parser recurses. */
const MAX_DEPTH = 200;

/** Parses one YAML document of bounded size, depth and alias expansion; the last of equal keys wins. Never throws. */
export function parseYaml(text: string): YamlValue {
  if (text.length > MAX_YAML || isTooDeep(text)) return { ok: false };
  try {
    const document = parseDocument(text, {
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
      strict: false,
    });
    if (document.errors.length > 0) return { ok: false };
    return { ok: true, value: document.toJS({ maxAliasCount: 100 }) };
  } catch {
    // Alias bombs and what overflows the stack all the same.
    return { ok: false };
  }
}

/** Whether brackets, dashes or indentation could nest deeper than the parser should follow. */
function isTooDeep(text: string): boolean {
  let flow = 0;
  let deepest = 0;
  let leading = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 10) leading = 0;
    else if (char === 91 || char === 123) deepest = Math.max(deepest, ++flow);
    else if ((char === 93 || char === 125) && flow > 0) flow--;
    else if (char === 45 || char === 63) deepest = Math.max(deepest, ++leading);
    else if (char !== 32) leading = 0;
  }
  return deepest > MAX_DEPTH;
}
