import { TextDecoder } from 'node:util';

const encoder = new TextEncoder();

/** Makes UTF-8 of a text's chunks: takes a byte order mark off, turns UTF-16 (Windows PowerShell's `>`) around. */
export class TextEncoding {
  private decoder: TextDecoder | null = null;
  private isFirst = true;
  private held = new Uint8Array(0);

  /** The next chunk in UTF-8; empty while too little is there to tell. */
  push(chunk: Uint8Array): Uint8Array {
    if (!this.isFirst) return this.decode(chunk);
    if (this.held.length + chunk.length < 3) {
      this.held = Buffer.concat([this.held, chunk]);
      return chunk.subarray(0, 0);
    }
    return this.begin(this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk);
  }

  /** What is left at the end. */
  finish(): Uint8Array {
    if (this.isFirst) return this.begin(this.held);
    return this.decoder ? encoder.encode(this.decoder.decode()) : new Uint8Array(0);
  }

  private begin(bytes: Uint8Array): Uint8Array {
    this.isFirst = false;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
    if (bytes[0] === 0xff && bytes[1] === 0xfe) this.decoder = new TextDecoder('utf-16le');
    else if (bytes[0] === 0xfe && bytes[1] === 0xff) this.decoder = new TextDecoder('utf-16be');
    return this.decode(bytes);
  }

  private decode(bytes: Uint8Array): Uint8Array {
    return this.decoder ? encoder.encode(this.decoder.decode(bytes, { stream: true })) : bytes;
  }
}
