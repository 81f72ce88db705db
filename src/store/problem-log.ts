import type { Problem } from '../base/problem.js';

/** Kinds of problems kept per source; what comes after is counted in one row. */
const MOST_KINDS = 1000;
const MOST_CHARACTERS = 500;

export interface CountedProblem extends Problem {
  example: string | null;
  count: number;
}

/** The problems of one source: equal ones are counted, with the place of the first. */
export class ProblemLog {
  private readonly kinds = new Map<string, CountedProblem>();
  total = 0;

  add(problem: Problem, count = 1): void {
    this.total += count;
    const detail = clip(problem.detail);
    const example = problem.example == null ? null : clip(problem.example);
    const key = JSON.stringify([problem.code, detail, example]);
    const known = this.kinds.get(key);
    if (known) known.count += count;
    else if (this.kinds.size < MOST_KINDS)
      this.kinds.set(key, { ...problem, detail, example, position: clip(problem.position), count });
    else this.addOverflow(problem, count);
  }

  values(): Iterable<CountedProblem> {
    return this.kinds.values();
  }

  private addOverflow(problem: Problem, count: number): void {
    const known = this.kinds.get('');
    if (known) known.count += count;
    else
      this.kinds.set('', {
        code: 'more-problems',
        detail: `more than ${MOST_KINDS} kinds of problems; the others are counted here`,
        example: null,
        position: problem.position,
        count,
      });
  }
}

function clip(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}...` : text;
}
