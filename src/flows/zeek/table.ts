import { NOTHING } from '../flow.js';
import { flowReader, type ReadRecord } from '../flow-reader.js';
import { readZeekRow } from './record.js';

const MOST_FIELDS = 200;

/** dns.log as Zeek writes it: a head of lines with #, which says how its rows are cut and what their fields are. */
function tableReader(): ReadRecord<string> {
  let separator = '\t';
  let fields: string[] = [];
  const words = { set_separator: ',', unset_field: '-', empty_field: '(empty)' };
  let isDns = true;
  return (line) => {
    if (line.startsWith('#')) {
      const [key, ...values] = line
        .slice(1)
        .split(line.startsWith('#separator') ? ' ' : separator, MOST_FIELDS);
      if (key === 'separator') separator = unescaped(values[0] ?? '') || '\t';
      else if (key === 'fields') fields = values;
      else if (key === 'path') isDns = values[0] === 'dns';
      else if (key !== undefined && Object.hasOwn(words, key))
        words[key as keyof typeof words] = values[0] ?? '';
      return isDns ? NOTHING : null;
    }
    if (!isDns || fields.length === 0) return null;
    const cells = line.split(separator, MOST_FIELDS + 1);
    if (cells.length !== fields.length) return null;
    const text = (field: string) => {
      const cell = cells[fields.indexOf(field)];
      return cell === undefined || cell === words.unset_field || cell === words.empty_field
        ? null
        : unescaped(cell);
    };
    const list = (field: string) => {
      const cell = cells[fields.indexOf(field)];
      return text(field) === null ? [] : cell!.split(words.set_separator, 1000).map(unescaped);
    };
    return readZeekRow({ text, list });
  };
}

/** Zeek writes what would cut a row as `\x09`. */
function unescaped(text: string): string {
  return text.replace(/\\x([\da-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

export const zeekTable = flowReader({
  kind: 'zeek-dns-log',
  title: "Zeek's dns.log",
  about: {
    sample:
      '1767323045.1  CHhAvVGS1DHFjwGM9  10.1.1.2  40000  10.9.0.10  53  udp  4660  0.002  db.example  1  C_INTERNET  1  A  0  NOERROR ...',
    whole:
      '#separator \\x09\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\trtt\tquery\tqtype\trcode\n1767323045.1\tC1\t10.1.1.2\t40000\t10.9.0.10\t53\tudp\t4660\t0.002\tdb.example\t1\t0',
    from: "Zeek's log folder; rows behind their `#fields` line",
    gives: 'messages',
    proves: 'how long answers took and what they said; of no loss, as a tap may miss packets',
  },
  lines: tableReader,
});
