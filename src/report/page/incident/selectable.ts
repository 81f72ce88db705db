import type { ResultColumn } from '../../../packs/result.js';
import type { Value } from '../../../packs/value.js';

/** What a row is kept by when a reader selects a time or a workload. */
export interface RowMarks {
  /** From the first time in the row to the last, milliseconds since 1970; null where it has none. */
  span: [number, number] | null;
  /** Number of its workload; null where it is of none that can be selected. */
  who: number | null;
}

/** The workloads that a reader can select, and which rows of tables are theirs. */
export class Selectable {
  readonly workloads: readonly string[];
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly clients: ReadonlyMap<string, number>;

  /** `clients` are rows of the query incident/clients. */
  constructor(clients: readonly { client: string; workload: string }[]) {
    this.workloads = [...new Set(clients.map(({ workload }) => workload))];
    this.numbers = new Map(this.workloads.map((name, i) => [name, i]));
    this.clients = new Map(clients.map(({ client, workload }) => [client, this.numbers.get(workload)!]));
  }

  /** The number of a workload by its name. */
  numberOf(workload: string): number | null {
    return this.numbers.get(workload) ?? null;
  }

  /** Gives the marks of rows with these columns; null where they have neither times nor clients. */
  marker(columns: readonly ResultColumn[]): {
    marks: (row: readonly Value[]) => RowMarks;
    timed: boolean;
    owned: boolean;
  } {
    const times = columns.flatMap(({ type }, i) => (type === 'time' ? [i] : []));
    const client = columns.findIndex(({ name }) => name === 'client');
    const workload = columns.findIndex(({ name }) => name === 'workload');
    const of = (row: readonly Value[]): number | null =>
      this.clients.get(String(row[client])) ?? this.numbers.get(String(row[workload])) ?? null;
    return {
      timed: times.length > 0,
      owned: client >= 0 || workload >= 0,
      marks: (row) => {
        const known = times.map((i) => Date.parse(String(row[i]))).filter((time) => !Number.isNaN(time));
        return { span: known.length === 0 ? null : [Math.min(...known), Math.max(...known)], who: of(row) };
      },
    };
  }
}
