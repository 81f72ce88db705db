import { flow, type FlowRecord, nameOf, NOTHING, rcodeOf, typeOf } from '../flow.js';
import { flowReader, type ReadRecord } from '../flow-reader.js';
import { answersOf } from '../printed-records.js';
import { NO_TIME, timeOf } from '../times.js';
import { listed, readEndpoint } from './endpoints.js';

const NEEDED = ['SRC', 'DST', 'QR', 'NAME'];
/** A value that its column cut. */
const CUT = '…';
const LONGEST = 2000;

/** Whether words are the names of the columns, of which those of the container stand first. */
function isHeader(words: readonly string[]): boolean {
  return (
    /^(?:K8S|RUNTIME)\./.test(words[0] ?? '') &&
    NEEDED.every((name) => words.includes(name)) &&
    words.every((word) => /^[A-Z][A-Z\d_.]*$/.test(word))
  );
}

/** The table that `kubectl gadget run trace_dns` prints: a value begins where its column's name does. */
function tableReader(): ReadRecord<string> {
  let columns: { name: string; start: number; end: number }[] = [];
  return (line) => {
    if (line.length > LONGEST) return null;
    const names = [...line.matchAll(/\S+/g)];
    if (isHeader(names.map(([name]) => name))) {
      columns = names.map(({ 0: name, index }, i) => ({
        name,
        start: index,
        end: names[i + 1]?.index ?? LONGEST,
      }));
      return NOTHING;
    }
    if (columns.length === 0) return null;
    const cell = (name: string) => {
      const column = columns.find((one) => one.name === name);
      return column ? line.slice(column.start, column.end).trim() : '';
    };
    return readRow(cell);
  };
}

function readRow(cell: (name: string) => string): FlowRecord | null {
  const qr = cell('QR');
  if (qr !== 'Q' && qr !== 'R') return null;
  const [src, dst] = [readEndpoint(cell('SRC')), readEndpoint(cell('DST'))];
  const name = cell('NAME').includes(CUT) ? null : nameOf(cell('NAME'));
  if (!src || !dst || name === null) return null;
  const id = /^[\da-f]{1,4}$/i.exec(cell('ID'))?.[0];
  const time = cell('TIMESTAMP').replace(CUT, '');
  const one = flow({
    src,
    dst,
    time: time === '' ? NO_TIME : timeOf(/Z$|[+-]\d\d:\d\d$/.test(time) ? time : `${time}Z`),
    isResponse: qr === 'R',
    txid: id === undefined ? null : parseInt(id, 16),
    name,
    type: typeOf(cell('QTYPE')),
    rcode: rcodeOf(cell('RCODE')),
    records: answersOf(name, { addresses: listed(cell('ADDRESSES')) }),
  });
  return { flows: [one], objects: [] };
}

export const gadgetTable = flowReader({
  kind: 'gadget-trace-dns-table',
  title: "a table of Inspektor Gadget's trace_dns",
  lacks: ['txid'],
  about: {
    sample:
      'node-1  shop  app-a  app-a  p/shop/app-a:40000  s/kube-system/kube-dns:53  app  2041 Q  A  db.example.',
    whole:
      'K8S.NODE  K8S.NAMESPACE  K8S.PODNAME  SRC                 DST            COMM  PID  QR QTYPE NAME         RCODE  ADDRESSES\nnode-1    shop           app-a        p/shop/app-a:40000  s/kube/dns:53  app   2041 Q  A     db.example.',
    from: '`kubectl gadget run trace_dns`; with `-o json` it has times, ids and whole names',
    gives: 'messages with pods',
    proves: 'what was asked and answered, by pod; without times nothing of how long it took',
  },
  lines: tableReader,
});
