/** A question that a query asked: name in names, its hash, type, class, and whether recursion was desired. */
export interface Asked {
  readonly nameId: number;
  readonly nameHash: number;
  readonly type: number;
  readonly class: number;
  readonly recursionDesired: boolean;
}

/** Queries remembered at a time; the oldest is forgotten first. */
const REMEMBERED = 1 << 16;

/** The questions of queries seen, since without -vv a response's line does not repeat its question. */
export class AskedQuestions {
  private readonly byQuery = new Map<number, Asked>();

  /** `clientId` is the client's address in addresses: the server may be another one behind translation. */
  remember(clientId: number, port: number, txid: number, asked: Asked): void {
    const key = keyOf(clientId, port, txid);
    this.byQuery.delete(key);
    this.byQuery.set(key, asked);
    if (this.byQuery.size > REMEMBERED) this.byQuery.delete(this.byQuery.keys().next().value!);
  }

  recall(clientId: number, port: number, txid: number): Asked | null {
    return this.byQuery.get(keyOf(clientId, port, txid)) ?? null;
  }
}

/** Exact in a double for 2^21 clients. */
function keyOf(clientId: number, port: number, txid: number): number {
  return (clientId % 2097152) * 4294967296 + port * 65536 + txid;
}
