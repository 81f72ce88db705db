import type { Layout, Output } from '../format.js';
import type { Verdict } from './diagnosis.js';

/** One part of a diagnosis, the same for every format; each format escapes the texts for its place. */
export type Block =
  | { kind: 'lead'; lines: string[] }
  | { kind: 'heading'; text: string }
  | { kind: 'verdict'; verdict: Verdict; text: string }
  /** What a verdict means in this evidence. */
  | { kind: 'sentence'; text: string }
  /** Remarks that stand by themselves, a line each. */
  | { kind: 'note'; lines: string[] }
  /** Further numbers, a line each. */
  | { kind: 'findings'; items: string[] }
  | { kind: 'facts'; facts: Fact[] }
  /** A term and what is said of it. */
  | { kind: 'terms'; terms: [term: string, text: string][] }
  /** Commands to paste, with what each shows. */
  | { kind: 'commands'; commands: Command[] };

/** A label and its lines. */
export interface Fact {
  label: string;
  lines: string[];
  /** Whether they are commands to paste, which keep their lines. */
  isCommand?: boolean;
}

export interface Command {
  command: string;
  about: string | null;
}

/** Blocks as lines of plain text, with an empty line before each that begins something new. */
export function apart(blocks: readonly Block[], linesOf: (block: Block) => string[]): string {
  const lines = blocks.flatMap((block, i) => {
    const isNew = i > 0 && ['verdict', 'heading', 'note'].includes(block.kind);
    return [...(isNew ? [''] : []), ...linesOf(block)];
  });
  return `${lines.join('\n')}\n`;
}

/** Writes blocks in a format. */
export type DocumentWriter = (blocks: readonly Block[], output: Output, layout: Layout) => Promise<void>;
