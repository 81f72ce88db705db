import { REGISTERED } from '../store/macros.js';

/** Functions that models share; they go with the schema `work`. */
export const MODEL_MACROS = [
  // as the sentences of causes have it, with commas between thousands
  "create macro work.counted(number, one, many) as format('{:,} {}', number::BIGINT, case when number = 1 then one else many end)",
  // the first names of a list as a sentence has them, and that there are more
  `create macro work.some_of(names) as coalesce(array_to_string(names[:3], ', ') || case when len(names) > 3 then ' and others' else '' end, '')`,
  // whether a row of the table that a model is made in parts by is of the part that is being made; all are where it is made at once
  "create macro work.in_part(number) as number >= coalesce(getvariable('part_from'), 0) and number < coalesce(getvariable('part_until'), 9223372036854775807)",
  // nanoseconds, which times of captures are, of a limit in seconds
  'create macro work.ns(seconds) as round(seconds * 1e9)::BIGINT',
  // SERVFAIL, NOTIMP and REFUSED, after which resolvers ask again
  'create macro work.is_error(rcode) as rcode in (2, 4, 5)',
  'create macro work.is_servfail(rcode) as rcode = 2',
  'create macro work.is_nxdomain(rcode) as rcode = 3',
  'create macro work.is_refused(rcode) as rcode = 5',
  // there is an answer, or there is no such name
  'create macro work.is_settled(rcode) as rcode in (0, 3)',
  'create macro work.is_truncated(flags) as (flags & 512) > 0',
  // how far a leg lies from the client: of 2 bits, 8 bits, 9 bits and 44 bits of microseconds, as other types than BIGINT are ranked many times slower
  `create macro work.leg_rank(is_response, translated, of_service, hop_limit, nearness, us) as
    case when translated then 4611686018427387904 else 0 end
    + case when of_service then 0 else 2305843009213693952 end
    + case when is_response then hop_limit::BIGINT else 255 - hop_limit::BIGINT end * 9007199254740992
    + (coalesce(nearness, 0) & 511) * 17592186044416
    + case when is_response then 17592186044415 - us else us end`,
  // the code of an ICMP error in the registry, and its name there, or what it has in the place of one
  'create macro work.icmp_code(version, type, code) as version::INTEGER * 65536 + type * 256 + code',
  `create macro work.icmp_name(mnemonic, version, type, code) as
    coalesce(mnemonic, format('ICMP{} type {} code {}', if(version = 6, 'v6', ''), type, code))`,
  // a hop limit that no router has lowered: hosts begin with one of these
  'create macro work.is_first_hop(hop_limit) as hop_limit in (64, 128, 255)',
  // a span as words of a sentence; null where nothing has a time
  `create macro work.span_text(first_at, last_at) as 'from ' || strftime(first_at, '%Y-%m-%d %H:%M:%S') || ' to '
    || case when first_at::DATE = last_at::DATE then strftime(last_at, '%H:%M:%S') else strftime(last_at, '%Y-%m-%d %H:%M:%S') end || ' UTC'`,
  // whether a line of a log was written when no capture ran; false where either has no time
  'create macro work.is_elsewhen(written_at, from_ns, until_ns, reach_ns) as coalesce(epoch_ns(written_at) not between from_ns - reach_ns and until_ns + reach_ns, false)',
  // the node of a place of loss (`on NODE, before ...`); empty where it lies between two
  String.raw`create macro work.node_of(place) as regexp_extract(place, '^on ([^,]+)', 1)`,
  // empty where a name has one label
  `create macro work.zone_of(name) as regexp_extract(name, '${REGISTERED}')`,
  // the loop plugin's own query at a server's start: two random numbers
  String.raw`create macro work.is_loop_probe(name, qtype) as qtype = 13 and regexp_matches(name, '^\d{5,}\.\d{5,}(\.|$)')`,
  // labels, as JSON, that manifests and charts give to CoreDNS, and to a cache on the node (NodeLocal DNSCache)
  String.raw`create macro work.of_coredns(labels) as regexp_matches(labels, '"k8s-app":"(kube-dns|coredns)"')`,
  String.raw`create macro work.of_node_cache(labels) as regexp_matches(labels, '"k8s-app":"node-?local-?dns"')`,
  // a requirement of a selector (Kubernetes, LabelSelectorRequirement); null where the key is one that no label seen has
  `create macro work.requirement_holds(wanted, labels, known_keys) as case
    when labels[wanted.key] is not null then case lower(wanted.op) when 'in' then list_contains(wanted."values", labels[wanted.key]) when 'notin' then not list_contains(wanted."values", labels[wanted.key]) when 'exists' then true when 'doesnotexist' then false end
    when list_contains(known_keys, wanted.key) then case lower(wanted.op) when 'in' then false when 'notin' then true when 'exists' then false when 'doesnotexist' then true end
  end`,
  // whether a selector, a list of requirements, selects what has these labels; null where that cannot be told
  `create macro work.selects(selector, labels, known_keys) as
    case when selector is not null then coalesce(list_bool_and(list_transform(selector, lambda wanted: coalesce(work.requirement_holds(wanted, labels, known_keys), true))), true) end
    and case when len(list_filter(selector, lambda wanted: work.requirement_holds(wanted, labels, known_keys) is null)) = 0 then true end`,
  // whether any is true; null where none is and one is not known
  'create macro work.any_of(truths) as case when list_bool_or(truths) then true when len(list_filter(truths, lambda truth: truth is null)) = 0 then false end',
  // an IPv4 address as a number; null for others
  String.raw`create macro work.ipv4(address) as case when regexp_full_match(address, '(\d{1,3}\.){3}\d{1,3}') then split_part(address, '.', 1)::BIGINT * 16777216 + split_part(address, '.', 2)::BIGINT * 65536 + split_part(address, '.', 3)::BIGINT * 256 + split_part(address, '.', 4)::BIGINT end`,
  // whether a network (ADDRESS/PREFIX) has an address; null where both are of IPv6, unless the network is all of it
  `create macro work.in_network(address, network) as case
    when contains(address, ':') <> contains(network, ':') then false
    when contains(network, ':') then case when network like '%/0' then true end
    else work.ipv4(address) >> (32 - try_cast(string_split(network, '/')[2] as INTEGER)) = work.ipv4(string_split(network, '/')[1]) >> (32 - try_cast(string_split(network, '/')[2] as INTEGER))
  end`,
  // how a query is known to be lost on its way, as the end of a sentence
  `create macro work.lost_how(in_log, reached_server) as case
    when in_log = false then 'the servers'' logs have nearly every answered query, but not this one'
    when reached_server = false then 'it was seen leaving the client, but not on the way on to a server, where others were'
    else 'how far it came, this evidence cannot see'
  end`,
];
