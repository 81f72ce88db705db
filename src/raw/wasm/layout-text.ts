import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { layoutOf } from '../batch.js';
import { type Columns, type Table, WIDTH } from '../column.js';
import type { CacheSize, MemoryMap } from './memory-map.js';

/** AssemblyScript's types for columns of each width. */
const VALUES: Readonly<Record<number, string>> = { 1: 'u8', 2: 'u16', 4: 'u32', 8: 'u64' };

/** What is declared in TypeScript for a module in WebAssembly. */
export interface Declared<Name extends string> {
  readonly numbers: Readonly<Record<string, number>>;
  readonly map: MemoryMap<Name, string>;
  readonly caches: Readonly<Record<string, CacheSize>>;
  /** Tables whose rows it writes, each into the region of its name. */
  readonly tables: Readonly<Record<string, Table>>;
  /** Further namespaces. */
  readonly others: readonly string[];
}

/** Writes for AssemblyScript what is declared here, so that no offset or width is written twice. */
export function writeLayout<Name extends string>(file: string, declared: Declared<Name>): void {
  const text = layoutText(declared);
  // what did not change keeps its time, so that nothing is compiled anew
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function layoutText<Name extends string>({ numbers, map, caches, tables, others }: Declared<Name>): string {
  const { cells, regions } = map as MemoryMap<string, string>;
  const places = Object.entries(regions).map(([name, { at }]) => [name, at] as const);
  const sizes = Object.entries(caches);
  return [
    '// Written by src/raw/wasm/layout-text.ts when dnslens is built.',
    ...Object.entries(numbers).map(([name, value]) => `export const ${name}: u32 = ${value};`),
    constants(
      'cell',
      cells.map((name, i) => [name, regions['cells']!.at + 4 * i]),
    ),
    constants('region', places),
    constants(
      'entries',
      sizes.map(([name, { entries }]) => [name, entries]),
    ),
    constants(
      'entry_bytes',
      sizes.map(([name, { bytes }]) => [name, bytes]),
    ),
    ...others,
    ...Object.entries(tables).map(([name, table]) => setters(name, table, regions[name]!.at)),
    '',
  ].join('\n');
}

/** A namespace of numbers. */
export function constants(name: string, values: readonly (readonly [string, number])[]): string {
  return namespace(
    name,
    values.map(([name, value]) => `export const ${name}: u32 = ${value};`),
  );
}

export function namespace(name: string, lines: readonly string[]): string {
  return `export namespace ${name} {\n  ${lines.join('\n  ')}\n}`;
}

/** A function for each column that sets its value in a row, and one for each that can be null that makes it so. */
function setters(name: string, table: Table, at: number): string {
  const lines: string[] = [];
  const layout = layoutOf(table);
  for (const [column, { type, nullable }] of Object.entries<Columns[string]>(table.columns)) {
    if (type === 'VARCHAR') throw new Error(`${name}.${column}: WebAssembly writes no texts`);
    const width = WIDTH[type];
    const { data, validity } = layout.columns[column]!;
    const value = type === 'DOUBLE' ? 'f64' : VALUES[width]!;
    lines.push(
      `export function ${nameOf(column)}(row: u32, value: ${value}): void { store<${value}>(${at + data} + (row << ${Math.log2(width)}), value); }`,
    );
    if (!nullable) continue;
    lines.push(
      `export function no_${column}(row: u32): void { const octet = ${at + validity} + (row >> 3); store<u8>(octet, load<u8>(octet) & ~(<u8>1 << <u8>(row & 7))); }`,
    );
  }
  return namespace(name, lines);
}

/** A column's name as that of a function. */
function nameOf(column: string): string {
  return column === 'class' ? 'klass' : column;
}
