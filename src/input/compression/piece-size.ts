/** Most bytes given to a decompressor at once. */
const MOST_PIECE = 16384;

/**
 * How much to give to a decompressor that loses the output of a call that fails: at most 1/16 of what it
 * has had, so that a small broken input still gives most of what is in it.
 */
export function pieceSize(position: number): number {
  return Math.min(Math.max(position >> 4, 64), MOST_PIECE);
}
