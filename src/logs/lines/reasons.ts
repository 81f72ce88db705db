/** Why an upstream failed, in few words: Go's and CoreDNS's texts without addresses, numbers and wrappings. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/i\/o timeout|deadline exceeded|Client\.Timeout/, 'i/o timeout'],
  [/connection refused/, 'connection refused'],
  [/connection reset/, 'connection reset'],
  [/no route to host/, 'no route to host'],
  [/network is unreachable/, 'network is unreachable'],
  [/host is (?:down|unreachable)/, 'host is unreachable'],
  [/no healthy (?:proxies|upstreams?)|unhealthy|no (?:healthy )?upstream host/, 'no healthy proxies'],
  [/concurrent queries exceeded maximum/, 'concurrent queries exceeded maximum'],
  [/no forwarder defined/, 'no forwarder defined'],
  [/cached connection was closed/, 'cached connection was closed by peer'],
  [/xtables lock/, 'xtables lock in use'],
  [/operation not permitted/, 'operation not permitted'],
  [/permission denied/, 'permission denied'],
  [/no such host|server misbehaving/, 'no such host'],
  [/broken pipe/, 'broken pipe'],
  [/too many open files/, 'too many open files'],
  [/message too long/, 'message too long'],
  [/no buffer space/, 'no buffer space available'],
  [/x509|certificate/, 'certificate not accepted'],
  [/tls:|handshake/, 'tls handshake failed'],
  [
    /overflow(?:ing)? (?:unpacking|header)|bad rdata|bad rcode|bad opcode|bad pointer|dns: /,
    'malformed message',
  ],
  [/no next plugin found/, 'no next plugin found'],
  [/plugin done|no plugin/, 'no plugin answered'],
  [/use of closed network connection/, 'connection closed'],
  [/unexpected EOF|\bEOF\b/, 'EOF'],
  [/out of order response|invalid (?:query|response)|ID mismatch|id mismatch/i, 'response of another query'],
  [/context canceled/, 'context canceled'],
  [/SERVFAIL|REFUSED|unexpected rcode/, 'bad rcode'],
];

const PAIR = /->(\S{1,80}:\d{1,5})(?=:|\s|$)/;
const DIALLED = /\b(?:dial|select|lookup|connect) \S{1,8} (\S{1,80}:\d{1,5})(?=:|\s|$)/;
const BRACKETED = /->(<[^>]{1,64}>:\d{1,5})/;

/** The reason of an error text; texts of no known kind are kept, with digits masked. */
export function reasonOf(error: string): string {
  for (const [pattern, reason] of REASONS) if (pattern.test(error)) return reason;
  return error.trim().replace(/\d+/g, 'N').slice(0, 120);
}

/** The address and port that an error text says was asked, or null. */
export function upstreamOf(error: string): string | null {
  return (PAIR.exec(error) ?? DIALLED.exec(error) ?? BRACKETED.exec(error))?.[1] ?? null;
}
