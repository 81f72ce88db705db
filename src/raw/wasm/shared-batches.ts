import { type Batch, layoutOf } from '../batch.js';
import type { Columns, Table } from '../column.js';
import type { Sink } from '../sink.js';

/** The memory of a module: where rows of each table lie, and cells with how many there are. */
interface Memory<Name extends string> {
  region(name: Name): Uint8Array<ArrayBuffer>;
  cell(name: `${Name}_rows`): number;
  setCell(name: `${Name}_rows`, value: number): void;
}

/** The batches that a module in WebAssembly and TypeScript write in turn: they lie in the module's memory, in regions of the tables' names. */
export class SharedBatches<Name extends string> {
  /** With the cell that says how many rows each has. */
  private readonly batches: readonly (readonly [`${Name}_rows`, Batch<Columns>])[];

  constructor(
    private readonly memory: Memory<NoInfer<Name>>,
    sink: Sink,
    tables: Readonly<Record<Name, Table>>,
  ) {
    this.batches = Object.entries<Table>(tables).map(([table, columns]) => {
      const name = table as Name;
      const batch = sink.batch(columns);
      batch.moveTo(memory.region(name));
      (batch.data['source_id'] as Uint32Array).fill(sink.sourceId);
      return [`${name}_rows`, batch];
    });
  }

  /** Has the module's cells say how many rows there are. */
  enter(): void {
    for (const [cell, batch] of this.batches) this.memory.setCell(cell, batch.row);
  }

  /** Has the batches say it, for TypeScript. */
  leave(): void {
    for (const [cell, batch] of this.batches) batch.grownTo(this.memory.cell(cell));
  }

  /** Gives back the memory; what rows are in it go with the batches. */
  close(): void {
    for (const [, batch] of this.batches) batch.moveTo(new Uint8Array(layoutOf(batch.table).bytes));
  }
}
