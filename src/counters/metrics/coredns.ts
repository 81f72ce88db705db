/** A metric of CoreDNS that is kept. */
interface KnownMetric {
  readonly about: string;
  readonly isTrouble?: true;
  readonly isLevel?: true;
  readonly isHistogram?: true;
}

/**
 * CoreDNS's metrics by the newest name of each (READMEs of the plugins metrics, cache, forward, health, reload and kubernetes;
 * node-cache's pkg/cache-app). `coredns_proxy_` stands beside `coredns_forward_` since 1.11 and in its place later.
 */
const KNOWN: Readonly<Record<string, KnownMetric>> = {
  coredns_build_info: { about: 'its version, in the labels', isLevel: true },
  coredns_plugin_enabled: { about: 'plugins that are on, by the label name', isLevel: true },
  coredns_panics_total: { about: 'panics', isTrouble: true },
  coredns_dns_requests_total: { about: 'queries that clients sent' },
  coredns_dns_responses_total: { about: 'answers, by rcode' },
  coredns_dns_request_duration_seconds: { about: 'seconds inside the server', isHistogram: true },
  coredns_cache_entries: { about: 'names in the cache', isLevel: true },
  coredns_cache_requests_total: { about: 'queries that asked the cache' },
  coredns_cache_hits_total: { about: 'answers from the cache' },
  coredns_cache_misses_total: { about: 'queries that the cache could not answer' },
  coredns_cache_served_stale_total: { about: 'answers from the cache that were past their TTL' },
  coredns_cache_evictions_total: { about: 'names put out of the cache for want of room' },
  coredns_forward_requests_total: { about: 'queries sent to an upstream' },
  coredns_forward_responses_total: { about: 'answers of an upstream, by rcode' },
  coredns_forward_request_duration_seconds: { about: 'seconds that an upstream took', isHistogram: true },
  coredns_forward_healthcheck_failures_total: {
    about: 'health checks that an upstream failed',
    isTrouble: true,
  },
  coredns_forward_healthcheck_broken_total: {
    about: 'queries for which no upstream was healthy',
    isTrouble: true,
  },
  coredns_forward_max_concurrent_rejects_total: {
    about: 'queries refused because max_concurrent was reached',
    isTrouble: true,
  },
  coredns_proxy_request_duration_seconds: { about: 'seconds that an upstream took', isHistogram: true },
  coredns_proxy_healthcheck_failures_total: {
    about: 'health checks that an upstream failed',
    isTrouble: true,
  },
  coredns_health_request_failures_total: { about: 'health checks of itself that failed', isTrouble: true },
  coredns_reload_failed_total: { about: 'reloads of the configuration that failed', isTrouble: true },
  coredns_kubernetes_rest_client_requests_total: { about: 'requests to the Kubernetes API, by code' },
  coredns_nodecache_setup_errors_total: {
    about: "faults in setting up NodeLocal DNSCache's interface and rules",
    isTrouble: true,
  },
};

/** Names before CoreDNS 1.7.0 (its release notes), and node-cache's own. */
const RENAMED: Readonly<Record<string, string>> = {
  coredns_panic_count_total: 'coredns_panics_total',
  coredns_dns_request_count_total: 'coredns_dns_requests_total',
  coredns_dns_response_rcode_count_total: 'coredns_dns_responses_total',
  coredns_forward_request_count_total: 'coredns_forward_requests_total',
  coredns_forward_response_rcode_count_total: 'coredns_forward_responses_total',
  coredns_forward_healthcheck_failure_count_total: 'coredns_forward_healthcheck_failures_total',
  coredns_forward_healthcheck_broken_count_total: 'coredns_forward_healthcheck_broken_total',
  coredns_forward_max_concurrent_reject_count_total: 'coredns_forward_max_concurrent_rejects_total',
  coredns_health_request_failure_count_total: 'coredns_health_request_failures_total',
  coredns_reload_failed_count_total: 'coredns_reload_failed_total',
  coredns_cache_size: 'coredns_cache_entries',
  coredns_nodecache_setup_errors: 'coredns_nodecache_setup_errors_total',
};

const PART = /^(.+?)(_bucket|_sum|_count)$/;

/** A metric by a name of any version: the newest name with what is known of it; null for those not kept. */
export function knownMetric(
  given: string,
): { name: string; about: string; isTrouble: boolean; isLevel: boolean } | null {
  const part = PART.exec(given);
  const base = part && Object.hasOwn(KNOWN, part[1]!) && KNOWN[part[1]!]!.isHistogram ? part[1]! : given;
  const name = Object.hasOwn(RENAMED, base) ? RENAMED[base]! : base;
  if (!Object.hasOwn(KNOWN, name)) return null;
  const { about, isTrouble, isLevel, isHistogram } = KNOWN[name]!;
  if (isHistogram && base === given) return null;
  return {
    name: isHistogram ? `${name}${part![2]!}` : name,
    about,
    isTrouble: isTrouble ?? false,
    isLevel: isLevel ?? false,
  };
}
