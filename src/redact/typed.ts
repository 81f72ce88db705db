import type { Database } from '../store/database.js';
import type { Pseudonyms } from './pseudonyms.js';

/**
 * What a user who knows the originals, or has read a redacted report, means by an address, a name, POD or
 * NAMESPACE/POD: the pseudonym where the copy has it, else the text itself.
 */
export async function findTyped(database: Database, pseudonyms: Pseudonyms, text: string): Promise<string> {
  const address = pseudonyms.redact('address', text);
  if (await has(database, address)) return address;
  const name = text
    .split('/')
    .map((part) => pseudonyms.redact('name', part))
    .join('/');
  return (await has(database, name)) ? name : text;
}

async function has(database: Database, text: string): Promise<boolean> {
  const reader = await database.connection.runAndReadAll(
    `select 1 from raw.addresses where address = $text
     union all select 1 from raw.names where name = rtrim($text, '.')
     union all select 1 from raw.cluster_objects where name = $text or namespace || '/' || name = $text
     limit 1`,
    { text },
  );
  return reader.getRows().length > 0;
}
