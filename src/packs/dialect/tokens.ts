/** What a piece of SQL is. Blanks are space and comments; a parameter is `$name`. */
export type TokenKind = 'word' | 'quoted' | 'text' | 'number' | 'parameter' | 'symbol' | 'blank';

export interface Token {
  kind: TokenKind;
  /** As it is written; the tokens' texts, joined, are the SQL again. */
  text: string;
  /** Place of its first character. */
  at: number;
}

/** In this order; the last takes whatever character is left. */
const KINDS: readonly (readonly [TokenKind, RegExp])[] = [
  ['blank', /\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$)/y],
  ['text', /'(?:[^']|'')*(?:'|$)/y],
  ['quoted', /"(?:[^"]|"")*(?:"|$)/y],
  ['parameter', /\$[a-zA-Z_]\w*/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['symbol', /::|\|\||<>|<=|>=|!=|==|=>|->>?|\/\/|\*\*|\$\$|[^]/uy],
];

/** Splits SQL into tokens without judging it; nothing is lost and nothing throws. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length;) {
    const token = tokenAt(sql, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(sql: string, at: number): Token {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text) return { kind, text, at };
  }
  return { kind: 'symbol', text: sql[at]!, at };
}

/** Whether a token is this word (in any case) or symbol. */
export function is(token: Token | undefined, text: string): boolean {
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'symbol')) return false;
  return token.text.toLowerCase() === text;
}
