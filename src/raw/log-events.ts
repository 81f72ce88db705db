/** Every value of `log_events.event`, with what it means. Reports and users' queries rest on these words. */
export const LOG_EVENTS = {
  'upstream-error': 'a query got no answer: the upstream did not answer, refused, or could not be reached',
  'upstream-error-repeated': 'errors that the errors plugin put together (`consolidate`): `count` of them',
  'no-healthy-upstream': 'the forward plugin had no healthy upstream left to ask',
  'max-concurrent': 'the forward plugin refused a query: its `max_concurrent` was reached',
  'query-error': 'a query failed for a reason inside the server, such as a plugin without a next one',
  'upstream-health': 'what the forward plugin says of its upstreams and their health checks',
  'loop-detected': 'the loop plugin found that queries come back, and ended the server',
  listening: 'a server block and the address it listens on',
  version: "the server's version, or the platform it was built for",
  runtime: 'what the Go runtime was set to (GOMAXPROCS)',
  configuration: "the running configuration's hash, or a Corefile that was printed",
  'configuration-warning': 'a part of the configuration that was not found or is odd',
  'reload-started': 'a reload of the configuration began',
  'reload-complete': 'a reload of the configuration is done',
  'reload-failed': 'a reload failed: the old configuration goes on',
  health: 'the health plugin found its own server slow or silent',
  ready: 'plugins that the server waits for before it is ready',
  lameduck: 'the server goes on for a while before it ends',
  shutdown: 'a signal ended the server',
  'kubernetes-api': 'trouble with, or waiting for, the Kubernetes API',
  'client-go': "a line of Kubernetes's client library in klog's form",
  'zone-transfer': 'a zone was loaded, signed or transferred',
  'nodelocal-started': 'NodeLocal DNSCache began, or says what it was given',
  'nodelocal-interface-added': 'NodeLocal DNSCache made its network interface, which was not there',
  'nodelocal-interface-failed': 'NodeLocal DNSCache could not check or make its network interface',
  'nodelocal-rule-added': 'NodeLocal DNSCache put back an iptables rule that was missing',
  'nodelocal-rule-present':
    'NodeLocal DNSCache found an iptables rule in its place (with the debug plugin only)',
  'nodelocal-rule-failed': 'NodeLocal DNSCache could not check or add an iptables rule',
  'nodelocal-configuration': 'NodeLocal DNSCache wrote or reloaded its Corefile',
  'nodelocal-teardown': 'NodeLocal DNSCache takes its interface and rules away',
  panic: 'the server panicked; the stack trace is part of the message',
  fatal: 'the server ended itself',
  plugin: 'any other line of a plugin',
  'kernel-bad-checksum':
    "a line of the kernel's log: it dropped a UDP packet for its checksum; upstream is where that was going",
  'kernel-neighbour-overflow':
    "a line of the kernel's log: its table of neighbours (ARP) was full, and packets were dropped",
  'kernel-no-destination':
    "a line of the kernel's log: kube-proxy's IPVS had no server for the address and port in upstream",
  'kernel-firewall-drop':
    "a line of the kernel's log: a firewall rule that logs (iptables, ufw) dropped a packet to the DNS port of the address in upstream",
  'kernel-martian':
    "a line of the kernel's log: it dropped a packet whose source address cannot come that way; upstream is its destination",
  'killed-for-memory': 'a DNS server was killed for want of memory; upstream is its program or pod',
  'server-restarted':
    'Kubernetes says that a DNS server restarted: `count` times, the last one at the time and for the reason; upstream is its pod',
  'kubernetes-event':
    'an event of Kubernetes that warns of a DNS server, `count` times; upstream is its pod or other object',
  other: "any other line in CoreDNS's form",
} as const;

export type LogEventKind = keyof typeof LOG_EVENTS;
