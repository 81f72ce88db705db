import type { MemoryMap } from './memory-map.js';

/** The cell that counts how often all that caches know was forgotten. */
const GENERATION = 'generation';
export type GenerationCell = typeof GENERATION;

/** What a module asks for. */
type Questions<Host> = { [Question in keyof Host]: (...facts: number[]) => number };

/** A module in WebAssembly with its memory, for one input at a time. */
export class WasmMachine<
  Name extends string,
  Cell extends string,
  Exports extends object,
  Host extends Questions<Host>,
> {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly exports: Exports;
  private readonly cells: Int32Array;
  private readonly places: ReadonlyMap<Cell | GenerationCell, number>;
  private host: Host | null = null;

  constructor(
    module: WebAssembly.Module,
    private readonly map: MemoryMap<Name | 'cells', Cell | GenerationCell>,
    /** Names of what it asks its host for. */
    questions: readonly (keyof Host & string)[],
  ) {
    const memory = new WebAssembly.Memory({ initial: map.pages, maximum: map.pages });
    this.bytes = new Uint8Array(memory.buffer);
    this.cells = new Int32Array(memory.buffer, map.regions.cells.at, map.cells.length);
    this.places = new Map(map.cells.map((name, place) => [name, place]));
    const ask = (question: keyof Host) =>
      (...facts: number[]) => this.host![question](...facts); // prettier-ignore
    const host = Object.fromEntries(questions.map((question) => [question, ask(question)]));
    const imports = { env: { memory }, host };
    this.exports = new WebAssembly.Instance(module, imports).exports as Exports;
  }

  /** Begins another input: questions go to a host, and nothing is known. */
  listen(host: Host): void {
    this.host = host;
    this.forget();
  }

  /** Ends the input: no question is expected. */
  rest(): void {
    this.host = null;
  }

  region(name: Name | 'cells'): Uint8Array<ArrayBuffer> {
    const { at, bytes } = this.map.regions[name];
    return this.bytes.subarray(at, at + bytes);
  }

  cell(name: Cell | GenerationCell): number {
    return this.cells[this.places.get(name)!]! >>> 0;
  }

  setCell(name: Cell | GenerationCell, value: number): void {
    this.cells[this.places.get(name)!] = value;
  }

  /** Forgets what a host said, if it is the one that is asked. */
  forgetFor(host: Host): void {
    if (host === this.host) this.forget();
  }

  private forget(): void {
    this.setCell(GENERATION, this.cell(GENERATION) + 1);
  }
}
