import { headLines, textLines } from '../../input/lines.js';
import { isPrompt } from '../../input/paste/shell-prompt.js';
import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import { isToolLine } from '../../input/tool-line.js';
import type { Sink } from '../../raw/sink.js';
import { writeKubernetesEvent } from './server-trouble.js';

const HEADER =
  /^(?:NAMESPACE\s+)?LAST ?SEEN\s+(?:FIRST ?SEEN\s+COUNT\s+NAME\s+KIND\s+SUBOBJECT\s+)?TYPE\s+REASON\s/;
/** The columns of kubectl from 1.14 on; SUBOBJECT, SOURCE and COUNT of `-o wide` stay in the message. */
const ROW =
  /^(?:[a-z\d][a-z\d.-]{0,62}\s+)?(?:(?:\d{1,6}[ydhms]){1,3}(?: \(x(?<times>\d{1,7}) over \S+\))?|<unknown>|<invalid>)\s+(?<type>Normal|Warning)\s+(?<reason>\S{1,100})\s+(?<object>[a-z]\S{0,100}\/\S{1,253})\s+(?<message>\S.*)$/;
/** The columns before: the name of the event is its object's and a number. */
const OLD_ROW =
  /^(?:[a-z\d][a-z\d.-]{0,62}\s+)?(?:\d{1,6}[ydhms]){1,3}\s+(?:\d{1,6}[ydhms]){1,3}\s+(?<times>\d{1,7})\s+(?<object>\S{1,253})\.[\da-f]{16}\s+[A-Z]\w{1,40}\s+(?:\S{1,200}\s+)?(?<type>Normal|Warning)\s+(?<reason>\S{1,100})\s+(?<message>\S.*)$/;

/** The table of `kubectl get events`: what it warns of DNS servers. Its times are ages, so that no event has one. */
export const kubectlEvents: Reader = {
  kind: 'kubectl-events',
  title: 'a table of kubectl get events',
  about: {
    sample:
      '2m    Warning   Unhealthy   pod/coredns-5d78c9869d-abcde   Readiness probe failed: HTTP probe failed with statuscode: 503',
    from: '`kubectl get events -n kube-system`',
    gives: 'events of DNS servers',
    proves: 'that servers were not ready or ended (possible: `dead-backend`)',
  },
  sniff: (head) => {
    const lines = headLines(head).filter(
      (line) => line.trim() !== '' && !isPrompt(line) && !isToolLine(line),
    );
    if (!lines.some((line) => HEADER.test(line) || ROW.test(line))) return 0;
    return (
      lines.filter((line) => HEADER.test(line) || ROW.test(line) || OLD_ROW.test(line)).length / lines.length
    );
  },
  read,
};

async function read(input: Input, sink: Sink): Promise<void> {
  for await (const { text, number: line } of textLines(input.chunks)) {
    const row = (ROW.exec(text) ?? OLD_ROW.exec(text))?.groups;
    if (row) {
      const { type, reason, object, times, message } = row;
      writeKubernetesEvent(sink, {
        line,
        time: null,
        type: type!,
        reason: reason!,
        object: object!,
        count: Number(times ?? 1),
        message: message!,
      });
    } else if (text.trim() !== '' && !HEADER.test(text) && !isPrompt(text) && !isToolLine(text)) {
      const detail = 'A line is no row of kubectl get events; it was passed over.';
      sink.problem({ code: 'table-row', detail, position: `line ${line}` });
    }
  }
}
