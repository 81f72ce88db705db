import type { Problem } from './sink.js';

/** Kinds of problems kept per source; what comes after is counted in one row. */
const MOST_KINDS = 1000;
const MOST_CHARACTERS = 500;

/** The problems of one source: equal ones are counted, with the place of the first. */
export class ProblemLog {
  private readonly kinds = new Map<string, Problem & { count: number }>();
  total = 0;

  add(problem: Problem, count = 1): void {
    this.total += count;
    const detail = clip(problem.detail);
    const key = `${problem.code}\n${detail}`;
    const known = this.kinds.get(key);
    if (known) known.count += count;
    else if (this.kinds.size < MOST_KINDS)
      this.kinds.set(key, { ...problem, detail, position: clip(problem.position), count });
    else this.addOverflow(problem, count);
  }

  values(): Iterable<Problem & { count: number }> {
    return this.kinds.values();
  }

  private addOverflow(problem: Problem, count: number): void {
    const known = this.kinds.get('');
    if (known) known.count += count;
    else
      this.kinds.set('', {
        code: 'more-problems',
        detail: `more than ${MOST_KINDS} kinds of problems; the others are counted here`,
        position: problem.position,
        count,
      });
  }
}

function clip(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}...` : text;
}
