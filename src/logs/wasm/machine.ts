import { MachinePool } from '../../raw/wasm/machine-pool.js';
import { WasmMachine } from '../../raw/wasm/wasm-machine.js';
import { type Cell, MAP, type RegionName } from './memory-map.js';

/** What the reader exports: assembly/log/lines.ts. */
interface Exports {
  walk(at: number, end: number, rows: number, lines: number, hasPrefix: number, stamp: number): number;
}

/** What the reader asks for: assembly/log/host.ts. */
export interface Host {
  meaningOf(kind: number, at: number, end: number): number;
  minuteStart(at: number): number;
}

/** The reader in WebAssembly with its memory, for one log at a time. */
export class Machine extends WasmMachine<RegionName, Cell, Exports, Host> {
  private constructor(module: WebAssembly.Module) {
    super(module, MAP, ['meaningOf', 'minuteStart']);
  }

  /** One for a log, or null where none can be had. */
  static take(): Machine | null {
    return Machine.pool.take();
  }

  private static readonly pool = new MachinePool<Machine>(
    'logs/wasm/lines.wasm',
    (module) => new Machine(module),
  );

  /** Lets another log have it. */
  release(): void {
    this.rest();
    Machine.pool.give(this);
  }
}
