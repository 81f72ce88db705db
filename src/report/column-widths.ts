import { widthOf } from './text-layout.js';

/** A column as the layout sees it. */
export interface Measured {
  header: string;
  /** Widest cell seen. */
  widest: number;
  /** Whether its cells may be made narrower. */
  flexible: boolean;
}

/** Columns between two columns of a table. */
export const GUTTER = 2;

/** No flexible column gets narrower than this. */
const NARROWEST = 12;

/**
 * Widths at which the columns fit into `width`, or null where they cannot. Headers break at underscores first;
 * then the widest flexible columns give way, down to a common width.
 */
export function columnWidths(columns: readonly Measured[], width: number): number[] | null {
  const room = width - GUTTER * (columns.length - 1);
  const natural = columns.map((column) => Math.max(column.widest, widthOf(column.header)));
  if (sum(natural) <= room) return natural;
  const full = columns.map((column) => Math.max(column.widest, headerWidth(column.header)));
  if (sum(full) <= room) return full;
  const least = columns.map((column, i) =>
    column.flexible ? Math.min(full[i]!, Math.max(NARROWEST, headerWidth(column.header))) : full[i]!,
  );
  if (sum(least) > room) return null;
  let cap = Math.max(...full);
  while (sum(capped(full, least, cap)) > room) cap--;
  return capped(full, least, cap);
}

function capped(full: readonly number[], least: readonly number[], cap: number): number[] {
  return full.map((width, i) => Math.max(least[i]!, Math.min(width, cap)));
}

/** A header's lines: broken after underscores so that none is wider than `width`. */
export function headerLines(header: string, width: number): string[] {
  if (widthOf(header) <= width) return [header];
  const lines: string[] = [];
  for (const part of header.split(/(?<=_)/)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last + part) <= width) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines;
}

function headerWidth(header: string): number {
  return Math.max(...header.split(/(?<=_)/).map(widthOf));
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}
