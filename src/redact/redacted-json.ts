import type { TextPseudonyms } from './texts.js';

/** Replaces the words of a JSON text, keys too; a `port` is replaced as ports are. A text that is no JSON goes whole. */
export function redactJson(text: string, texts: TextPseudonyms): string {
  try {
    return JSON.stringify(redactValue(JSON.parse(text), texts));
  } catch {
    return texts.line(text);
  }
}

function redactValue(value: unknown, texts: TextPseudonyms): unknown {
  if (typeof value === 'string') return texts.word(value);
  if (typeof value === 'number') return texts.number(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, texts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [texts.word(key), redactValue(inner, texts)]),
  );
}
