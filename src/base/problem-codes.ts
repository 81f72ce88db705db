/**
 * Every code of a row in `problems`: what a reader could not read, and what was kept. docs/problems.md is made of it, in
 * these groups; codes that mean the same are one row there.
 */
export const PROBLEMS = {
  'Any input': {
    'cut-archive': 'The archive that the file lay in is cut or broken in it; what came before was read.',
    'cut-gzip': 'The compressed stream ends in its middle; what could be decompressed was read.',
    'cut-zstd': 'The compressed stream ends in its middle; what could be decompressed was read.',
    'cut-xz': 'The compressed stream ends in its middle; what could be decompressed was read.',
    'cut-lz4': 'The compressed stream ends in its middle; what could be decompressed was read.',
    'broken-gzip': 'The compressed stream is damaged; what came before was read.',
    'broken-zstd': 'The compressed stream is damaged; what came before was read.',
    'broken-xz': 'The compressed stream is damaged; what came before was read.',
    'broken-lz4': 'The compressed stream is damaged; what came before was read.',
    'wrong-checksum-zstd':
      'The stream was read, and its checksum says that some of it is not as it was written.',
    'wrong-checksum-lz4':
      'The stream was read, and its checksum says that some of it is not as it was written.',
    'decompression-bomb': 'The stream decompresses to more than its size allows; it was read up to there.',
    'unsupported-xz': 'The xz stream has SHA-256 checks; decompress it first.',
    'file-grew': 'The file was still being written; what was there when reading began was read.',
    'file-shrunk': 'The file became shorter while it was read.',
    'reading-interrupted': 'Reading a pipe was interrupted; what had come by then was read.',
    'more-problems': 'The input has more kinds of problems than are kept apart; the others are counted here.',
    'date-no-zone': 'A date names no time zone; it was taken as UTC.',
    'date-unknown-zone': 'A date names a time zone that is not known; it was taken as UTC.',
    'date-ambiguous-zone': 'The letters of a time zone stand for several; the sentence says which was taken.',
    'date-no-year': 'A date has no year; the last such day before the reading was taken.',
    'date-unknown':
      'Lines tell a time of day, or seconds since another packet, and no date; they were placed on 1970-01-01. Or they tell no time, and only their order is known (`sources.time_base`).',
    'unknown-line': 'A line is of no known form; it was passed over.',
    'long-line': 'A line is longer than a line may be; its beginning was read.',
  },
  'Records of other programs': {
    'message-left-out':
      'A record of dnstap has no DNS message in it: name, type and id are not known. CoreDNS writes them where its Corefile has `full` behind the socket of dnstap.',
    'unreadable-frame':
      'A frame of a dnstap stream holds no message that can be read, or is longer than any; it was passed over.',
  },
  Captures: {
    'cut-file':
      'The capture ends in the middle of a packet or block, as one that is copied while tcpdump writes.',
    'bad-record-length':
      "A packet's length is impossible; reading went on where packets follow one another again.",
    'bad-block':
      'A pcapng block is damaged; reading went on at the next sound block within 16 MiB. Says how many octets were passed over.',
    'malformed-block': 'A pcapng block is too short for its kind; it was passed over.',
    'unknown-interface':
      'A packet is of an interface that its section does not describe; it was passed over.',
    'packet-without-time': 'Simple packet blocks have no time; the time of the packet before was kept.',
    'time-out-of-range':
      'A time is none of 1970 to 2199, by a wrong clock or damage; it was left out, the rest of its row was kept.',
    'link-type-not-read': 'Packets of this link type are counted only.',
    'dns-on-other-port':
      'Well-formed DNS lies on a port that is not read; it was told by its form and read. `--port` reads all of that port.',
    'dns-over-tls': 'DNS over TLS (port 853) is counted only, by server.',
    'dns-over-quic': 'DNS over QUIC (UDP port 853) is counted only, by server.',
    'dns-over-https': 'TLS with a public resolver on port 443, most likely DNS over HTTPS, is counted only.',
    'tunnel-not-opened':
      'Packets of a tunnel that is encrypted, or on a port where it is not looked for, are counted only.',
    'missing-fragments':
      'Fragments of a DNS packet are not in the capture; its header and question were kept.',
    'cut-message':
      "A DNS message was captured only in part (tcpdump's -s); its question and whole records were kept.",
    'malformed-section': 'A message has fewer readable records than its header counts.',
    'malformed-record': "A record's data is not what its type says.",
    'malformed-edns': 'EDNS options do not end where their record ends.',
    'packets-dropped': 'tcpdump said that it dropped packets: what is missing here proves nothing.',
    'not-decoded': 'tcpdump printed packets without what they say; print without -q.',
    'segment-not-decoded':
      'A TCP segment was printed without its messages, or with several that cannot be kept apart.',
    'question-not-printed':
      'A response is printed without its question, and its query is not there; print with -vv or read the capture itself.',
    'address-is-a-name':
      'Addresses are printed as names, each of which was taken for one endpoint; print with -nn.',
    'ports-not-shown': "tshark's packet list shows no ports: sockets of one client cannot be told apart.",
    'not-a-message': 'A packet on a DNS port is printed as no DNS message.',
  },
  Logs: {
    'broken-json': 'A JSON log is cut or damaged.',
    'broken-json-line': 'The JSON around a line is damaged; its text was read, without a time.',
    'broken-query-line': 'A query line is cut or damaged; it was passed over.',
    'cut-query-line': 'A query line ends within its duration; it was kept without one.',
    'unknown-record': 'A JSON record holds no log line of a known form.',
    'unknown-log-line': 'A line of an external-dns log is of no known form.',
  },
  Conntrack: {
    'command-failed':
      'An error stands where counters should be (not root, not installed); the sentence says which.',
    'malformed-row': 'A row of /proc/net/stat/nf_conntrack does not fit its header; it was passed over.',
    'unknown-counter': 'A counter is not known or not readable; the others of its line were kept.',
    'cut-counters': 'A line of conntrack -S is cut; the counters before the cut were kept.',
    'several-instances': 'Metrics of several nodes stand in one input; only those of the first were kept.',
  },
  'Cluster files': {
    'result-without-name':
      'A result of Prometheus names no metric, as what rate() or sum() made. Query the counters themselves.',
    'result-not-of-dns':
      'A result of Prometheus is of a metric that says nothing of DNS; it was passed over.',
    'broken-manifest':
      'A manifest of `dnslens collect` is cut or damaged; what failed when it was gathered is not known.',
    'unknown-json': 'A JSON document is none of the kinds that are read.',
    'json-too-deep': 'A JSON value is past a limit; the rest of it was left out.',
    'json-too-large': 'A JSON value is past a limit; the rest of it was left out.',
    'json-long-string': 'A JSON value is past a limit; the rest of it was left out.',
    'json-duplicate-key': 'An object has a key twice; the last value was kept.',
    'object-too-large': 'An object is larger than any real one; part of it was left out.',
    'bad-object-address': 'An object has an address that is none; it was kept without it.',
    'yaml-object': 'A YAML document is broken, too large or no Kubernetes object; it was passed over.',
    'described-object': 'kubectl describe printed an object of a kind that is not read; it was passed over.',
    'table-row': 'A line is no row of a table with addresses that kubectl prints.',
    'table-cut': 'kubectl left endpoints out of a row (+ N more); the others were kept.',
    'bad-record-set': 'A Route 53 record set has no name or type that can be one; it was left out.',
    'unknown-time-zone': 'A date between listings names a time zone that is not known; it was taken as UTC.',
    'corefile-cut': 'The Corefile ends inside a block.',
    'corefile-syntax': 'Braces or quotes do not fit; the sentence says how it was taken.',
    'corefile-template': "A line is a template's expression, whose value is not in it; it was left out.",
    'corefile-too-long': 'The Corefile is longer than any can be; its beginning was read.',
    'corefile-port': 'A server block has a port over 65535; that key was left out.',
    'corefile-import': 'An import names what is not in the Corefile, imports itself, or comes too often.',
    'corefile-import-cycle':
      'An import names what is not in the Corefile, imports itself, or comes too often.',
    'corefile-import-limit':
      'An import names what is not in the Corefile, imports itself, or comes too often.',
    'no-corefile': 'No server block was found in what is named as a Corefile.',
    'bad-resolver-value': 'A nameserver or option of a resolv.conf or dnsConfig has an impossible value.',
    'unknown-resolver-line': 'A line of a resolv.conf is of no known keyword.',
    'empty-resolver-config': 'A resolv.conf names neither nameserver nor search list.',
  },
} as const;

type Groups = typeof PROBLEMS;

/** The code of a problem. */
export type ProblemCode = { [Group in keyof Groups]: keyof Groups[Group] }[keyof Groups];
