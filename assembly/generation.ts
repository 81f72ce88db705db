import { cell } from './generated/layout';

/**
 * The generation of what is known: an entry of a cache holds in that in which its id was asked for. The host begins another when it
 * forgets, even while it answers: what it said before is to be asked again then.
 */
export function generation(): u32 {
  return load<u32>(cell.generation);
}
