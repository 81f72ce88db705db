import type { CorefileChange } from '../causes/fix-steps.js';
import type { Filling } from './fill.js';

/** A row of the query fix/corefile. */
export interface PluginLine {
  origin: string;
  line: number;
  plugin: string;
  arguments: string;
  options: string;
}

/** What is to change in a Corefile. */
export interface CorefileEdit {
  /** A diff of the Corefile that was read, without its spacing and comments, which are not kept. */
  diff: string[];
  /** What is to change where no Corefile was read, a sentence each. */
  notes: string[];
  /** Why it cannot be changed so: a plugin is not there; null where it can. */
  lacks: string | null;
}

export function corefileEdit(
  changes: readonly CorefileChange[],
  read: readonly PluginLine[],
  filling: Filling,
): CorefileEdit {
  if (changes.length === 0) return { diff: [], notes: [], lacks: null };
  if (read.length === 0) {
    const start = 'no Corefile is in this evidence; in its block for all names';
    const notes = changes.map((change) => `${start} ${wanted(change, filling)}`);
    return { diff: [], notes, lacks: null };
  }
  const missing = changes.find(
    ({ plugin, add }) => add === null && !read.some((line) => line.plugin === plugin),
  );
  if (missing !== undefined)
    return { diff: [], notes: [], lacks: `the Corefile that was read has no plugin ${missing.plugin}` };
  const hunks = changes.flatMap((change) => hunk(change, read, filling));
  const [{ origin }] = read as [PluginLine];
  return {
    diff: hunks.length === 0 ? [] : [`--- ${word(origin)}`, `+++ ${word(origin)}`, ...hunks],
    notes: [],
    lacks: null,
  };
}

function wanted({ plugin, arguments: given, add, options }: CorefileChange, filling: Filling): string {
  const args = (given ?? add ?? []).map((argument) => filling.text(argument));
  const block = options.map((option) => option.map(word).join(' ')).join(', ');
  if (block === '') return `there is to be: ${[plugin, ...args].join(' ')}`;
  return `${plugin} is to have: ${[...(given === null ? [] : args), block].join(' with ')}`;
}

function hunk(change: CorefileChange, read: readonly PluginLine[], filling: Filling): string[] {
  const there = read.find(({ plugin }) => plugin === change.plugin);
  const filled = (args: readonly string[]) => args.map((argument) => filling.text(argument));
  if (there === undefined) {
    const added = stanza(change.plugin, filled(change.add ?? []), change.options);
    return [`@@ after line ${read.at(-1)!.line} @@`, ...added.map((line) => `+${line}`)];
  }
  const [args, options] = [list(there.arguments) as string[], list(there.options) as string[][]];
  const before = stanza(there.plugin, args, options);
  const after = stanza(
    there.plugin,
    change.arguments === null ? args : filled(change.arguments),
    merged(options, change.options),
  );
  if (before.join('\n') === after.join('\n')) return [];
  return [`@@ line ${there.line} @@`, ...diff(before, after)];
}

/** What stays, and each line that is set in the place of the one with its first word, or at the end. */
function merged(there: readonly string[][], set: readonly string[][]): string[][] {
  const first = new Set(set.map(([name]) => name));
  return [...there.filter(([name]) => !first.has(name!)), ...set.map((line) => [...line])];
}

function stanza(plugin: string, args: readonly string[], options: readonly string[][]): string[] {
  const head = `    ${[plugin, ...args].map(word).join(' ')}`;
  if (options.length === 0) return [head];
  return [`${head} {`, ...options.map((option) => `       ${option.map(word).join(' ')}`), '    }'];
}

/** Lines that are in both keep their place; stanzas are a few lines long. */
function diff(before: readonly string[], after: readonly string[]): string[] {
  const isKept = (line: string) => before.includes(line) && after.includes(line);
  const lines: string[] = [];
  let at = 0;
  for (const line of before) {
    if (!isKept(line)) {
      lines.push(`-${line}`);
      continue;
    }
    for (; after[at] !== line && at < after.length; at++)
      if (!isKept(after[at]!)) lines.push(`+${after[at]!}`);
    lines.push(` ${line}`);
    at++;
  }
  return [
    ...lines,
    ...after
      .slice(at)
      .filter((line) => !isKept(line))
      .map((line) => `+${line}`),
  ];
}

/** A word of a Corefile: in quotes where its lexer would cut or change it. */
function word(text: string): string {
  return /^[^\s"'{}#\\`]+$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

function list(json: string): unknown[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value : [];
}
