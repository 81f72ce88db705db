/** One end of a flow as a tuple names it. */
interface Tuple {
  src: string;
  dst: string;
  sport: number | null;
  dport: number | null;
}

/** A flow as `conntrack -L`, `-E` or /proc/net/nf_conntrack prints it. */
export interface FlowLine {
  /** What stands before the flow: a date, a prompt's mark. */
  readonly prefix: string;
  readonly event: 'new' | 'update' | 'destroy' | null;
  readonly protocol: string;
  readonly timeout: number | null;
  readonly state: string | null;
  readonly original: Tuple;
  readonly reply: Tuple | null;
  readonly unreplied: boolean;
  readonly assured: boolean;
}

const START =
  /^(.{0,80}?)(?:\[(NEW|UPDATE|DESTROY)\]\s*)?(?:ipv[46]\s+\d+\s+)?\b([a-z][a-z\d-]{1,9})\s+\d{1,3}\s+(?:(\d{1,9})\s+)?(?:([A-Z][A-Z_\d]{2,15})\s+)?(?=src=\S+\s+dst=)/;
const FIELD = /\b(src|dst|sport|dport)=(\S{1,60})/g;

/** Reads a line that conntrack printed for a flow, or null. */
export function readFlow(line: string): FlowLine | null {
  if (line.length > 4096) return null;
  const start = START.exec(line);
  if (!start) return null;
  const tuples: Tuple[] = [];
  const rest = line.slice(start[0].length);
  for (const [, name, value] of rest.matchAll(FIELD)) {
    if (name === 'src') tuples.push({ src: value!, dst: '', sport: null, dport: null });
    const tuple = tuples.at(-1)!;
    if (name === 'dst') tuple.dst = value!;
    else if (name === 'sport') tuple.sport = port(value!);
    else if (name === 'dport') tuple.dport = port(value!);
  }
  const [original, reply] = tuples;
  return {
    prefix: start[1]!,
    event: start[2] ? (start[2].toLowerCase() as 'new' | 'update' | 'destroy') : null,
    protocol: start[3]!,
    timeout: start[4] === undefined ? null : Number(start[4]),
    state: start[5] ?? null,
    original: original!,
    reply: reply ?? null,
    unreplied: rest.includes('[UNREPLIED]'),
    assured: rest.includes('[ASSURED]'),
  };
}

/** Whether one of the flow's ports, before or after translation, is one of these. */
export function hasPort(flow: FlowLine, ports: readonly number[]): boolean {
  const { original, reply } = flow;
  return [original.sport, original.dport, reply?.sport, reply?.dport].some(
    (p) => p != null && ports.includes(p),
  );
}

function port(text: string): number | null {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  return value < 65536 ? value : null;
}
