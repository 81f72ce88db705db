import { SourceRows, type SourceStart } from './source-rows.js';
import type { WriteTransaction } from './write-transaction.js';

/** Ends the reading of a source that has more rows than may wait in memory. */
class TooManyRows extends Error {}

/**
 * The sink of one source in a transaction. `waiting`, it keeps what it has in memory until it is accepted, so that the
 * transaction holds nothing of a source that is not; of one with more rows of a table than a batch all is void.
 */
export class SourceWriter extends SourceRows {
  /** Whether it was to keep more than it may: whatever the reader made of that, it is to be read again and not to wait. */
  isVoid = false;

  constructor(
    transaction: WriteTransaction,
    start: SourceStart,
    private waiting = false,
  ) {
    super(start, (batch) => {
      if (!this.waiting) return transaction.append(batch);
      this.isVoid = true;
      throw new TooManyRows();
    });
  }

  /** Where another sink of this source, or the next source, may go on. */
  get start(): SourceStart {
    const { sourceId, label, aheadSeconds, seed, names, addresses, texts, rowIds } = this;
    const nextIds = {
      ...rowIds,
      names: names.nextId,
      addresses: addresses.nextId,
      texts: texts.nextId,
    };
    return { sourceId, label, aheadSeconds, seed, nextIds };
  }

  /** Lets what it gathers go into the transaction. */
  accept(): void {
    this.waiting = false;
  }
}
