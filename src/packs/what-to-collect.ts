import { COLLECT } from '../causes/collect-line.js';

/** What to collect so that a table gets rows: the command to run and where. */
const CAPTURE = "a capture of a node: tcpdump -i any -w capture.pcap 'port 53 or icmp or icmp6'";
const SERVER_LOG =
  "CoreDNS's log, with its log plugin on: kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --prefix --timestamps";
const COUNTERS = 'conntrack counters of a node: while sleep 1; do date; conntrack -S; done > conntrack.log';
const NODE_COUNTERS =
  'counters of a node or of CoreDNS: while sleep 5; do date; ethtool -S eth0; netstat -su; curl -s http://POD:9153/metrics; done > counters.log';

const TABLES: Readonly<Record<string, string>> = {
  messages: CAPTURE,
  answers: CAPTURE,
  icmp_errors: CAPTURE,
  encrypted_sessions:
    "a capture of a node with DNS over TLS and HTTPS: tcpdump -i any -w capture.pcap 'port 53 or port 853 or port 443'",
  transactions: CAPTURE,
  questions: CAPTURE,
  retries: CAPTURE,
  twins: CAPTURE,
  lookups: CAPTURE,
  clients: CAPTURE,
  log_queries: SERVER_LOG,
  log_events: SERVER_LOG,
  log_matches: `${CAPTURE}, together with ${SERVER_LOG}`,
  conntrack_counters: COUNTERS,
  conntrack_deltas: COUNTERS,
  conntrack_totals: COUNTERS,
  conntrack_intervals: COUNTERS,
  conntrack_losses: `${CAPTURE}, together with ${COUNTERS}`,
  conntrack_table:
    'how full the conntrack table of a node is: sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max',
  conntrack_flows: 'conntrack entries of a node: conntrack -L -p udp --dport 53',
  counters: NODE_COUNTERS,
  counter_deltas: NODE_COUNTERS,
  counter_series: NODE_COUNTERS,
  probes: 'a question made by hand: dig NAME @SERVER',
  resolver_configs: "a pod's resolver configuration: kubectl exec POD -- cat /etc/resolv.conf",
  corefiles: "CoreDNS's configuration: kubectl -n kube-system describe configmap coredns",
  cluster_objects: "the cluster's objects: kubectl get pods,svc,endpointslices,nodes -A -o json",
  network_policies: "the cluster's network policies: kubectl get networkpolicies -A -o json",
  dns_records: "the zone's records: aws route53 list-resource-record-sets --hosted-zone-id ID --output json",
};

/** What gathers most of it. */
const GATHERED = `what follows at once: ${COLLECT}`;

/** What it does not gather, or only where more is asked of it (--aws). */
const BY_HAND = new Set(['conntrack_flows', 'probes', 'dns_records']);

/** What to collect for these tables, each thing once. */
export function whatToCollect(tables: readonly string[]): string[] {
  const things = tables.map((table) => TABLES[table] ?? `evidence for the table ${table}`);
  const isGathered = tables.some((table) => TABLES[table] !== undefined && !BY_HAND.has(table));
  return [...(isGathered ? [GATHERED] : []), ...new Set(things)];
}
