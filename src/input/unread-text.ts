/** A form of text that people paste beside or in place of evidence, and that dnslens does not read. */
interface UnreadForm {
  /** What only this form has, tried on the first lines. */
  readonly mark: RegExp;
  /** What it is and what to do: the second half of a sentence. */
  readonly says: string;
}

const PACKETS = 'capture the packets themselves (tcpdump -i any -w FILE port 53)';
const AS_JSON = 'give the objects themselves (kubectl get ... -o json)';

/** The first that fits names the text; forms of one program stand before more general ones. */
const FORMS: readonly UnreadForm[] = [
  {
    mark: /"(?:k8s|runtime)"\s*:\s*\{[^]{0,2000}"(?:qr|netns_id|mntns_id|proc)"\s*:/,
    says: 'is JSON of Inspektor Gadget, but not of its trace_dns, or without the fields qr, src and dst; kubectl gadget run trace_dns -o json has them',
  },
  {
    mark: /^(?:K8S\.NODE|NODE|RUNTIME\.\w+)\s.*\bQR\s/m,
    says: 'is a table of Inspektor Gadget (trace_dns) without SRC, DST and NAME; print with -o json',
  },
  {
    mark: /^(?:\S+ )?\[(?:INFO|WARNING|ERROR|DEBUG|FATAL)\] /m,
    says: 'is a CoreDNS log in a format of its own, of which no line says client, id and result; give the format with --log-format as it stands behind `log` in the Corefile, or give the Corefile too',
  },
  {
    mark: /(?:->|<>) \S+:53 \(ID:\d+\) [^\n]*\b(?:DENIED|Policy denied DROPPED)\b/,
    says: `is what hubble observe prints of packets, and says that a network policy dropped some to port 53 ("DENIED", "Policy denied"); look at the policies of that pod (kubectl get ciliumnetworkpolicies,networkpolicies -A), and print hubble observe --protocol dns -o jsonpb for what was asked`,
  },
  {
    mark: /\(ID:\d+\)\s+(?:->|<-|<>)\s[^\n(]*\(ID:\d+\)|^(?:xx drop|->|<-) .*flow 0x/m,
    says: `is what Cilium (hubble observe, cilium monitor) prints of packets, without DNS in it; print with hubble observe --protocol dns -o jsonpb, or ${PACKETS}`,
  },
  {
    mark: /^(?:->|<-) (?:Request|Response) dns (?:from|to) \d+ \(\[/m,
    says: 'is what cilium monitor prints of DNS, without times, addresses and ids; print with hubble observe --protocol dns -o jsonpb',
  },
  {
    mark: /"req_header"\s*:\s*"\{\\"txid\\"|^[^\n]{0,400}\breq_header\b[^\n]{0,200}\bresp_header\b/m,
    says: `is Pixie's table dns_events, which dnslens does not read; ${PACKETS}`,
  },
  {
    mark: /\bmsg="(?:Question|Answer)" subsystem="syncres"/,
    says: 'is a log of PowerDNS Recursor, which dnslens does not read; let it write dnstap (dnstapFrameStreamServer)',
  },
  {
    mark: /^(?:[^\n]{0,80})\] QNAME: \S+; QTYPE: \S+; QCLASS: /m,
    says: `is a query log of Technitium DNS Server, which dnslens does not read; ${PACKETS}`,
  },
  {
    mark: /^#separator \\x09|"id\.orig_h"\s*:/m,
    says: 'is a log of Zeek other than dns.log; give that one',
  },
  {
    mark: /^\[\d{4}-\d\d-\d\dT[^\]]{5,40}\] "(?:[A-Z]{3,8} |- )/m,
    says: 'is an Envoy access log; it has no DNS in it',
  },
  {
    mark: /^\S+ \S+ \S+ \[\d\d\/\w{3}\/\d{4}:[^\]]{5,30}\] "/m,
    says: "is a web server's access log; it has no DNS in it",
  },
  {
    mark: /^(?:\d \d{12} eni-|version account-id interface-id)/m,
    says: 'is a VPC flow log; it has no DNS messages in it',
  },
  {
    mark: /^\d{1,9} \d\d:\d\d:\d\d\.\d{9} \d+ \S+ \(\d+\) [<>] \w+/m,
    says: `is what sysdig prints; it has no whole packets in it, so ${PACKETS}`,
  },
  {
    mark: /^(?:\[pid +\d+\] |\d+ +)?(?:\d\d:\d\d:\d\d(?:\.\d+)? |\d{10}\.\d+ )?(?:sendto|recvfrom|recvmsg|sendmmsg|sendmsg|connect|socket|poll|openat|execve|read|write)\(.*\) += /m,
    says: `is a trace of system calls (strace); ${PACKETS} while the program runs`,
  },
  {
    mark: /^Chain [\w-]+ \((?:policy \w+|\d+ references)/m,
    says: "are firewall rules (iptables -L); dnslens reads conntrack's output, not rules",
  },
  {
    mark: /^table (?:ip6?|inet|arp|bridge|netdev) \S+ \{/m,
    says: "are firewall rules (nft list ruleset); dnslens reads conntrack's output, not rules",
  },
  {
    mark: /^IP Virtual Server version /m,
    says: 'is a table of IPVS (ipvsadm); give what it is made from: kubectl get svc,endpointslices -A -o json',
  },
  {
    mark: /^\d{1,5}: [\w.@-]{1,40}: <[A-Z,_]{2,80}> mtu \d/m,
    says: 'is a list of interfaces (ip address or ip link); it says nothing of DNS, but ethtool -S INTERFACE is read',
  },
  {
    mark: /^(?:default via |[\d.]{7,15}\/\d{1,2} (?:dev|via) )\S/m,
    says: 'is a list of routes (ip route); it says nothing of DNS',
  },
  {
    mark: /^PING \S+ \(|^traceroute to \S+ \(/m,
    says: `is what ping or traceroute prints, whose packets are no DNS; ${PACKETS}`,
  },
  {
    mark: /^[ \t]{0,20}(?:time_namelookup|namelookup|DNS lookup)[ \t]{0,20}[:=]/im,
    says: `are curl's times (-w), which name neither server nor answer; ${PACKETS} while it runs, or print dig NAME @SERVER`,
  },
  {
    mark: /^\* (?:Could not resolve host|Host \S+ was resolved|Trying [\d.:]+)|^curl: \(\d+\) /m,
    says: `is what curl prints, which names no DNS server; ${PACKETS} while it runs, or print dig NAME @SERVER`,
  },
  {
    mark: /^(?:Linux version |\S+ Linux )\S|^NAME="[^"]{1,60}"\nVERSION=/m,
    says: 'names a system and says nothing of DNS',
  },
  {
    mark: /^\*(?:nat|filter|mangle|raw)\n[^]*^:[A-Z]/m,
    says: "are firewall rules (iptables-save); dnslens reads conntrack's output, not rules",
  },
  {
    mark: /^(?:NAMESPACE\s+)?NAME\s+(?:READY|TYPE|ENDPOINTS|STATUS|DATA|ADDRESSTYPE|DESIRED|CPU)\b/m,
    says: `is a table of kubectl without addresses; ${AS_JSON}, or print it with -o wide`,
  },
  {
    mark: /^Spec:[ \t]{0,20}\r?\n[ \t]{1,20}PodSelector:/m,
    says: 'is a NetworkPolicy as kubectl describe prints it; its rules are read from the objects (kubectl get networkpolicies,pods,svc,endpointslices -A -o json)',
  },
  {
    mark: /^Name:\s+\S+\n(?:Namespace|Labels|Priority|Roles|Annotations):/m,
    says: `is what kubectl describe prints of a kind that says nothing of DNS here; ${AS_JSON}`,
  },
  { mark: /^# (?:HELP|TYPE) \w+/m, says: "are metrics of a program, none of them CoreDNS's or of conntrack" },
  {
    mark: /\bdnsmasq(?:-dhcp)?\[\d+\]: /,
    says: `is a log of dnsmasq without queries; write log-queries=extra in its configuration, or ${PACKETS}`,
  },
  {
    mark: /\bunbound\[\d+:\w+\] \w+: /,
    says: `is a log of unbound without queries; write log-replies: yes in its configuration, or ${PACKETS}`,
  },
  {
    mark: /\bsystemd-resolved(?:\[\d+\])?: /,
    says: `is a log of systemd-resolved without its questions; turn debug on (resolvectl log-level debug) and print journalctl -u systemd-resolved -o short-precise, or ${PACKETS}`,
  },
  {
    mark: /^\[Status\] (?:Command line: (?:dnsperf|resperf)|Sending queries )|^DNS (?:Resolution )?Performance Testing Tool/m,
    says: `is what dnsperf or resperf prints: sums, without what was asked and when; ${PACKETS} while it runs`,
  },
  {
    mark: /\btshark\s[^\n]{0,4000}-T\s*fields/,
    says: 'looks like fields that tshark printed, whose tabs are gone or whose names are not of packets of DNS; print again with -E header=y -E separator=,',
  },
  {
    mark: /^Events:[ \t]{0,40}\r?\n[ \t]{1,20}Type[ \t]{1,40}Reason[ \t]{1,40}Age[ \t]{1,40}From[ \t]/m,
    says: 'are the events that kubectl describe printed, without the object that they are of; print all of it (kubectl describe pod NAME), or kubectl get events -n NAMESPACE',
  },
  {
    mark: /^[ \t]{1,8}(?:Last State|Restart Count):[ \t]{1,20}\S/m,
    says: 'is a part of what kubectl describe printed, without the name of its object; print all of it, from `Name:` on',
  },
  {
    mark: /^TIME\s+PID\s+COMM\s+LATms\s+HOST/m,
    says: `is what bcc's gethostlatency prints, which dnslens does not read; ${PACKETS}`,
  },
  {
    mark: /^[\d.]{1,20}\t(?:[^\t\n]*\t)*(?:\d{1,3}\.){3}\d{1,3}(?:\t|$)/m,
    says: 'looks like fields that tshark printed without their names; print again with -E header=y',
  },
  {
    mark: /^(?:0x)?[\da-f]{4,8}[: ] ?(?: ?[\da-f]{2}){8}/m,
    says: 'is a hex dump; make a pcap of it first (text2pcap IN OUT, or xxd -r)',
  },
  {
    mark: /^\s*<(?:\?xml[^>]*>\s*(?:<[?!][^>]*>\s*){0,4}<)?(?:pdml|psml)\b/i,
    says: "is tshark's XML; print again with -T json",
  },
  {
    mark: /^\s*<(?:!doctype html|html)/i,
    says: 'is an HTML page, perhaps of a login or an error in place of the download',
  },
  { mark: /^\s*<svg|^\s*<\?xml[^>]*>\s*<svg/i, says: 'is an image (SVG), not evidence' },
  { mark: /^\s*<\?xml/i, says: 'is XML, not evidence' },
  {
    mark: /^(?:(?:\d{1,3}(?:\.\d{1,3}){3}|[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}\.)\r?\n){1,50}$/,
    says: 'are addresses alone, as dig +short prints them: they say neither who answered nor how nor after how long; run dig without +short',
  },
  { mark: /^\{\\rtf/, says: 'is a document (RTF); save it as plain text' },
  {
    mark: /EAI_AGAIN|ENOTFOUND|could not be resolved \(\d{1,3}: |UnknownHostException|[Tt]emporary failure in name resolution|Name or service not known|[Cc]ould not resolve host/,
    says: `is a program's log of a lookup that failed, which names no DNS server; ${PACKETS} while it fails, or print dig NAME @SERVER`,
  },
];

/** What a text is that no reader knows, and what to do; null where no form fits. */
export function unreadForm(text: string): string | null {
  return FORMS.find(({ mark }) => mark.test(text))?.says ?? null;
}
