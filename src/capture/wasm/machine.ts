import { existsSync, readFileSync } from 'node:fs';
import { RECENT, type RecentMemory } from '../dns/recent-packets.js';
import { CELLS, type Cell, PAGES, REGIONS } from './memory-map.js';

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
  nameId(text: number, length: number, hash: number): number;
  recordDataId(start: number, at: number, end: number, type: number, klass: number): number;
  pathId(...facts: number[]): number;
  shapeId(...facts: number[]): number;
}

/** The decoder in WebAssembly with its memory, for one capture at a time. */
export class Machine {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly exports: Exports;
  private readonly cells: Int32Array;
  private host: Host | null = null;

  private constructor(module: WebAssembly.Module) {
    const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
    const { buffer } = memory;
    this.bytes = new Uint8Array(buffer);
    this.cells = new Int32Array(buffer, REGIONS.cells.at, CELLS.length);
    const host: Host = {
      nameId: (...facts) => this.host!.nameId(...facts),
      recordDataId: (...facts) => this.host!.recordDataId(...facts),
      pathId: (...facts) => this.host!.pathId(...facts),
      shapeId: (...facts) => this.host!.shapeId(...facts),
    };
    const imports = { env: { memory }, host: { ...host } };
    this.exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
  }

  /** One for a capture, or null where none can be had: an engine without SIMD, or `DNSLENS_WASM=0`. */
  static take(): Machine | null {
    const module = process.env['DNSLENS_WASM'] === '0' ? null : compiled();
    if (module === null) return null;
    const machine = idle.pop() ?? new Machine(module);
    machine.forget();
    return machine;
  }

  /** Has questions go to a host. */
  listen(host: Host): void {
    this.host = host;
  }

  /** What is remembered of packets, for TypeScript. */
  get recent(): RecentMemory {
    const { at } = REGIONS.recent_slots;
    const slots = new Int32Array(this.bytes.buffer, at, RECENT.words);
    return { slots, octets: this.region('recent_octets') };
  }

  /** Lets another capture have it. */
  release(): void {
    this.region('recent_slots').fill(0);
    this.host = null;
    if (idle.length === 0) idle.push(this);
  }

  region(name: keyof typeof REGIONS): Uint8Array<ArrayBuffer> {
    const { at, bytes } = REGIONS[name];
    return this.bytes.subarray(at, at + bytes);
  }

  cell(name: Cell): number {
    return this.cells[PLACES[name]]! >>> 0;
  }

  setCell(name: Cell, value: number): void {
    this.cells[PLACES[name]] = value;
  }

  /** Forgets what a host said, if it is the one that is asked. */
  forgetFor(host: Host): void {
    if (host === this.host) this.forget();
  }

  private forget(): void {
    this.setCell('generation', this.cell('generation') + 1);
  }
}

const PLACES = Object.fromEntries(CELLS.map((name, place) => [name, place])) as Record<Cell, number>;

/** One that the next capture gets. */
const idle: Machine[] = [];
let module: WebAssembly.Module | null | undefined;

function compiled(): WebAssembly.Module | null {
  if (module === undefined) {
    // of the build, for sources that are run as they are too
    const file = new URL('../../../dist/capture/wasm/decoder.wasm', import.meta.url);
    const code = existsSync(file) ? readFileSync(file) : new Uint8Array(0);
    module = WebAssembly.validate(code) ? new WebAssembly.Module(code) : null;
  }
  return module;
}
