/** Options of resolv.conf by which glibc asks A and AAAA one after the other; with the second also from two sockets. */
export const SINGLE_REQUEST = ['single-request', 'single-request-reopen'] as const;

/** What would be changed; several changes combine. */
export interface Change {
  /** ndots of every client. */
  ndots: number | null;
  /** Names that programs would write with a dot at the end; lower case, without it. */
  fqdn: readonly string[];
  /** Suffixes that no search list would have; lower case, without a dot at the end. */
  without: readonly string[];
  /** CoreDNS walks the search list itself. */
  autopath: boolean;
  /** The option by which glibc asks A and AAAA one after the other. */
  singleRequest: (typeof SINGLE_REQUEST)[number] | null;
  /** A cache on each node. */
  nodelocal: CacheRules | null;
}

/** How long a cache keeps answers, in seconds, whatever their TTL says. */
export interface CacheRules {
  least: number;
  /** Of answers with records. */
  most: number;
  /** Of negative answers. */
  mostNegative: number;
}

/** What the cache plugin keeps at least, and NodeLocal's own Corefile at most; seconds. */
export const NODELOCAL: CacheRules = { least: 5, most: 30, mostNegative: 5 };

/** No change at all. */
export const UNCHANGED: Change = {
  ndots: null,
  fqdn: [],
  without: [],
  autopath: false,
  singleRequest: null,
  nodelocal: null,
};

/** The change in words: `ndots:1 and NodeLocal DNSCache`. */
export function changeText({ ndots, fqdn, without, autopath, singleRequest, nodelocal }: Change): string {
  const parts = [
    ...(ndots === null ? [] : [`ndots:${ndots}`]),
    ...(fqdn.length === 0 ? [] : [`a dot at the end of ${fqdn.join(', ')}`]),
    ...(without.length === 0 ? [] : [`search lists without ${without.join(', ')}`]),
    ...(autopath ? ["CoreDNS's autopath"] : []),
    ...(singleRequest === null ? [] : [singleRequest]),
    ...(nodelocal === null ? [] : ['NodeLocal DNSCache']),
  ];
  return [parts.slice(0, -1).join(', '), parts.at(-1) ?? ''].filter((part) => part !== '').join(' and ');
}

/** The change as parameters of the query what-if/steps. */
export function stepParams({
  ndots,
  fqdn,
  without,
  autopath,
  singleRequest,
  nodelocal,
}: Change): Record<string, string> {
  return {
    ...(ndots === null ? {} : { ndots: String(ndots) }),
    ...(fqdn.length === 0 ? {} : { fqdn: fqdn.join(',') }),
    ...(without.length === 0 ? {} : { without: without.join(',') }),
    autopath: String(autopath),
    single_request: String(singleRequest !== null),
    // NodeLocal's NOTRACK rules take its clients' queries out of conntrack
    no_race: String(nodelocal !== null),
  };
}
