import { u16At } from './octets';

/** The header of the message at hand (RFC 1035, 4.1.1). */
export namespace header {
  export let id: u32 = 0;
  /** The second word: QR, opcode, flags, RCODE. */
  export let flags: u32 = 0;
  export let isResponse: bool = false;
  export let questions: u32 = 0;
  export let answers: u32 = 0;
  export let authorities: u32 = 0;
  export let additionals: u32 = 0;
}

export function readHeader(start: usize): void {
  header.id = u16At(start);
  header.flags = u16At(start + 2);
  header.isResponse = header.flags >= 0x8000;
  header.questions = u16At(start + 4);
  header.answers = u16At(start + 6);
  header.authorities = u16At(start + 8);
  header.additionals = u16At(start + 10);
}
