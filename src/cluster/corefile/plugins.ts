/** CoreDNS's plugins (plugin.cfg of all releases) and the external ones seen in clusters, for telling a Corefile. */
export const PLUGINS: ReadonlySet<string> = new Set(
  (
    'root metadata geoip cancel tls quic https https3 grpc_server timeouts multisocket reload nsid bufsize bind debug trace ' +
    'ready health pprof prometheus errors log dnstap local dns64 acl any chaos loadbalance tsig cache rewrite ' +
    'header dnssec autopath minimal template transfer hosts route53 azure clouddns k8s_external kubernetes file ' +
    'auto secondary etcd loop forward grpc erratic whoami on sign view proxy federation upstream import nomad ' +
    'kubernetai unbound alternate fanout alias k8s_gateway k8s_event mysql redis records blocklist ads dnsredir ' +
    'hosts_file meshname wgsd lighthouse dns_over_https nodecache ens kubeapi multicluster node_resolver'
  ).split(' '),
);
