/**
 * The frame being taken apart: its octets at hand are those from `at` up to `end`. A layer reads its header, moves
 * them to what follows, and returns whether the frame is still of the common form.
 */
export namespace packet {
  /** Number of the frame, from 1, and when it was captured, in nanoseconds since 1970. */
  export let number: u32 = 0;
  export let time: u64 = 0;
  /** LINKTYPE_ value. */
  export let linkType: u32 = 0;
  /** Id of the interface's name in texts, or its index where the link layer says that alone. */
  export let interfaceId: u32 = 0;
  export let hasIndex: bool = false;
  /** Index into DIRECTIONS. */
  export let direction: u32 = 0;

  export let at: usize = 0;
  export let end: usize = 0;

  /** Where the addresses are, 4 or 16 octets each. */
  export let src: usize = 0;
  export let dst: usize = 0;
  export let isV6: bool = false;
  /** IPv4 identification, or -1. */
  export let ipId: i32 = -1;
  export let hopLimit: u32 = 0;
  export let srcPort: u32 = 0;
  export let dstPort: u32 = 0;
}
