-- ---
-- title: Answers
-- description: One row per resource record of a message, OPT left out.
-- from: [raw.answers, raw.sightings, raw.texts, raw.codes, work.name_ids]
-- materialized: view
-- columns:
--   frame: frame of the message
--   section: answer, authority or additional
--   name: owner name of the record
--   type: record type, such as CNAME
--   class: record class, such as IN
--   data: record data in presentation form; hex of RFC 3597 for types not known
-- ---
select
  s.source_id,
  s.frame,
  case a.section when 1 then 'answer' when 2 then 'authority' else 'additional' end as section,
  a.position,
  n.name,
  coalesce(t.mnemonic, 'TYPE' || a.type) as type,
  coalesce(c.mnemonic, 'CLASS' || a.class) as class,
  a.ttl,
  d.text as data
from raw.answers as a
inner join raw.sightings as s on s.packet_id = a.packet_id
left join work.name_ids as n on n.raw_id = a.name_id
left join raw.texts as d on d.text_id = a.data_id
left join raw.codes as t on t.registry = 'type' and t.code = a.type
left join raw.codes as c on c.registry = 'class' and c.code = a.class
