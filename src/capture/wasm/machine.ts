import { MachinePool } from '../../raw/wasm/machine-pool.js';
import { WasmMachine } from '../../raw/wasm/wasm-machine.js';
import { RECENT, type RecentMemory } from '../dns/recent-packets.js';
import { type Cell, MAP, type RegionName } from './memory-map.js';

/** What the decoder exports: assembly/decoder.ts. */
interface Exports {
  begin(seed: number): void;
  beginFile(isBigEndian: number, unitsPerSecond: number, linkType: number): void;
  walk(at: number, end: number): number;
  frame(
    at: number,
    end: number,
    number: number,
    seconds: number,
    nanos: number,
    linkType: number,
    interfaceId: number,
    direction: number,
  ): number;
}

/** What the decoder asks for: assembly/host.ts. */
export interface Host {
  nameId(...facts: number[]): number;
  recordDataId(...facts: number[]): number;
  pathId(...facts: number[]): number;
  shapeId(...facts: number[]): number;
}

/** The decoder in WebAssembly with its memory, for one capture at a time. */
export class Machine extends WasmMachine<RegionName, Cell, Exports, Host> {
  private constructor(module: WebAssembly.Module) {
    super(module, MAP, ['nameId', 'recordDataId', 'pathId', 'shapeId']);
  }

  /** One for a capture, or null where none can be had. */
  static take(): Machine | null {
    return Machine.pool.take();
  }

  private static readonly pool = new MachinePool<Machine>(
    'capture/wasm/decoder.wasm',
    (module) => new Machine(module),
  );

  /** What is remembered of packets, for TypeScript. */
  get recent(): RecentMemory {
    const { at } = MAP.regions.recent_slots;
    const slots = new Int32Array(this.bytes.buffer, at, RECENT.words);
    return { slots, octets: this.region('recent_octets') };
  }

  /** Lets another capture have it. */
  release(): void {
    this.region('recent_slots').fill(0);
    this.rest();
    Machine.pool.give(this);
  }
}
