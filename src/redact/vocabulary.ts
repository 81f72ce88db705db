import { PLUGINS } from '../cluster/corefile/plugins.js';
import { OPCODES, RCODES, TYPES } from '../base/registries.js';
import { KEPT_LABELS } from './kept-labels.js';

/** Words that stay where they stand alone; all others are taken for somebody's. */
const words = (...lists: string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(' ')).filter((word) => word !== ''));

/** Of Corefiles (plugins' options), resolv.conf and dnsConfig. */
const CONFIGURATION =
  'lameduck max_concurrent force_tcp prefer_udp policy random round_robin sequential health_check no_rec domain expire ' +
  'max_fails tls tls_servername except failover max_idle_conns max_age next failfast_all_unhealthy_upstreams max_connect_attempts ' +
  'pods disabled insecure verified endpoint kubeconfig namespaces labels endpoint_pod_names fallthrough ttl ' +
  'ignore empty_service multicluster startup_timeout apiserver_qps success denial prefetch serve_stale servfail disable keepttl ' +
  'verify immediate class all error stop name type edns0 answer additional authority rcode value auto exact prefix suffix substring ' +
  'regex match allow block filter drop net consolidate stacktrace show_first zone jitter interval upstream no_reverse ' +
  'in_addr_arpa directory reload stubzones credentials transfer from to notify bufsize weighted path ' +
  'ndots timeout attempts rotate no-check-names inet6 edns0 single-request single-request-reopen no-tld-query use-vc ' +
  'no-reload trust-ad no-aaaa debug';

/** Of Kubernetes: kinds, phases, policies, keys and values of labels and ports. */
const KUBERNETES =
  'pod service endpoints endpointslice node deployment replicaset daemonset statefulset job cronjob configmap ingress ' +
  'replicationcontroller namespace running pending succeeded failed unknown ready not-ready clusterip nodeport loadbalancer ' +
  'externalname clusterfirst clusterfirstwithhostnet default none k8s-app app component tier pod-template-hash ' +
  'controller-revision-hash app.kubernetes.io k8s.io kubernetes.io name version instance managed-by part-of dns dns-tcp ' +
  'key op values in notin exists doesnotexist metadata.name ingress egress end except ' +
  'networkpolicy caliconetworkpolicy ciliumnetworkpolicy ciliumclusterwidenetworkpolicy globalnetworkpolicy adminnetworkpolicy ' +
  'baselineadminnetworkpolicy clusternetworkpolicy ' +
  'metrics port protocol http https grpc tcp udp sctp ipv4 ipv6 internalip externalip';

/** Of conntrack and Route 53. */
const RECORDS =
  'icmp icmpv6 dccp gre udplite syn_sent syn_recv established fin_wait close_wait last_ack time_wait close listen ' +
  'weight latency failover primary secondary multivalue geolocation geoproximity cidr';

/** Flags of replies, levels, and the units that stand apart from their number. */
const SMALL =
  'qr aa tc rd ra ad cd do info warning error fatal panic debug ns us ms s m h kb mb gb kib mib gib';

export const CONFIGURATION_WORDS: ReadonlySet<string> = new Set([
  ...words(CONFIGURATION, KUBERNETES, RECORDS, SMALL),
  ...PLUGINS,
  ...KEPT_LABELS,
  ...[TYPES, RCODES, OPCODES].flatMap((codes) => Object.values(codes).map((code) => code.toLowerCase())),
]);

/** Of CoreDNS's, NodeLocal DNSCache's, client-go's and external-dns's lines, and the reasons of errors in them. */
const LOGS =
  'plugin errors occurred last like running configuration sha512 md5 reloading complete coredns linux darwin amd64 arm64 ' +
  'maxprocs leaving gomaxprocs cpu quota undefined going into mode shutting down sigint sigterm sigusr1 sighup ' +
  'local health request ' +
  'took more than still waiting plugins loop detected query see troubleshooting read write dial lookup connect i o time ' +
  'deadline exceeded connection refused reset peer route host network unreachable healthy unhealthy proxies exceeded maximum ' +
  'forwarder defined cached closed xtables lock holding use operation permitted permission denied broken pipe open files ' +
  'message too long buffer space certificate tls handshake unpacking overflow overflowing header bad rdata opcode pointer ' +
  'found done answered unexpected eof out order response invalid id mismatch context canceled added back rule interface ' +
  'iptables ebtables raw output prerouting input notrack comment dport sport skip conntrack already exists starting image ' +
  'node-cache corefile pidfile config file updated sending signal tearing exiting check untrapped setting up reflector go ' +
  'list watch restart desired change create upsert update delete record records were successfully updated skipping because ' +
  'owner does owns owns-it';

/** Of dnslens's own sentences about what it could not read. */
const SENTENCES =
  'a an and are as at be been before began being between but by can cannot could each end ends every first follow for ' +
  'from had has have how if in inside is it its kept left longer longest may middle more most must named names no none ' +
  'nor not nothing of on one only or other others out over past rest same says shorter should smaller stand stands than that ' +
  'the their them then there these they this those to too under until was were what when where which while who whose will with ' +
  'without would yet ' +
  'address addresses array avail batch beginning bits block blocks brace braces byte bytes capture captures changed character ' +
  'characters checks checksum code column columns command compressed container count counted counter counters cut damaged data date ' +
  'day decompress decompressed decompresses decoded depth dns document documents dropped during edns ending entry equal ' +
  'expression extra field fields file-size files fit fits form forms fragment fragments frame frames gone gzip half has header ' +
  'impossible incomplete input inputs item items its json key keys kind kinds known large larger least length letters level limit ' +
  'line lines link log lz4 many malformed metrics missing month nameserver nameservers nodes number numbers object objects ' +
  'option options packet packets page part pcap pcapng pieces place placed position printed problem problems program question questions ' +
  'quotes reader reading real reassembled resolver row rows sample samples second seconds section sections segment server servers set sets ' +
  'several short size skipped snap source stated stopped stream streams string strings supported taken tcpdump template text texts time times ' +
  'title tool type types unclosed unread utc value values wrong xz yaml year zone zones zstd';

export const PROSE_WORDS: ReadonlySet<string> = new Set([...CONFIGURATION_WORDS, ...words(LOGS, SENTENCES)]);
