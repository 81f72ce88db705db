// A step of building: writes for AssemblyScript what is declared here, so that no offset or width is written twice:
//   node dist/capture/wasm/write-layout.js FILE
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BATCH_ROWS, layoutOf } from '../../raw/batch.js';
import { type Columns, WIDTH } from '../../raw/column.js';
import { FNV_PRIME } from '../../raw/hash.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import { MAX_NAME_OCTETS } from '../dns/dns-name.js';
import { HEADER } from '../dns/dns-message.js';
import { LINK_TYPE } from '../layers/link-type.js';
import { MAX_PACKET } from '../files/pcap-record.js';
import { RECENT } from '../dns/recent-packets.js';
import { CACHES, CELLS, REGIONS, WRITTEN } from './memory-map.js';

/** AssemblyScript's types for columns of each width. */
const VALUES: Readonly<Record<number, string>> = { 1: 'u8', 2: 'u16', 4: 'u32', 8: 'u64' };

const NUMBERS = {
  BATCH_ROWS,
  FNV_PRIME,
  DNS_HEADER: HEADER,
  MAX_NAME_OCTETS,
  MAX_PACKET,
  LINK_ETHERNET: LINK_TYPE.EN10MB,
  LINK_SLL: LINK_TYPE.LINUX_SLL,
  LINK_SLL2: LINK_TYPE.LINUX_SLL2,
  UDP: PROTOCOL.udp,
};

const file = process.argv[2]!;
mkdirSync(dirname(file), { recursive: true });
const text = source();
// what did not change keeps its time, so that nothing is compiled anew
if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);

function source(): string {
  const tables = Object.entries(WRITTEN).map(([name, { columns }]) =>
    setters(name as keyof typeof WRITTEN, columns),
  );
  return [
    '// Written by src/capture/wasm/write-layout.ts when dnslens is built.',
    ...Object.entries(NUMBERS).map(([name, value]) => `export const ${name}: u32 = ${value};`),
    constants(
      'cell',
      CELLS.map((name, i) => [name, REGIONS.cells.at + 4 * i]),
    ),
    constants(
      'region',
      Object.entries(REGIONS).map(([name, { at }]) => [name, at]),
    ),
    constants(
      'entries',
      Object.entries(CACHES).map(([name, cache]) => [name, cache.entries]),
    ),
    constants(
      'entry_bytes',
      Object.entries(CACHES).map(([name, cache]) => [name, cache.bytes]),
    ),
    constants('recent', Object.entries(RECENT)),
    ...tables,
    '',
  ].join('\n');
}

function constants(namespace: string, values: readonly (readonly [string, number])[]): string {
  return within(
    namespace,
    values.map(([name, value]) => `export const ${name}: u32 = ${value};`),
  );
}

/** A function for each column that sets its value in a row, and one for each that can be null that makes it so. */
function setters(table: keyof typeof WRITTEN, columns: Columns): string {
  const lines: string[] = [];
  const layout = layoutOf(WRITTEN[table]);
  for (const [name, { type, nullable }] of Object.entries(columns)) {
    if (type === 'VARCHAR') throw new Error(`${table}.${name}: WebAssembly writes no texts`);
    const width = WIDTH[type];
    const { data, validity } = layout.columns[name]!;
    const at = REGIONS[table].at;
    const value = VALUES[width]!;
    lines.push(
      `export function ${nameOf(name)}(row: u32, value: ${value}): void { store<${value}>(${at + data} + (row << ${Math.log2(width)}), value); }`,
    );
    if (!nullable) continue;
    lines.push(
      `export function no_${name}(row: u32): void { const octet = ${at + validity} + (row >> 3); store<u8>(octet, load<u8>(octet) & ~(<u8>1 << <u8>(row & 7))); }`,
    );
  }
  return within(table, lines);
}

/** A column's name as that of a function. */
function nameOf(column: string): string {
  return column === 'class' ? 'klass' : column;
}

function within(namespace: string, lines: readonly string[]): string {
  return `export namespace ${namespace} {\n  ${lines.join('\n  ')}\n}`;
}
