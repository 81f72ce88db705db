/** Reads values out of JSON or YAML of any shape: what is not there, or of another type, is null or empty. */

/** The value at a path of keys, or undefined. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** A text, or a number or boolean as text (YAML and hands leave the quotes out); longest 64 KiB. */
export function textAt(value: unknown, ...path: string[]): string | null {
  const found = valueAt(value, ...path);
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  return typeof found === 'string' ? found.slice(0, 65536) : null;
}

export function numberAt(value: unknown, ...path: string[]): number | null {
  const found = valueAt(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The objects of a list. */
export function recordsAt(value: unknown, ...path: string[]): object[] {
  return listAt(value, ...path).filter((item): item is object => typeof item === 'object' && item !== null);
}

/** The texts of a list. */
export function textsAt(value: unknown, ...path: string[]): string[] {
  return listAt(value, ...path).filter((item): item is string => typeof item === 'string');
}

/** The text values of an object by their keys. */
export function textEntries(value: unknown, ...path: string[]): [string, string][] {
  const found = valueAt(value, ...path);
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return [];
  return Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}
