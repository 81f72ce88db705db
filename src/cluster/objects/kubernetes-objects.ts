import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import { findCorefiles } from '../corefile/find-corefiles.js';
import { writeCorefile } from '../corefile/write-corefile.js';
import { sniffJsonObjects } from './sniff-json-objects.js';
import { readJsonObjects } from './read-json-objects.js';
import { recordsAt, textAt } from '../../base/loose-json.js';
import { headLines, textLines } from '../../input/lines.js';
import { writeKubernetesObject } from '../kubernetes/objects.js';
import { isPrompt, YamlObjects } from '../kubernetes/yaml-objects.js';

/** Objects as `kubectl get ... -o json` or `-o yaml` prints them, or as manifests have them. */
export const kubernetesObjects: Reader = {
  kind: 'kubernetes-objects',
  title: 'Kubernetes objects as JSON or YAML',
  about: {
    sample: '{"apiVersion":"v1","kind":"List","items":[...]}',
    from: '`kubectl get pods,svc,endpointslices,nodes,networkpolicies,events -A -o json` or `-o yaml`',
    gives: 'configuration, events of DNS servers',
    proves:
      'names of addresses; a DNS service without a ready server (`no-ready-server`); policies that let no DNS through (`policy-blocks-dns`); restarts of servers',
  },
  sniff: (head) => Math.max(sniffJsonObjects(head, 'kubernetes'), sniffYaml(headLines(head))),
  read: (input, sink) =>
    sniffJsonObjects(input.head, 'kubernetes') > 0 ? readJsonObjects(input, sink) : readYaml(input, sink),
};

const KIND = /^(?:- | {2})? {0,4}kind: *\S/;
const VERSION = /^(?:- | {2})? {0,4}apiVersion: *\S/;
const TEMPLATE = /^\s*(?:\{%|\{\{-? *(?:if|range|with|include)|```)/;

/** `apiVersion:` and `kind:` near the start of lines; less among a template's statements or in a transcript. */
function sniffYaml(lines: readonly string[]): number {
  const has = (form: RegExp): boolean => lines.some((line) => form.test(line));
  if (!has(KIND) || !has(VERSION)) return 0;
  if (has(TEMPLATE) || has(/<<-? *['"]?EOF/)) return 0.1;
  return lines.some(isPrompt) ? 0.7 : 0.85;
}

async function readYaml(input: Input, sink: Sink): Promise<void> {
  let item = 0;
  const write = (value: unknown, line: number): boolean => {
    const kind = textAt(value, 'kind');
    if (kind?.endsWith('List')) {
      for (const one of recordsAt(value, 'items')) write(one, line);
      return true;
    }
    return writeKubernetesObject(sink, value, { item: ++item, position: `line ${line}` }, null);
  };
  const objects = new YamlObjects((value, text, line) => {
    if (write(value, line) || writeCorefiles(sink, text, input.path, line)) return;
    const detail =
      'A YAML document is broken, too large or too deep, or no Kubernetes object; it was passed over.';
    sink.problem({ code: 'yaml-object', detail, position: `line ${line}` });
  });
  for await (const line of textLines(input.chunks)) objects.push(line);
  objects.flush();
}

/** Keeps the Corefiles of a ConfigMap that is a template and no valid YAML. */
function writeCorefiles(sink: Sink, text: string, path: string, line: number): boolean {
  const found = findCorefiles(text, path).filter((corefile) => corefile.line > 1);
  for (const corefile of found) writeCorefile(sink, { ...corefile, line: corefile.line + line - 1 });
  return found.length > 0;
}
