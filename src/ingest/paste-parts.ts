import { type Choice, LEAST_SCORE, surest } from './choose-reader.js';
import type { Reader, ReadOptions } from '../raw/reader.js';
import { SNIFF_BYTES } from '../input/input.js';
import { isPrompt } from '../input/paste/shell-prompt.js';

/** What one reader gets of a text that holds several kinds: its lines in their places, the others empty. */
export interface Part {
  readonly reader: Reader;
  readonly text: string;
}

/** A share of lines read that leaves little doubt what a text is; YAML of kubectl is never surer. */
const SURE = 0.8;
/** Lines of a text that is looked at line by line; what people paste is shorter, and each line costs a look by each reader. */
const MOST_LINES = 4000;

/** Lines from `from` to before `to`, and the reader that is surest of them. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly reader: Reader | null;
}

/**
 * Cuts a text into parts by what its lines are, so that a transcript's resolv.conf, log and counters are each read as
 * their kind with their own line numbers. Empty where the text is of one kind, or of none. `whole` is what all of it
 * is taken for.
 */
export function partsOf(
  readers: readonly Reader[],
  lines: readonly string[],
  whole: Choice | null,
  path: string,
  options?: ReadOptions,
): Part[] {
  if (lines.length > MOST_LINES) return [];
  return new Cutter(readers, lines, path, options).parts(whole);
}

class Cutter {
  private readonly encoder = new TextEncoder();

  constructor(
    private readonly readers: readonly Reader[],
    private readonly lines: readonly string[],
    private readonly path: string,
    private readonly options?: ReadOptions,
  ) {}

  parts(whole: Choice | null): Part[] {
    const { lines } = this;
    const prompts = lines.flatMap((line, i) => (isPrompt(line) ? [i] : []));
    if (prompts.length === 0 && (whole?.score ?? 0) >= SURE) return [];
    const segments = this.cut(0, lines.length, prompts).flatMap(([from, to]) => this.segments(from, to));
    const found = new Set(segments.flatMap(({ reader }) => (reader ? [reader] : [])));
    if (found.size === 0 || (found.size === 1 && found.has(whole?.reader as Reader))) return [];
    // parts that are known less well than the whole are chance
    if (this.share(segments) < (whole?.score ?? LEAST_SCORE)) return [];
    const owned = this.withNeighbours(segments);
    return [...found].map((reader) => ({ reader, text: this.textOf(reader, owned) }));
  }

  /** The kinds of a range: of the whole where one is sure of it, else of its paragraphs, else of its lines. */
  private segments(from: number, to: number): Segment[] {
    if (from >= to) return [];
    const best = this.surest(from, to);
    if (to - from === 1 || (best && best.score >= SURE)) return [{ from, to, reader: best?.reader ?? null }];
    const gaps: number[] = [];
    for (let i = from + 1; i < to; i++) if (this.lines[i]!.trim() === '') gaps.push(i);
    if (gaps.length > 0) return this.cut(from, to, gaps).flatMap(([a, b]) => this.segments(a, b));
    const single: Segment[] = [];
    for (let i = from; i < to; i++) {
      const line = this.surest(i, i + 1);
      single.push({ from: i, to: i + 1, reader: line && line.score >= SURE ? line.reader : null });
    }
    return this.agreed(single, best?.reader ?? null);
  }

  /** Lines in runs of one kind; where no line is known by itself, all are what the whole range is. */
  private agreed(single: readonly Segment[], whole: Reader | null): Segment[] {
    const merged: Segment[] = [];
    for (const line of single) {
      const last = merged.at(-1);
      if (last && line.reader === last.reader) {
        merged[merged.length - 1] = { ...last, to: line.to };
      } else merged.push(line);
    }
    const kinds = new Set(single.flatMap(({ reader }) => (reader ? [reader] : [])));
    const { from } = single[0]!;
    const { to } = single.at(-1)!;
    if (kinds.size === 0) return [{ from, to, reader: whole }];
    return merged;
  }

  /** The share of the lines that a reader knows: a single one in much prose is no evidence. */
  private share(segments: readonly Segment[]): number {
    const filled = (from: number, to: number) =>
      this.lines.slice(from, to).filter((line) => line.trim() !== '').length;
    const known = segments.reduce((sum, { from, to, reader }) => sum + (reader ? filled(from, to) : 0), 0);
    return known / Math.max(1, filled(0, this.lines.length));
  }

  /** A segment of no kind (a prompt, a date, a remark) goes with the one behind it, or the one before, whichever reader can use it. */
  private withNeighbours(segments: readonly Segment[]): Segment[] {
    return segments.map((segment, i) => {
      if (segment.reader) return segment;
      const next = segments.slice(i + 1).find(({ reader }) => reader !== null);
      const previous = segments.slice(0, i).findLast(({ reader }) => reader !== null);
      for (const neighbour of [next, previous]) {
        if (neighbour && this.isUsedBy(neighbour.reader!, segment, neighbour)) {
          return { ...segment, reader: neighbour.reader };
        }
      }
      return { ...segment, reader: (previous ?? next)!.reader };
    });
  }

  /** Whether a reader is as sure of its segment with other lines before it as without. */
  private isUsedBy(reader: Reader, other: Segment, own: Segment): boolean {
    const bytes = (segments: readonly Segment[]) =>
      this.bytesOf(segments.flatMap(({ from, to }) => this.lines.slice(from, to)));
    const score = (segments: readonly Segment[]) => reader.sniff(bytes(segments), this.path, this.options);
    return score([other, own]) >= score([own]);
  }

  private textOf(reader: Reader, segments: readonly Segment[]): string {
    const own = new Array<string>(this.lines.length).fill('');
    for (const { from, to, reader: owner } of segments) {
      if (owner !== reader) continue;
      const start = this.startFor(reader, from, to);
      for (let i = start; i < to; i++) own[i] = this.lines[i]!;
    }
    return own.join('\n') + '\n';
  }

  /** A prompt is left out for a reader that has no use for it. */
  private startFor(reader: Reader, from: number, to: number): number {
    if (!isPrompt(this.lines[from]!) || to - from === 1) return from;
    const without = { from: from + 1, to, reader };
    return this.isUsedBy(reader, { from, to: from + 1, reader }, without) ? from : from + 1;
  }

  private cut(from: number, to: number, at: readonly number[]): [number, number][] {
    const starts = [from, ...at.filter((i) => i > from && i < to)];
    return starts.map((start, i) => [start, starts[i + 1] ?? to]);
  }

  private surest(from: number, to: number): Choice | null {
    return surest(this.readers, this.bytesOf(this.lines.slice(from, to)), this.path, this.options);
  }

  private bytesOf(lines: readonly string[]): Uint8Array {
    return this.encoder.encode(lines.join('\n') + '\n').subarray(0, SNIFF_BYTES);
  }
}
