import type { Result } from '../../packs/result.js';
import type { Value } from '../../packs/value.js';
import type { Verdict } from '../../report/diagnosis/diagnosis.js';

/** Verdicts that are findings, from the least sure on. */
export const VERDICTS = ['possible', 'likely', 'confirmed'] as const satisfies readonly Verdict[];

/**
 * Watches results pass by for findings that are at least as sure as a verdict. A cause that is a cost counts only
 * when slow or failed lookups are blamed on it: search lists cost queries in nearly every cluster, and hurt nobody.
 * Where a report is `narrowed` to some clients and times, every cause counts only then.
 */
export class FindingWatch {
  found = false;

  constructor(
    private readonly least: string,
    private readonly narrowed: boolean,
  ) {}

  watch(result: Result): Result {
    return { ...result, rows: this.pass(result) };
  }

  private async *pass({ query, columns, rows }: Result): AsyncGenerator<Value[][]> {
    const verdict = columns.findIndex((column) => column.name === 'verdict');
    const severity = columns.findIndex((column) => column.name === 'severity');
    const kind = columns.findIndex((column) => column.name === 'kind');
    const lookups = columns.findIndex((column) => column.name === 'lookups');
    for await (const chunk of rows) {
      for (const row of chunk) {
        if (verdict !== -1 && (this.narrowed || row[kind] === 'cost') && row[lookups] === 0) continue;
        if (verdict !== -1) this.note(row[verdict]!);
        else if (query?.kind === 'check') this.note('confirmed');
        else if (query?.kind === 'headline' && row[severity] !== 'info') this.note('confirmed');
      }
      yield chunk;
    }
  }

  private note(verdict: Value): void {
    if (rank(String(verdict)) >= rank(this.least)) this.found = true;
  }
}

/** -1 for what is no finding. */
function rank(verdict: string): number {
  return VERDICTS.findIndex((one) => one === verdict);
}
