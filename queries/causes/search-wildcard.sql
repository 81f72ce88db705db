-- ---
-- title: Wildcard in a search suffix
-- description: >
--   A domain of the search list answers for names that are none of its (`*.corp.example`), so that walks end there and
--   programs reach the wrong host. Confirmed when every name of several that walked past the suffix was answered there,
--   with the same address or though it was a name of the cluster; likely without the addresses. A suffix that denies
--   other names is none.
-- kind: fault
-- hits: names
-- precedence: 125
-- params:
--   least: {default: 3, unit: names, description: names of two labels or more that the suffix must answer,
--     source: "chosen: an organisation may have a name or two that look like another's"}
--   few: {default: 2, unit: names, description: "the same, to doubt it",
--     source: "chosen: one may be a name of its own"}
--   chances: {default: 3, unit: names,
--     description: "names that a suffix denied, none answered, that it takes to say that it has no wildcard",
--     source: "a wildcard answers all"}
-- change:
--   - "Take the suffix out of the search list (dnsConfig.searches, the node's resolv.conf, DHCP options), or the
--       wildcard record out of the zone."
--   - "Until then: a trailing dot for external names has the real name asked first; so has a lower ndots (dnslens
--       what-if --ndots N says what it would break)."
-- collect:
--   - "kubectl exec POD -- cat /etc/resolv.conf"
--   - "tcpdump -i any -w node.pcap port 53   # on the node"
-- look: [search/suffixes, search/walks]
-- ---

-- --- signs
-- a lookup has the number of its first transaction
select
  l.lookup_id as transaction_id,
  l.lookup_id,
  'example' as strength,
  format('{} was answered at the search suffix {}, before the name itself was asked', l.name, any_value(h.suffix))
    as reason
from work.wildcard_steps as h
inner join work.wire_lookups as l on l.lookup_id = h.lookup_id
where h.suffix in (select w.suffix from work.wildcard_suffixes as w where w.answered >= $few and w.denied = 0)
group by l.lookup_id, l.name;

-- --- numbers
with judged as (
  select
    *,
    answered >= $least and denied = 0 and (of_cluster > 0 or one_address and ends > 1) as sure,
    answered >= $few and denied = 0 as doubtful,
    format('{:,} names were answered at the search suffix {}', answered, suffix) as story
  from work.wildcard_suffixes
),
-- the newest listing of each zone that holds the suffix, the smallest zone of them
listings as (
  select zone, max((source_id, sample)) as newest
  from raw.dns_records
  where origin = 'route53' and zone is not null
  group by zone
),
chosen as (
  select s.suffix, arg_max(l.zone, length(l.zone)) as zone, arg_max(l.newest, length(l.zone)) as newest
  from (select arg_max(suffix, answered) filter (where sure) as suffix from judged) as s
  inner join listings as l on l.zone = s.suffix or ends_with(s.suffix, '.' || l.zone)
  group by s.suffix
),
wildcards as (
  select
    c.suffix,
    c.zone,
    d.name,
    d.type,
    max(d.ttl) as ttl,
    list(d.value order by d.value) as record_values,
    -- a set with an alias or a routing policy has more to it than is kept
    bool_or(d.alias or d.routing is not null or d.set_id is not null or d.ttl is null or d.value is null) as has_more
  from chosen as c
  inner join raw.dns_records as d on d.origin = 'route53' and d.zone = c.zone and (d.source_id, d.sample) = c.newest
  where d.type in ('A', 'AAAA') and d.name like '*.%' and ends_with('.' || c.suffix, substr(d.name, 2))
  group by c.suffix, c.zone, d.name, d.type
),
-- the wildcard whose values were answered at the suffix
answering as (
  select w.name
  from wildcards as w
  inner join work.wildcard_steps as s on s.suffix = w.suffix and s.answered
  where list_has_any(w.record_values, string_split(s.addresses, ' '))
  group by w.name
  order by length(w.name) desc, w.name
  limit 1
),
records as (
  select
    max(zone) as zone,
    case
      when bool_or(has_more) then []
      else list(to_json({name: name, type: type, ttl: ttl, record_values: record_values})::VARCHAR order by type)
    end as wild_records
  from wildcards
  where name in (from answering)
)
select
  (select zone from records) as wild_zone,
  coalesce((select wild_records from records), []) as wild_records,
  count(*) filter (where sure) as wild,
  count(*) filter (where doubtful and answered >= $least) as all_answer,
  count(*) filter (where doubtful) as few_answer,
  arg_max(suffix, answered) filter (where doubtful) as suffix,
  coalesce(arg_max(answered, answered) filter (where doubtful), 0) as answered,
  coalesce(arg_max(lookups, answered) filter (where doubtful), 0) as lookups,
  arg_max(examples, answered) filter (where doubtful) as examples,
  coalesce(arg_max(of_cluster, answered) filter (where doubtful), 0) as of_cluster,
  coalesce(bool_or(one_address) filter (where sure), false) as one_address,
  coalesce(sum(denied), 0)::BIGINT as denied,
  count(*) filter (where denied >= $chances) as denying,
  count(*) as suffixes
from judged;

-- --- rules
-- answers-for-all:
--   when: wild > 0
--   verdict: confirmed
--   say: "the search suffix {suffix} answers for names that are none of its: all {answered|name|names} that walked past
--     it, such as {examples}, were answered there in {lookups|lookup|lookups}, so that programs reach another host"
-- answered-all:
--   when: all_answer > 0
--   verdict: likely
--   say: "the search suffix {suffix} answered for all {answered|name|names} that walked past it, such as {examples}, in
--     {lookups|lookup|lookups}; as a wildcard does"
-- answered-few:
--   when: few_answer > 0
--   verdict: possible
--   say: "the search suffix {suffix} answered for all {answered|name|names} that walked past it, such as {examples};
--     these may be names of its own"
-- denies:
--   when: denying > 0 and denying = suffixes
--   verdict: ruled_out
--   say: "search suffixes outside of the cluster denied {denied|name|names} of other domains"
-- nothing-seen:
--   when: otherwise
--   verdict: no_evidence
--   say: "no search suffix outside of the cluster was walked past by enough names"

-- --- findings
-- - when: few_answer > 0 and of_cluster > 0
--   say: "{of_cluster|of these names is|of these names are} the cluster's own"
-- - when: wild > 0 and one_address
--   say: "the answers hold the same addresses whatever the name"

-- --- fix
-- - title: Take the suffix out of the search list of the workloads that were hit
--   when: wild > 0
--   pods: {without: suffix}
--   what_if: nothing
--   risk: The workload's pods are made anew; dnsPolicy None does not follow later changes of the cluster's DNS address
--     or domain. Short names that only this suffix completes stop to resolve.
-- - title: Take the wildcard record out of the Route 53 zone that has it
--   when: wild > 0 and len(wild_records) > 0
--   route53: {delete: wild_records, zone: wild_zone}
--   what_if: nothing
--   risk: Every name below the wildcard that has no record of its own stops to resolve, for all who ask this zone;
--     dnslens report external/records has those that were asked in this evidence.
-- - title: Look up the wildcard record, to take it out of its zone
--   when: wild > 0 and len(wild_records) = 0
--   shell: |
--     dig +noall +answer no-such-name.{{suffix}} @{{service}}   # what it answers
--     # where Route 53 serves {{suffix}}: the records; with them in the evidence (dnslens collect --aws) the change is written out here
--     aws route53 list-resource-record-sets --hosted-zone-id {{hosted_zone_id}} --output json
--   what_if: nothing
--   risk: None; this looks only. Once the record is gone, every name below it that has no record of its own stops to
--     resolve.
