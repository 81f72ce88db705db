import type { ProblemCode } from '../../base/problem-codes.js';

/** A word of a Corefile. */
export interface Token {
  readonly text: string;
  /** Line that it begins on, from 1. */
  readonly line: number;
  /** The first word of its line. */
  readonly first: boolean;
}

/** What is wrong at a line, in one sentence. */
export interface Fault {
  readonly line: number;
  readonly code: ProblemCode;
  readonly detail: string;
}

/**
 * Splits a Corefile into words by the rules of the Caddyfile lexer that CoreDNS uses (coredns/caddy,
 * caddyfile/lexer.go): blanks separate, `#` outside quotes begins a comment, a word that begins with `"` goes
 * on to the next `"` over blanks and line ends, and there only `\"` is an escape. Beyond it, so that templates
 * can be read: `{{ ... }}` is part of its word with its blanks, and a word glued to a closing brace is cut off.
 */
export function lexCorefile(text: string, faults: Fault[]): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let first = true;
  for (let i = 0; i < text.length;) {
    const char = text[i]!;
    if (char === '\n') {
      line++;
      first = true;
      i++;
    } else if (isBlank(char)) {
      i++;
    } else if (char === '#') {
      i = lineEnd(text, i);
    } else {
      const word = char === '"' ? readQuoted(text, i, line, faults) : readBare(text, i);
      const glued = char !== '"' && first && /^\}[^}]/.test(word.text);
      if (glued) faults.push({ line, code: 'corefile-syntax', detail: GLUED });
      tokens.push({ text: glued ? '}' : word.text, line, first });
      line += word.lines;
      first = false;
      i = word.end;
    }
  }
  return tokens;
}

const GLUED = 'A word is glued to a closing brace of a Corefile; the brace was kept and the word left out.';
const UNCLOSED = 'A quoted word of a Corefile has no closing quote; it was read to the end of its line.';

interface Word {
  text: string;
  /** Index after it. */
  end: number;
  /** Line ends in it. */
  lines: number;
}

/** Characters of a template's expression that are looked through for its end. */
const MAX_EXPRESSION = 500;

function isBlank(char: string): boolean {
  return (
    char === ' ' || char === '\t' || char === '\r' || char === '\v' || char === '\f' || char === '\u00a0'
  );
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function readBare(text: string, from: number): Word {
  let i = from;
  while (i < text.length && text[i] !== '\n' && text[i] !== '#' && !isBlank(text[i]!)) {
    if (text.startsWith('{{', i)) {
      const close = /^[^\n]*?\}\}/.exec(text.slice(i, i + MAX_EXPRESSION));
      i += close ? close[0].length : 2;
    } else i++;
  }
  return { text: text.slice(from, i), end: i, lines: 0 };
}

function readQuoted(text: string, from: number, line: number, faults: Fault[]): Word {
  let out = '';
  let start = from + 1;
  let lines = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '\\' && text[i + 1] === '"') {
      out += text.slice(start, i);
      start = ++i;
    } else if (text[i] === '\n') lines++;
    else if (text[i] === '"') return { text: out + text.slice(start, i), end: i + 1, lines };
  }
  faults.push({ line, code: 'corefile-syntax', detail: UNCLOSED });
  const end = lineEnd(text, from);
  return { text: text.slice(from + 1, end), end, lines: 0 };
}
