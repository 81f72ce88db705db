/** Places of the table; a power of two. */
const PLACES = 1 << 18;
/** Queries that are followed at a time. */
const MOST = 3 << 16;

/** A query that waits for its answer. */
export interface OpenQuery {
  /** When it was asked first; seconds since 1970. */
  since: number;
  client: number;
  name: number;
}

/** What an attempt is: the first, the same again elsewhere (a copy), or one after a gap of so many seconds. */
export type Attempt = 'first' | 'copy' | 'not-followed' | number;

/** Of one query that is seen twice within so many seconds, the second is the same packet in another place. */
const COPY_SECONDS = 0.2;

/** Queries without an answer by their message keys: an open-addressing table over typed arrays, of a fixed size. */
export class OpenQueries {
  private readonly low = new Uint32Array(PLACES);
  private readonly high = new Uint32Array(PLACES);
  /** When it was asked first and last; 0 where the place is free. */
  private readonly first = new Float64Array(PLACES);
  private readonly last = new Float64Array(PLACES);
  private readonly clients = new Uint32Array(PLACES);
  private readonly names = new Uint32Array(PLACES);
  size = 0;

  ask(low: number, high: number, time: number, client: number, name: number): Attempt {
    const at = this.place(low, high);
    if (this.first[at] !== 0) {
      const gap = time - this.last[at]!;
      if (Math.abs(gap) < COPY_SECONDS) return 'copy';
      this.last[at] = time;
      return gap;
    }
    if (this.size === MOST) return 'not-followed';
    this.put(at, low, high, time, time, client, name);
    this.size++;
    return 'first';
  }

  /** Seconds since it was asked first; null where it is not open: a second copy, or asked before. */
  answer(low: number, high: number, time: number): number | null {
    const at = this.place(low, high);
    const since = this.first[at]!;
    if (since === 0) return null;
    this.free(at);
    return Math.max(0, time - since);
  }

  /** Gives up those that were asked last before a time, and says how many. */
  giveUp(before: number): number {
    const stay: number[] = [];
    let gone = 0;
    for (let at = 0; at < PLACES; at++) {
      if (this.first[at] === 0) continue;
      if (this.last[at]! < before) gone++;
      else stay.push(at);
    }
    if (gone === 0) return 0;
    const kept = stay.map(
      (at) =>
        [
          this.low[at]!,
          this.high[at]!,
          this.first[at]!,
          this.last[at]!,
          this.clients[at]!,
          this.names[at]!,
        ] as const,
    );
    this.first.fill(0);
    for (const [low, high, first, last, client, name] of kept)
      this.put(this.place(low, high), low, high, first, last, client, name);
    this.size = kept.length;
    return gone;
  }

  /** Those that were asked first before a time, the oldest first. */
  oldest(before: number, most: number, wanted: (query: OpenQuery) => boolean = () => true): OpenQuery[] {
    const found: OpenQuery[] = [];
    for (let at = 0; at < PLACES; at++) {
      const since = this.first[at]!;
      if (since === 0 || since >= before) continue;
      const query = { since, client: this.clients[at]!, name: this.names[at]! };
      if (!wanted(query)) continue;
      found.push(query);
      if (found.length >= 2 * most + 1000) shorten(found, most);
    }
    return shorten(found, most);
  }

  /** Adds how many were asked first before a time to the counts by client. */
  countByClient(before: number, counts: Uint32Array): void {
    for (let at = 0; at < PLACES; at++) {
      const since = this.first[at]!;
      if (since !== 0 && since < before) counts[this.clients[at]!]!++;
    }
  }

  private put(
    at: number,
    low: number,
    high: number,
    first: number,
    last: number,
    client: number,
    name: number,
  ): void {
    this.low[at] = low;
    this.high[at] = high;
    this.first[at] = first;
    this.last[at] = last;
    this.clients[at] = client;
    this.names[at] = name;
  }

  /** Where a key stands, or would. Keys are seeded hashes already. */
  private place(low: number, high: number): number {
    let at = (low ^ high) & (PLACES - 1);
    while (this.first[at] !== 0 && (this.low[at] !== low || this.high[at] !== high))
      at = (at + 1) & (PLACES - 1);
    return at;
  }

  /** Takes one out and moves those after it up, so that no search ends too early. */
  private free(at: number): void {
    this.size--;
    let hole = at;
    let next = at;
    for (;;) {
      this.first[hole] = 0;
      for (;;) {
        next = (next + 1) & (PLACES - 1);
        if (this.first[next] === 0) return;
        const home = (this.low[next]! ^ this.high[next]!) & (PLACES - 1);
        const between = hole <= next ? hole < home && home <= next : hole < home || home <= next;
        if (!between) break;
      }
      this.put(
        hole,
        this.low[next]!,
        this.high[next]!,
        this.first[next]!,
        this.last[next]!,
        this.clients[next]!,
        this.names[next]!,
      );
      hole = next;
    }
  }
}

function shorten(queries: OpenQuery[], most: number): OpenQuery[] {
  queries.sort((a, b) => a.since - b.since);
  queries.length = Math.min(queries.length, most);
  return queries;
}
