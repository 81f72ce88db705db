// Changes by chance (mutate.js) that nobody can see: what is done in which line, and why it makes no difference.

export const EQUIVALENTS = [
  {
    file: 'queries/models/clients/work.client_facts.sql',
    what: 'min( to max(',
    source: 'min(struct_pack(',
    why: 'which of several pods that had one address is taken does not matter, as long as it is one pod whole',
  },
  {
    file: 'queries/models/ids/work.address_ids.sql',
    what: 'distinct dropped',
    source: "select distinct address as host, string_split(address, '.') as labels",
    why: 'what is found twice is counted once further on; it only spares work',
  },
  {
    file: 'src/logs/wrappers/json-text.ts',
    what: '4096 to one more',
    source: 'bytes = new Uint8Array(4096);',
    why: 'a buffer that grows as it must',
  },
  {
    file: 'src/report/narrow-table.ts',
    what: '1 to one more',
    source: 'return (nameAt === -1 ? null : row[nameAt]!) ?? row[at]!;',
    why: 'a row has nothing at -1 either',
  },
  {
    file: 'queries/models/questions/temp.question_links.sql',
    what: '3 to 4',
    source: 'select *, 3 from at_once',
    why: 'only which of the three is less counts',
  },
];

/** Why a mutant changes nothing that can be seen; undefined where that is not known. */
export function whyEquivalent({ file, what, source }) {
  return EQUIVALENTS.find((one) => one.file === file && one.what === what && one.source === source)?.why;
}
