import type { Reader, ReadOptions } from '../raw/reader.js';
import { type Input, SNIFF_BYTES } from '../input/input.js';
import type { Sink } from '../raw/sink.js';
import { countingSink } from './counting-sink.js';
import { isJsonDocument, JsonDocument } from './json-document.js';
import { LineSplitter } from './line-splitter.js';
import { LogLines } from './log-lines.js';
import { CommonLines } from './wasm/common-lines.js';

/** Lines looked at to tell what an input is. */
const LOOKED_AT = 1000;

/** Reads the logs of CoreDNS and of NodeLocal DNSCache, which is one, in whatever wrapper. */
export const corednsLog: Reader = {
  kind: 'coredns-log',
  title: 'a CoreDNS or NodeLocal DNSCache log',
  about: {
    sample: '[INFO] 10.0.0.1:40000 - 4660 "A IN example.com. udp 29 false 512" NOERROR qr,rd,ra 75 0.002s',
    from: '`kubectl logs -n kube-system -l k8s-app=kube-dns --tail=-1 --prefix --timestamps`; log-forms.md has wrappers and formats',
    gives: 'log',
    proves:
      'how long servers took, which upstream failed and why, what a capture has that never came to a server',
  },

  sniff(head: Uint8Array, _path: string, options?: ReadOptions): number {
    const log = new LogText(new LogLines(countingSink(), options?.logFormats), head);
    log.push(head.subarray(0, endOfLines(head)));
    log.finish();
    const { seen, understood } = log.lines;
    return seen === 0 ? 0 : Math.min(0.95, understood / seen);
  },

  async read(input: Input, sink: Sink, options: ReadOptions): Promise<void> {
    const lines = new LogLines(sink, options.logFormats);
    const common = CommonLines.beside(lines, sink);
    const log = new LogText(lines, input.head, common);
    try {
      for await (const chunk of input.chunks) log.push(chunk);
      log.finish();
    } finally {
      common?.close();
    }
  },
};

/** Where what is looked at ends: after some lines, and before a line that the head cuts off. */
function endOfLines(head: Uint8Array): number {
  let at = 0;
  for (let lines = 0; lines < LOOKED_AT; lines++) {
    const end = head.indexOf(10, at);
    if (end < 0) return head.length < SNIFF_BYTES ? head.length : at;
    at = end + 1;
  }
  return at;
}

/** A log's bytes on their way to lines, or to a JSON document's records. */
class LogText {
  private readonly splitter: LineSplitter;
  private readonly document: JsonDocument | null;

  constructor(
    readonly lines: LogLines,
    head: Uint8Array,
    common: CommonLines | null = null,
  ) {
    this.splitter = new LineSplitter(
      (bytes, start, end, isCut) => lines.take(bytes, start, end, isCut),
      common && ((chunk, at) => common.read(chunk, at)),
    );
    const takeElement = (json: string | null) => lines.takeElement(json);
    this.document = isJsonDocument(head) ? new JsonDocument(takeElement) : null;
  }

  push(text: Uint8Array): void {
    if (this.document) this.document.push(text);
    else this.splitter.push(text);
  }

  finish(): void {
    this.splitter.finish();
    this.lines.finish(this.document?.fault() ?? null);
  }
}
