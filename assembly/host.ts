/** What only TypeScript knows: ids of what is met for the first time. Its side is src/capture/wasm/host.ts. */

/** The id in names of a name in presentation form, with its hashBytes. */
export declare function nameId(text: usize, length: u32, hash: u32): u32;

/** The id in texts of a record's data at `at` up to `end` of the message that starts at `start`; -1 if it is not what its type says. */
export declare function recordDataId(start: usize, at: usize, end: usize, type: u32, klass: u32): i32;

/** The id of a path; its client's address is left in cells. */
export declare function pathId(
  src: usize,
  dst: usize,
  addressLength: u32,
  srcPort: u32,
  dstPort: u32,
  hopLimit: u32,
  interfaceId: u32,
  hasIndex: bool,
  direction: u32,
  isResponse: bool,
): u32;

/** The id of a shape with one question; `ednsSize` is -1 without EDNS. */
export declare function shapeId(
  flags: u32,
  rcode: u32,
  qclass: u32,
  answers: u32,
  authorities: u32,
  additionals: u32,
  ednsSize: i32,
  dnssecOk: u32,
): u32;
