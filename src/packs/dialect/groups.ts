import { is, type Token } from './tokens.js';

const OPEN = ['(', '[', '{'];
const CLOSE = [')', ']', '}'];

/** A token, or a bracket with all that it holds. */
export interface Node {
  token: Token;
  /** What stands between the brackets; null for a token that opens none. */
  inner: Node[] | null;
  /** The bracket that closes; undefined where none does. */
  end?: Token | undefined;
}

/** Brackets nested deeper than this are taken as plain tokens, so that no text exhausts the stack. */
const DEEPEST = 200;

/** Nests tokens by their brackets. */
export function group(tokens: readonly Token[]): Node[] {
  let at = 0;
  function level(depth: number): Node[] {
    const nodes: Node[] = [];
    while (at < tokens.length) {
      const token = tokens[at]!;
      if (depth > 0 && CLOSE.some((text) => is(token, text))) return nodes;
      at++;
      if (depth < DEEPEST && OPEN.some((text) => is(token, text))) {
        const inner = level(depth + 1);
        nodes.push({ token, inner, end: tokens[at] });
        at++;
      } else nodes.push({ token, inner: null });
    }
    return nodes;
  }
  return level(0);
}

/** Place of the next node that is no space or comment, from `at` on; nodes.length where there is none. */
export function significant(nodes: readonly Node[], at: number): number {
  let next = at;
  while (next < nodes.length && nodes[next]!.token.kind === 'blank') next++;
  return next;
}

/** Splits at the commas of this level. */
export function splitArguments(nodes: readonly Node[]): Node[][] {
  const parts: Node[][] = [[]];
  for (const node of nodes) {
    if (is(node.token, ',')) parts.push([]);
    else parts.at(-1)!.push(node);
  }
  return parts;
}

/** Whether a bracket of this kind opens here. */
export function opens(node: Node | undefined, bracket: '(' | '[' | '{'): node is Node & { inner: Node[] } {
  return node !== undefined && node.inner !== null && is(node.token, bracket);
}
