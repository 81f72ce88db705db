import { column, optional, table } from '../column.js';

export const resolverConfigs = table(
  'resolver_configs',
  "One row per resolver configuration: a resolv.conf or a pod's dnsConfig.",
  {
    source_id: column('UINTEGER', 'the input'),
    line: column('UINTEGER', 'line or item in the input, from 1'),
    owner: optional(
      'VARCHAR',
      'pod or node that it belongs to, as the path, the object or an option names it',
      'name',
    ),
    namespace: optional('VARCHAR', 'namespace of the pod', 'name'),
    origin: column('VARCHAR', 'resolv.conf or dnsConfig', 'own-words'),
    nameservers: column('VARCHAR', 'addresses as a JSON array', 'json'),
    search: column('VARCHAR', 'search list as a JSON array, lower case, no trailing dots', 'json'),
    ndots: optional('INTEGER', 'ndots as written; null where the file does not set it (then 1)'),
    timeout_seconds: optional('INTEGER', 'timeout option as written'),
    attempts: optional('INTEGER', 'attempts option as written'),
    options: column('VARCHAR', 'all options as a JSON array, in order', 'json'),
    policy: optional('VARCHAR', "the pod's dnsPolicy", 'word'),
  },
);

export const corefiles = table('corefiles', 'One row per plugin line of a server block of a Corefile.', {
  source_id: column('UINTEGER', 'the input'),
  line: column('UINTEGER', 'line in the Corefile, from 1'),
  origin: column('VARCHAR', 'the file or ConfigMap it stands in', 'path'),
  block: column('UINTEGER', 'number of the server block, from 0'),
  zones: column('VARCHAR', 'the zones of the block, as a JSON array (`.` is the root)', 'json'),
  port: column('USMALLINT', 'port of the block', 'port'),
  plugin: column('VARCHAR', 'plugin', 'word'),
  arguments: column('VARCHAR', 'arguments of its line, as a JSON array', 'json'),
  options: column('VARCHAR', 'its block as a JSON array of arrays of words', 'json'),
});

export const clusterObjects = table(
  'cluster_objects',
  'One row per address of a Kubernetes object, and one for an object without.',
  {
    source_id: column('UINTEGER', 'the input'),
    kind: column(
      'VARCHAR',
      'Pod, Service, Endpoints, EndpointSlice, Node, Deployment, ReplicaSet, ConfigMap, ...',
      'word',
    ),
    namespace: optional('VARCHAR', 'namespace', 'name'),
    name: column('VARCHAR', 'name', 'name'),
    address: optional('VARCHAR', 'an IP address of it, as in addresses.address', 'address'),
    role: optional(
      'VARCHAR',
      'what the address is: pod, host, cluster, external, endpoint, internal, ...',
      'own-words',
    ),
    node: optional('VARCHAR', 'node that it runs on', 'name'),
    host_network: column('BOOLEAN', "shares the node's addresses"),
    owner_kind: optional('VARCHAR', 'kind of its controlling owner', 'word'),
    owner: optional('VARCHAR', 'name of its controlling owner', 'name'),
    target: optional(
      'VARCHAR',
      'for endpoints: the pod behind the address; for a service: its selector as JSON',
      'json',
    ),
    ports: optional('VARCHAR', 'ports as a JSON array of {name, port, protocol}', 'json'),
    labels: optional('VARCHAR', 'labels as a JSON object', 'json'),
    phase: optional('VARCHAR', "a pod's phase, an endpoint's readiness", 'word'),
    since: optional('TIMESTAMP_NS', 'when it began to hold the address, as far as known'),
    until: optional('TIMESTAMP_NS', 'when it ceased to'),
  },
);

export const networkPolicies = table(
  'network_policies',
  'One row per rule of a NetworkPolicy, one for a direction in which it isolates without a rule, and one for a policy of another kind.',
  {
    source_id: column('UINTEGER', 'the input'),
    kind: column(
      'VARCHAR',
      'NetworkPolicy, or a kind whose rules are not read, such as CiliumNetworkPolicy',
      'word',
    ),
    namespace: optional('VARCHAR', 'namespace', 'name'),
    name: column('VARCHAR', 'name', 'name'),
    direction: optional(
      'VARCHAR',
      'ingress or egress; null for a kind whose rules are not read',
      'own-words',
    ),
    rule: optional(
      'UINTEGER',
      'number of the rule in its direction, from 1; null without: nothing is let through',
    ),
    pod_selector: optional(
      'VARCHAR',
      'the pods that it selects, as a JSON array of {key, op, values}; empty selects all of the namespace',
      'json',
    ),
    ports: optional(
      'VARCHAR',
      'ports that the rule lets through, as a JSON array of {protocol, port or name, end}; null for all',
      'json',
    ),
    peers: optional(
      'VARCHAR',
      'whom the rule lets through, as a JSON array of {pods, namespaces} (selectors, null where there is none) or {cidr, except}; null for everybody',
      'json',
    ),
    since: optional('TIMESTAMP_NS', 'when it was made'),
  },
);

export const collected = table(
  'collected',
  'One row per piece of evidence that `dnslens collect` asked for, whether it came or not.',
  {
    source_id: column('UINTEGER', 'the input: the manifest of what was gathered'),
    what: column('VARCHAR', 'what was asked for', 'line'),
    evidence: column(
      'VARCHAR',
      'captures, counters, logs, metrics, configurations, objects, records or interfaces',
      'own-words',
    ),
    file: column('VARCHAR', 'where it was put, below the folder of the manifest', 'path'),
    node: optional('VARCHAR', 'the node whose clock its times are of', 'name'),
    label: optional('VARCHAR', 'the node or pod that it was taken on', 'name'),
    began: optional('TIMESTAMP_NS', 'when it was asked for, by the clock of the machine that gathered'),
    ended: optional('TIMESTAMP_NS', 'when that ended'),
    bytes: column('BIGINT', 'what came'),
    failed: optional('VARCHAR', 'why it did not come, or not whole; null where it did', 'line'),
  },
);

export const dnsRecords = table(
  'dns_records',
  'One row per value of a record set that a zone should serve, and each time it was listed.',
  {
    source_id: column('UINTEGER', 'the input'),
    origin: column('VARCHAR', 'route53 or external-dns', 'own-words'),
    time: optional('TIMESTAMP_NS', 'when it was listed or changed, UTC'),
    sample: column('UINTEGER', 'number of the listing in its source, from 0'),
    zone: optional('VARCHAR', 'hosted zone', 'name'),
    action: optional(
      'VARCHAR',
      'for external-dns: create, update or delete; with -failed where the zone refused it',
      'own-words',
    ),
    name: column('VARCHAR', 'name as in names.name', 'name'),
    type: column('VARCHAR', 'record type', 'word'),
    ttl: optional('UINTEGER', 'seconds; null for an alias'),
    value: optional('VARCHAR', 'value; for an alias its target', 'record-data'),
    alias: column('BOOLEAN', 'an alias of Route 53'),
    set_id: optional('VARCHAR', 'set identifier of a weighted, latency or other routing policy', 'name'),
    routing: optional('VARCHAR', 'routing policy with its value, such as weight=10', 'line'),
    owner: optional('VARCHAR', "external-dns's owner, from its TXT record", 'name'),
  },
);
