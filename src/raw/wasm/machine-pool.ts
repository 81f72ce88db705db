import { compiled } from './compiled.js';

/** Machines of one module of the build: each is for one input at a time, and then for the next. */
export class MachinePool<Machine> {
  private idle: Machine | null = null;

  constructor(
    /** The module's path in dist/. */
    private readonly path: string,
    private readonly make: (module: WebAssembly.Module) => Machine,
  ) {}

  /** One that is free, or null where none can be had. */
  take(): Machine | null {
    const module = compiled(this.path);
    if (module === null) return null;
    const machine = this.idle ?? this.make(module);
    this.idle = null;
    return machine;
  }

  give(machine: Machine): void {
    this.idle = machine;
  }
}
