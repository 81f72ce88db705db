/** Clients that are told apart; all others are one. */
const MOST = 4096;
/** Seconds over which a client's loads are shown. */
const HALF_LIFE = 10;

/** What one client asks. */
export interface ClientLoad {
  address: string;
  /** Queries in a second, of late. */
  rate: number;
  nxdomainShare: number;
  slow: number;
  /** Open for a second or longer. */
  open: number;
}

/** What each client asked of late: counts that fade, so that no list of times is kept. */
export class Clients {
  private readonly indices = new Map<string, number>();
  readonly addresses: string[] = ['others'];
  private readonly queries = new Float64Array(MOST);
  private readonly nxdomain = new Float64Array(MOST);
  private readonly answers = new Float64Array(MOST);
  private readonly slow = new Float64Array(MOST);
  private faded = 0;
  readonly open = new Uint32Array(MOST);

  indexOf(address: string): number {
    const known = this.indices.get(address);
    if (known !== undefined) return known;
    if (this.addresses.length === MOST) return 0;
    this.indices.set(address, this.addresses.length);
    return this.addresses.push(address) - 1;
  }

  asked(client: number): void {
    this.queries[client]!++;
  }

  answered(client: number, isNxdomain: boolean, isSlow: boolean): void {
    this.answers[client]!++;
    if (isNxdomain) this.nxdomain[client]!++;
    if (isSlow) this.slow[client]!++;
  }

  /** Lets counts fade up to a time, in seconds. */
  fade(now: number): void {
    if (this.faded === 0 || now < this.faded) this.faded = now;
    const factor = 0.5 ** ((now - this.faded) / HALF_LIFE);
    this.faded = now;
    if (factor === 1) return;
    for (const counts of [this.queries, this.nxdomain, this.answers, this.slow])
      for (let i = 0; i < this.addresses.length; i++) counts[i]! *= factor;
  }

  /** Those with most open and slow, then with most queries. */
  top(most: number, wanted: (address: string) => boolean): ClientLoad[] {
    const loads: ClientLoad[] = [];
    for (const [i, address] of this.addresses.entries()) {
      if (this.queries[i]! < 0.05 && this.open[i] === 0) continue;
      if (!wanted(address)) continue;
      const answers = this.answers[i]!;
      loads.push({
        address,
        // a steady rate r fades to r * half-life / ln 2
        rate: (this.queries[i]! * Math.LN2) / HALF_LIFE,
        nxdomainShare: answers < 0.05 ? 0 : this.nxdomain[i]! / answers,
        slow: this.slow[i]!,
        open: this.open[i]!,
      });
    }
    loads.sort(
      (a, b) =>
        b.open - a.open ||
        Math.round(b.slow) - Math.round(a.slow) ||
        b.rate - a.rate ||
        (a.address < b.address ? -1 : 1),
    );
    return loads.slice(0, most);
  }
}
