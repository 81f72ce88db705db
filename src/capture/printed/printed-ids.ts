import { endpointBytes } from '../../base/address.js';
import { hashBytes } from '../../raw/hash.js';
import type { Sink } from '../../raw/sink.js';

/** An id in a dictionary, with the hashBytes of what it is of. */
export interface Hashed {
  readonly id: number;
  readonly hash: number;
}

/** Ids of what tools print as text. */
export class PrintedIds {
  private readonly encoder = new TextEncoder();

  constructor(private readonly sink: Sink) {}

  /** Of an address, or of the name that stands for one, in addresses. */
  endpoint(text: string): Hashed {
    const bytes = endpointBytes(text);
    return {
      id: this.sink.addresses.idOf(bytes, 0, bytes.length),
      hash: hashBytes(bytes, 0, bytes.length, this.sink.seed),
    };
  }

  /** Of a name in presentation form, in names. */
  name(text: string): Hashed {
    const bytes = this.encoder.encode(text);
    const hash = hashBytes(bytes, 0, bytes.length, this.sink.seed);
    return { id: this.sink.names.idOfHashed(bytes, 0, bytes.length, hash), hash };
  }

  /** Of an interface's name, in texts; 0 without. */
  interface(name: string | null): number {
    return name === null ? 0 : this.sink.texts.idOfText(name);
  }
}
