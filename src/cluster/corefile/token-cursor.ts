import type { Fault, Token } from './lexer.js';
import type { ProblemCode } from '../../base/problem-codes.js';

/** Imports that are followed in one Corefile, as CoreDNS bounds them, and the words that they may give. */
const MAX_IMPORTS = 1000;
const MAX_IMPORTED_WORDS = 200_000;

interface Frame {
  readonly tokens: readonly Token[];
  index: number;
  /** The snippet that these words come from; null for the file. */
  readonly snippet: string | null;
}

/** Walks over a Corefile's words and, where it imports them, over those of its snippets. */
export class TokenCursor {
  private readonly frames: Frame[];
  private readonly snippets = new Map<string, readonly Token[]>();
  private imports = 0;
  private importedWords = 0;

  constructor(
    tokens: readonly Token[],
    readonly faults: Fault[],
  ) {
    this.frames = [{ tokens, index: 0, snippet: null }];
  }

  peek(): Token | undefined {
    for (let frame = this.frames.at(-1)!; ; frame = this.frames.at(-1)!) {
      if (frame.index < frame.tokens.length || this.frames.length === 1) return frame.tokens[frame.index];
      this.frames.pop();
    }
  }

  next(): Token | undefined {
    const token = this.peek();
    if (token) this.frames.at(-1)!.index++;
    return token;
  }

  /** The words up to the end of the line, to a `{` that ends it included, or to a `}`. */
  takeLine(): string[] {
    const words: string[] = [];
    const frame = this.frames.at(-1)!;
    for (
      let token = frame.tokens[frame.index];
      token && !token.first && token.text !== '}';
      token = frame.tokens[frame.index]
    ) {
      words.push(token.text);
      frame.index++;
      if (token.text === '{') break;
    }
    return words;
  }

  /** The words of a block whose `{` was taken, up to its `}`. */
  takeBlock(): Token[] {
    const tokens: Token[] = [];
    let depth = 1;
    for (let token = this.next(); token; token = this.next()) {
      if (token.text === '{') depth++;
      else if (token.text === '}' && --depth === 0) break;
      tokens.push(tokens.length === 0 ? { ...token, first: true } : token);
    }
    return tokens;
  }

  define(snippet: string, tokens: readonly Token[]): void {
    this.snippets.set(snippet, tokens);
  }

  /** Goes on with a snippet's words, `{args[0]}` and `{args.0}` replaced; false if it cannot. */
  import(at: Token, args: readonly string[]): boolean {
    const [name, ...values] = args;
    const tokens = name === undefined ? undefined : this.snippets.get(name);
    if (!tokens) return this.refuse(at, 'corefile-import', MISSING);
    if (this.frames.some((frame) => frame.snippet === name))
      return this.refuse(at, 'corefile-import-cycle', CYCLE);
    this.importedWords += tokens.length;
    if (++this.imports > MAX_IMPORTS || this.importedWords > MAX_IMPORTED_WORDS) {
      return this.refuse(at, 'corefile-import-limit', LIMIT);
    }
    const replaced =
      values.length === 0 ? tokens : tokens.map((token) => ({ ...token, text: fill(token.text, values) }));
    this.frames.push({ tokens: replaced, index: 0, snippet: name! });
    return true;
  }

  private refuse(at: Token, code: ProblemCode, detail: string): false {
    this.faults.push({ line: at.line, code, detail });
    return false;
  }
}

const MISSING =
  'A Corefile imports what is not in it; the import line was kept, what it brings is not known.';
const CYCLE = 'A Corefile imports a snippet into itself; that import was passed over.';
const LIMIT = 'A Corefile imports snippets too often; the imports after the limit were passed over.';

function fill(text: string, values: readonly string[]): string {
  return text.replace(/\{args(?:\.(\d{1,3})|\[(\d{1,3})\])\}/g, (whole, dot?: string, bracket?: string) => {
    return values[Number(dot ?? bracket)] ?? whole;
  });
}
