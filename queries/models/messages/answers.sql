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
  sightings.source_id,
  sightings.frame,
  case answers.section when 1 then 'answer' when 2 then 'authority' else 'additional' end as section,
  answers.position,
  name.name,
  coalesce(types.mnemonic, 'TYPE' || answers.type) as type,
  coalesce(classes.mnemonic, 'CLASS' || answers.class) as class,
  answers.ttl,
  texts.text as data
from raw.answers
inner join raw.sightings on sightings.packet_id = answers.packet_id
left join work.name_ids as name on name.raw_id = answers.name_id
left join raw.texts on texts.text_id = answers.data_id
left join raw.codes as types on types.registry = 'type' and types.code = answers.type
left join raw.codes as classes on classes.registry = 'class' and classes.code = answers.class
