import { type Fault, lexCorefile, type Token } from './lexer.js';
import { TokenCursor } from './token-cursor.js';

/** A plugin line of a server block. */
interface PluginLine {
  /** Line in the Corefile, from 1; of an imported snippet's line the snippet's. */
  line: number;
  name: string;
  args: string[];
  /** The words of each line of its block; of inner blocks the braces stay. */
  options: string[][];
}

export interface ServerBlock {
  line: number;
  /** The line that its keys end on, with the brace if it has one: its plugins may stand from the next on. */
  keysEnd: number;
  /** As written: `.:53`, `tls://example.org`, `10.0.0.0/24`. */
  keys: string[];
  plugins: PluginLine[];
}

export interface Corefile {
  blocks: ServerBlock[];
  faults: Fault[];
}

/**
 * Reads a Corefile into server blocks (coredns/caddy, caddyfile/parse.go): keys up to `{`, a trailing comma
 * carries on to the next line, one block may go without braces, `(name) { }` is a snippet, `import name`
 * puts its words there. Unlike CoreDNS it goes on after an error. Environment variables stay as written.
 */
export function parseCorefile(text: string): Corefile {
  const faults: Fault[] = [];
  const cursor = new TokenCursor(lexCorefile(text, faults), faults);
  const blocks: ServerBlock[] = [];
  for (let token = cursor.peek(); token; token = cursor.peek()) {
    if (token.text === '}' || (token.text === '{' && token.first)) {
      faults.push({ line: token.line, code: 'corefile-syntax', detail: STRAY });
      cursor.next();
    } else if (token.text === 'import' && token.first) {
      cursor.next();
      cursor.import(token, cursor.takeLine());
    } else {
      const block = parseBlock(cursor);
      if (block) blocks.push(block);
    }
  }
  return { blocks, faults };
}

/** Reads lines that another Corefile imports into a server block (`*.override`). */
export function parseFragment(text: string): Corefile {
  const faults: Fault[] = [];
  const cursor = new TokenCursor(lexCorefile(text, faults), faults);
  const block: ServerBlock = { line: 1, keysEnd: 0, keys: [], plugins: [] };
  while (cursor.peek()) {
    if (cursor.peek()!.text === '}') cursor.next();
    else parseDirective(cursor, block);
  }
  return { blocks: block.plugins.length > 0 ? [block] : [], faults };
}

const STRAY = 'A brace of a Corefile has no partner; it was passed over.';
const CUT = 'A Corefile ends inside a block; what stands before the end was kept.';
const TEMPLATE =
  'A line of a Corefile is an expression of a template, whose value is not in it; it was left out.';

function parseBlock(cursor: TokenCursor): ServerBlock | null {
  const { line } = cursor.peek()!;
  const block: ServerBlock = { line, keysEnd: line, keys: [], plugins: [] };
  let more = false;
  for (let token = cursor.peek(); token && token.text !== '{'; token = cursor.peek()) {
    if (token.first && block.keys.length > 0 && !more) break;
    more = token.text.endsWith(',');
    const key = more ? token.text.slice(0, -1) : token.text;
    if (key !== '') block.keys.push(key);
    block.keysEnd = token.line;
    cursor.next();
  }
  const snippet = block.keys.length === 1 ? /^\((.+)\)$/.exec(block.keys[0]!)?.[1] : undefined;
  const braced = cursor.peek()?.text === '{';
  if (braced) cursor.next();
  if (snippet !== undefined && braced) {
    cursor.define(snippet, cursor.takeBlock());
    return null;
  }
  parseDirectives(cursor, block, braced);
  return block.keys.length === 0 || (!braced && block.plugins.length === 0) ? null : block;
}

function parseDirectives(cursor: TokenCursor, block: ServerBlock, braced: boolean): void {
  for (let token = cursor.peek(); token; token = cursor.peek()) {
    if (token.text === '}') {
      cursor.next();
      return;
    }
    parseDirective(cursor, block);
  }
  if (braced) cursor.faults.push({ line: block.line, code: 'corefile-cut', detail: CUT });
}

function parseDirective(cursor: TokenCursor, block: ServerBlock): void {
  const token = cursor.next()!;
  const plugin: PluginLine = { line: token.line, name: token.text, args: [], options: [] };
  const args = cursor.takeLine();
  if (token.text === 'import' && cursor.import(token, args)) return;
  const opened = args.at(-1) === '{';
  plugin.args = opened ? args.slice(0, -1) : args;
  if (opened) plugin.options = parseOptions(cursor, token);
  if (token.text.startsWith('{{')) {
    cursor.faults.push({ line: token.line, code: 'corefile-template', detail: TEMPLATE });
  } else block.plugins.push(plugin);
}

function parseOptions(cursor: TokenCursor, opener: Token): string[][] {
  const lines: string[][] = [];
  let depth = 1;
  for (let token = cursor.next(); token; token = cursor.next()) {
    if (token.text === 'import' && token.first) {
      const args = cursor.takeLine();
      if (!cursor.import(token, args)) lines.push(['import', ...args]);
      continue;
    }
    if (token.text === '{') depth++;
    else if (token.text === '}' && --depth === 0) return lines;
    if (token.first || lines.length === 0) lines.push([token.text]);
    else lines.at(-1)!.push(token.text);
  }
  cursor.faults.push({ line: opener.line, code: 'corefile-cut', detail: CUT });
  return lines;
}
