import { headLines, textLines } from '../../input/lines.js';
import { isPrompt } from '../../input/paste/shell-prompt.js';
import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import { isToolLine } from '../../input/tool-line.js';
import type { Sink } from '../../raw/sink.js';
import { MOST_LINES, readDescribed } from './described-object.js';
import { factsOf, writeObject } from './object-row.js';
import { writeKubernetesObject } from './objects.js';
import { writeKubernetesEvent } from './server-trouble.js';

/** What `kubectl describe` prints of pods, services, endpoints, nodes and what owns pods; ConfigMaps with a Corefile are the Corefile reader's. */
export const kubectlDescribe: Reader = {
  kind: 'kubectl-describe',
  title: 'what kubectl describe printed',
  about: {
    sample: 'Name:                 coredns-5d78c9869d-abcde',
    whole:
      'Name:                 coredns-5d78c9869d-abcde\nNamespace:            kube-system\nNode:                 node-7/10.1.0.7\nStart Time:           Tue, 03 Mar 2026 10:00:00 +0000\nLabels:               k8s-app=kube-dns\nStatus:               Running\nIP:                   10.244.7.3\nIPs:\n  IP:           10.244.7.3\nContainers:\n  coredns:\n    Image:         coredns:1.11.1\n    Ready:          True\nEvents:      <none>',
    from: '`kubectl describe pod,svc,endpoints,node -n kube-system`',
    gives: 'configuration, events of DNS servers',
    proves:
      'names of addresses; a DNS service without a ready server (`no-ready-server`); servers that restarted, were not ready or were killed for want of memory (possible: `dead-backend`, `coredns-overloaded`)',
  },
  sniff,
  read,
};

const START = /^Name:\s+\S/;
const LINE = /^(?:\S[\w ()/.-]{0,60}:(?:\s|$)|\s+\S)/;

function sniff(head: Uint8Array): number {
  const lines = headLines(head).filter((line) => line.trim() !== '' && !isPrompt(line) && !isToolLine(line));
  let found = 0;
  cut(lines, (own) => {
    if (readDescribed(own, 1)) found++;
  });
  if (found === 0) return 0;
  return (0.95 * lines.filter((line) => LINE.test(line)).length) / lines.length;
}

/** Gives the lines of each object. */
function cut(lines: readonly string[], onObject: (lines: string[]) => void): void {
  let own: string[] = [];
  for (const line of lines) {
    if (START.test(line)) {
      onObject(own);
      own = [];
    }
    own.push(line);
  }
  onObject(own);
}

async function read(input: Input, sink: Sink): Promise<void> {
  let own: string[] = [];
  let first = 1;
  let item = 0;
  const end = () => {
    if (own.length > 0 && START.test(own[0]!)) write(sink, own, first, ++item);
    own = [];
  };
  for await (const { text, number } of textLines(input.chunks)) {
    if (START.test(text) || isPrompt(text)) {
      end();
      first = number;
    }
    // one line more than an object may have shows that it is too long
    if (!isPrompt(text) && !isToolLine(text) && own.length <= MOST_LINES) own.push(text);
  }
  end();
}

function write(sink: Sink, lines: readonly string[], line: number, item: number): void {
  const described = readDescribed(lines, line);
  const position = `line ${line}`;
  if (!described) {
    const detail =
      'An object that kubectl describe printed is of no kind that is read, or too long; it was passed over.';
    sink.problem({ code: 'described-object', detail, position });
    return;
  }
  const { kind, name, object, events, endpoints } = described;
  writeKubernetesObject(sink, object, { item, position, line }, null);
  for (const { type, reason, message, count, line: at } of events) {
    writeKubernetesEvent(sink, {
      line: at,
      time: null,
      type,
      reason,
      message,
      count,
      object: `${kind}/${name}`,
    });
  }
  if (!endpoints) return;
  const facts = factsOf(object, 'Endpoints', name);
  // a blank says that there are some, and none of them ready
  if (endpoints.addresses.length === 0 && !endpoints.isEmpty) facts.phase = 'not-ready';
  const addresses = endpoints.addresses.map((address) => ({ address, role: 'endpoint', phase: 'ready' }));
  writeObject(sink, facts, addresses, position);
}
