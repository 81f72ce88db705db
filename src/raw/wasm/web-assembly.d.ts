/** What is used of WebAssembly's interface for JavaScript, which TypeScript declares with the DOM alone. */
declare namespace WebAssembly {
  function validate(code: Uint8Array): boolean;
  class Module {
    constructor(code: Uint8Array);
    readonly [Symbol.toStringTag]: string;
  }
  class Memory {
    constructor(pages: { initial: number; maximum: number });
    readonly buffer: ArrayBuffer;
  }
  class Instance {
    constructor(module: Module, imports: Record<string, object>);
    readonly exports: object;
  }
}
