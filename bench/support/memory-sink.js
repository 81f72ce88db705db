import { parseAddress, formatAddress } from '../../dist/base/address.js';
import { Batch } from '../../dist/raw/batch.js';
import { ByteDictionary } from '../../dist/raw/dictionary.js';
import { FIRST_ROW_IDS } from '../../dist/raw/sink.js';

/** A sink that gives each batch to `take(table, batch)` and keeps dictionaries and problems in memory. */
export class MemorySink {
  sourceId = 1;
  label = null;
  seed = 42;
  rowIds = { ...FIRST_ROW_IDS };
  batches = new Map();
  problems = [];
  why = null;

  constructor(take = () => undefined) {
    this.take = take;
    this.texts = this.dictionary('text', (bytes) => Buffer.from(bytes).toString());
    this.names = this.dictionary('name', (bytes) => Buffer.from(bytes).toString());
    this.addresses = this.dictionary('address', formatAddress);
  }

  dictionary(kind, format) {
    const known = (this[`${kind}Of`] = new Map());
    return new ByteDictionary(this.seed, 1, (id, bytes, start, end) =>
      known.set(id, format(bytes.slice(start, end))),
    );
  }

  batch(table) {
    let batch = this.batches.get(table.name);
    if (!batch)
      this.batches.set(table.name, (batch = new Batch(table, (full) => this.take(table.name, full))));
    return batch;
  }

  addressId(text) {
    const bytes = parseAddress(text);
    return bytes && this.addresses.idOf(bytes, 0, bytes.length);
  }

  problem(problem) {
    const same = this.problems.find((p) => p.code === problem.code && p.detail === problem.detail);
    if (same) same.count++;
    else this.problems.push({ ...problem, count: 1 });
  }

  seen() {}

  timesAre() {}

  incomplete(why) {
    this.why = why;
  }

  finish() {
    for (const batch of this.batches.values()) batch.flush();
  }
}
