import { SourceRows, type SourceStart } from './source-rows.js';
import type { WriteTransaction } from './write-transaction.js';

/** The rows of a source are more than may wait in memory until it is known whether it is kept. */
export class TooManyRows extends Error {}

/**
 * The sink of one source in a transaction. `waiting`, it keeps what it has in memory until it is accepted, so that the
 * transaction holds nothing of a source that is not; more than one batch of a table throws TooManyRows then.
 */
export class SourceWriter extends SourceRows {
  constructor(
    transaction: WriteTransaction,
    start: SourceStart,
    private waiting = false,
  ) {
    super(start, (batch) => {
      if (this.waiting) throw new TooManyRows();
      transaction.append(batch);
    });
  }

  /** Where another sink of this source, or the next source, may go on. */
  get start(): SourceStart {
    const { sourceId, label, seed, names, addresses, texts } = this;
    const nextIds = { names: names.nextId, addresses: addresses.nextId, texts: texts.nextId };
    return { sourceId, label, seed, nextIds };
  }

  /** Lets what it gathers go into the transaction. */
  accept(): void {
    this.waiting = false;
  }
}
