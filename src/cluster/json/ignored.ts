/**
 * Keys of Kubernetes objects whose values no reader here looks at and that make most of a pod's JSON, with the
 * bracket that those values begin with: an endpoint's `conditions` are an object, and matter.
 */
const IGNORED: readonly [string, '[' | '{'][] = [
  ['managedFields', '['],
  ['annotations', '{'],
  ['containers', '['],
  ['initContainers', '['],
  ['volumes', '['],
  ['volumeMounts', '['],
  ['tolerations', '['],
  ['affinity', '{'],
  ['conditions', '['],
  ['images', '['],
];

const lists = new Set(IGNORED.filter(([, bracket]) => bracket === '[').map(([key]) => key));
const objects = new Set(IGNORED.filter(([, bracket]) => bracket === '{').map(([key]) => key));
const lengths = new Set(IGNORED.map(([key]) => key.length));

/** Whether the list or object at a key is left out. */
export function isIgnored(key: string, isList: boolean): boolean {
  return isList ? lists.has(key) : objects.has(key);
}

/** The same for a key in bytes, from its first character to its closing quote. */
export function isIgnoredBytes(bytes: Buffer, start: number, end: number, isList: boolean): boolean {
  return lengths.has(end - start) && isIgnored(bytes.toString('latin1', start, end), isList);
}
