/** Object stores that DuckDB's httpfs extension reads and writes, by their URLs, with the kind of secret each takes. */
const STORES: Readonly<Record<string, 's3' | 'gcs' | 'r2'>> = {
  s3: 's3',
  s3a: 's3',
  s3n: 's3',
  gs: 'gcs',
  gcs: 'gcs',
  r2: 'r2',
};

/** The kind of object store that a location names; null where it is a folder or anything else. */
export function objectStoreOf(location: string): 's3' | 'gcs' | 'r2' | null {
  const scheme = /^([a-z\d]+):\/\//.exec(location)?.[1];
  return scheme !== undefined && Object.hasOwn(STORES, scheme) ? STORES[scheme]! : null;
}

/** Whether a lake lies, or is to lie, in an object store. */
export function isObjectStore(location: string): boolean {
  return objectStoreOf(location) !== null;
}

/** A location without the slashes at its end. */
export function withoutSlash(location: string): string {
  return location.replace(/(?<!\/)\/+$/, '');
}
