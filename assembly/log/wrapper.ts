import { behind, CRI, RFC3339 } from './generated/layout';
import { goTo, line } from './line';
import { runEnd } from './runs';
import { readTime, time } from './time';

const DIGIT_TWO: u32 = 50;
const CLOSE: u8 = 93;

/** What lines may have around them, as TypeScript found lately: whether kubectl's prefix, and what with the time. */
export namespace wrapper {
  export let hasPrefix: bool = false;
  export let stamp: u32 = 0;
}

/** Where the name of the pod and container stands that wrote the line; of no octets where nobody says. */
export namespace stream {
  export let at: usize = 0;
  export let length: u32 = 0;
}

/** Takes off what kubectl or a container runtime put before a line. */
export function unwrap(): bool {
  stream.length = 0;
  time.isTold = false;
  if (behind.pod(line.at) != 0 && !readPrefix()) return false;
  return load<u8>(line.at) != DIGIT_TWO || readStamp();
}

/** `[pod/NAME/CONTAINER] `, of kubectl logs --prefix. */
function readPrefix(): bool {
  if (!wrapper.hasPrefix) return false;
  goTo(behind.pod(line.at));
  stream.at = line.at;
  line.at = runEnd(line.at, CLOSE);
  stream.length = <u32>(line.at - stream.at);
  return stream.length > 0 && goTo(behind.prefix(line.at));
}

/** `TIME `, of kubectl logs --timestamps, or `TIME stdout F ` for a line that is whole, of Kubernetes's CRI logging format. */
function readStamp(): bool {
  if (wrapper.stamp == RFC3339) return readTime() && goTo(behind.blank(line.at));
  return wrapper.stamp == CRI && readTime() && goTo(behind.whole(line.at));
}
