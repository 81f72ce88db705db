import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import { headLines, textLines } from '../../input/lines.js';
import { readChange, readOutcome } from './dns-change.js';
import { Changes } from './dns-changes.js';
import { writeEvent } from './event-row.js';
import { readLogFields } from './log-fields.js';

/** What only external-dns says; other programs log in the same form. */
const OWN_WORDS =
  /Desired change: |record\(s\).* successfully updated|All records are already up to date|Changing record\.|(?:Add|Del) records: |(?:Updating|Deleting) [A-Z]+ record named|Applying provider record filter|heritage=external-dns|Skipping endpoint |Failure in zone |[Ff]ailed to submit all changes|GlooNamespaces/;

/** Kubernetes' client library logs in its own form, of its own affairs. */
const KLOG = /^[IWE]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ \w+\.go:\d+\]/;

/** external-dns's log: the records that it made, changed and took away, and its errors. */
export const externalDnsLog: Reader = {
  kind: 'external-dns-log',
  title: "external-dns's log",
  about: {
    sample: 'level=info msg="Desired change: CREATE a.example A"',
    from: '`kubectl logs deploy/external-dns`',
    gives: 'configuration',
    proves: 'when records were made, changed and deleted',
  },
  sniff: sniffExternalDns,
  read: readExternalDns,
};

function sniffExternalDns(head: Uint8Array): number {
  const lines = headLines(head)
    .filter((line) => line.trim() !== '')
    .slice(0, 300);
  const read = lines.filter((line) => readLogFields(line) !== null);
  return read.some((line) => OWN_WORDS.test(line)) ? (0.96 * read.length) / lines.length : 0;
}

async function readExternalDns(input: Input, sink: Sink): Promise<void> {
  const changes = new Changes(sink);
  for await (const { text, number } of textLines(input.chunks)) {
    if (text.trim() === '' || KLOG.test(text)) continue;
    const line = readLogFields(text);
    if (!line) {
      const detail = "A line is none of external-dns's log and was passed over.";
      sink.problem({ code: 'unknown-log-line', detail, position: `line ${number}` });
      continue;
    }
    if (line.time) sink.seen(line.time.seconds, line.time.nanos);
    const change = readChange(line);
    const outcome = readOutcome(line);
    if (change) changes.take(change, line.time);
    else if (outcome) changes.settle(outcome);
    writeEvent(sink, line, number);
  }
  changes.end();
}
