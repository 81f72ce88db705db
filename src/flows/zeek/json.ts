import { textAt, textsAt, valueAt } from '../../base/loose-json.js';
import type { FlowRecord } from '../flow.js';
import { flowReader } from '../flow-reader.js';
import { readZeekRow } from './record.js';

/** dns.log as JSON lines (`LogAscii::use_json`). */
function readRecord(record: object): FlowRecord | null {
  // other logs of Zeek's have the same ends
  if (!Object.hasOwn(record, 'id.orig_h') || !Object.hasOwn(record, 'trans_id')) return null;
  const numbers = (field: string) =>
    Array.isArray(valueAt(record, field)) ? (valueAt(record, field) as unknown[]).map(String) : [];
  return readZeekRow({
    text: (field) => textAt(record, field),
    list: (field) => (field === 'TTLs' ? numbers(field) : textsAt(record, field)),
  });
}

export const zeekJson = flowReader({
  kind: 'zeek-dns-json',
  title: "Zeek's dns.log in JSON",
  about: {
    sample:
      '{"ts":1767323045.1,"id.orig_h":"10.1.1.2","id.orig_p":40000,"id.resp_h":"10.9.0.10","id.resp_p":53,"proto":"udp","trans_id":4660,"rtt":0.002,"query":"db.example","qtype_name":"A","rcode":0}',
    from: 'Zeek with `LogAscii::use_json=T`',
    gives: 'messages',
    proves: 'how long answers took and what they said; of no loss, as a tap may miss packets',
  },
  object: readRecord,
});
