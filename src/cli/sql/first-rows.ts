import type { Result } from '../../packs/result.js';
import type { Value } from '../../packs/value.js';

/** Shows of each result no more than some rows; no more of it is then asked for. */
export class FirstRows {
  /** Whether a result had more. */
  cut = false;

  constructor(private readonly most: number) {}

  async *of(results: AsyncIterable<Result>): AsyncGenerator<Result> {
    for await (const result of results) yield { ...result, rows: this.first(result.rows) };
  }

  private async *first(batches: AsyncIterable<Value[][]>): AsyncGenerator<Value[][]> {
    let left = this.most;
    for await (const rows of batches) {
      if (rows.length > left) {
        this.cut = true;
        yield rows.slice(0, left);
        return;
      }
      left -= rows.length;
      yield rows;
    }
  }
}
