import duckdb from '@duckdb/node-bindings';
import { Batch } from '../raw/batch.js';
import { type Column, type ColumnType, type Columns, type Table, WIDTH } from '../raw/column.js';

const TYPE_IDS: Record<ColumnType, duckdb.Type> = {
  BOOLEAN: duckdb.Type.BOOLEAN,
  UTINYINT: duckdb.Type.UTINYINT,
  USMALLINT: duckdb.Type.USMALLINT,
  UINTEGER: duckdb.Type.UINTEGER,
  INTEGER: duckdb.Type.INTEGER,
  UBIGINT: duckdb.Type.UBIGINT,
  BIGINT: duckdb.Type.BIGINT,
  TIMESTAMP_NS: duckdb.Type.TIMESTAMP_NS,
  DOUBLE: duckdb.Type.DOUBLE,
  VARCHAR: duckdb.Type.VARCHAR,
};

/** Appends batches of one raw table to the database, in the transaction that is open on the connection. */
export class TableAppender {
  private readonly appender: duckdb.Appender;
  private readonly chunk: duckdb.DataChunk;
  private readonly columns: [string, Column][];

  /** Appends to a table of schema `raw`, or of `main` in another database that is attached. */
  constructor(connection: duckdb.Connection, table: Table, attached: string | null = null) {
    this.columns = Object.entries(table.columns);
    this.appender = duckdb.appender_create_ext(
      connection,
      attached,
      attached === null ? 'raw' : 'main',
      table.name,
    );
    this.chunk = duckdb.create_data_chunk(
      this.columns.map(([, column]) => duckdb.create_logical_type(TYPE_IDS[column.type])),
    );
  }

  append(batch: Batch<Columns>): void {
    duckdb.data_chunk_reset(this.chunk);
    duckdb.data_chunk_set_size(this.chunk, batch.row);
    this.columns.forEach(([name, column], index) => {
      const vector = duckdb.data_chunk_get_vector(this.chunk, index);
      const bitmap = batch.withNulls.has(name) ? (batch.validity as Record<string, Uint8Array>)[name]! : null;
      if (bitmap) {
        duckdb.vector_ensure_validity_writable(vector);
        duckdb.copy_data_to_vector_validity(
          vector,
          0,
          bitmap.buffer as ArrayBuffer,
          bitmap.byteOffset,
          bitmap.length,
        );
      }
      const data = batch.data[name]!;
      if (column.type === 'VARCHAR') copyStrings(vector, data as string[], batch.row, bitmap);
      else {
        const array = data as Uint8Array;
        duckdb.copy_data_to_vector(
          vector,
          0,
          array.buffer as ArrayBuffer,
          array.byteOffset,
          batch.row * WIDTH[column.type],
        );
      }
    });
    duckdb.append_data_chunk(this.appender, this.chunk);
  }

  /** Lets statements of the same transaction see what was appended. */
  flush(): void {
    duckdb.appender_flush_sync(this.appender);
  }

  close(): void {
    duckdb.appender_close_sync(this.appender);
  }
}

function copyStrings(
  vector: duckdb.Vector,
  strings: string[],
  rows: number,
  bitmap: Uint8Array | null,
): void {
  for (let i = 0; i < rows; i++) {
    if (bitmap && !((bitmap[i >> 3]! >> (i & 7)) & 1)) continue;
    duckdb.vector_assign_string_element(vector, i, strings[i]!);
  }
}
