import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import { headLines } from '../../input/lines.js';
import { withoutToolLines } from '../../input/tool-line.js';
import { readText } from './read-text.js';
import { findCorefiles } from './find-corefiles.js';
import { renderHelmValues } from './helm-values.js';
import { parseCorefile, parseFragment } from './parser.js';
import { PLUGINS } from './plugins.js';
import { writeCorefile } from './write-corefile.js';

/** Bytes of an input that are looked through for Corefiles. */
const MAX_TEXT = 4 << 20;

/** A Corefile: plain, from `kubectl describe cm`, or in a page or template that contains one. */
export const corefileReader: Reader = {
  kind: 'corefile',
  title: 'a Corefile',
  about: {
    sample: '.:53 { errors cache 30 forward . /etc/resolv.conf }',
    from: '`kubectl describe cm coredns -n kube-system`, the file itself, Helm values',
    gives: 'configuration',
    proves: 'what CoreDNS forwards, caches and serves',
  },
  sniff: (head, path) => sniffCorefile(withoutToolLines(headLines(head).join('\n')), path),
  read: readCorefile,
};

/** The share of known plugins among the lines of the blocks; less where they stand in something else. */
function sniffCorefile(text: string, path: string): number {
  if (/^\s*[{[]\s*["{}[\]]/.test(text)) return 0;
  const rendered = renderHelmValues(text);
  const found = rendered === null ? findCorefiles(text, path) : [{ text: rendered, origin: path, line: 1 }];
  let known = 0;
  let all = 0;
  for (const { text: corefile, origin } of found) {
    const { blocks } = origin.endsWith('.override') ? parseFragment(corefile) : parseCorefile(corefile);
    for (const plugin of blocks.flatMap((block) => block.plugins)) {
      all++;
      if (PLUGINS.has(plugin.name)) known++;
    }
  }
  if (known === 0) return 0;
  const plain = found.length === 1 && found[0]!.line === 1 && rendered === null;
  const described = /^Data\n={3,}$/m.test(text) && /^-{3,}$/m.test(text);
  return (plain ? 0.95 : described ? 0.9 : 0.6) * (known / all);
}

async function readCorefile(input: Input, sink: Sink): Promise<void> {
  const { text, cut } = await readText(input, MAX_TEXT);
  if (cut) {
    const detail = 'An input with a Corefile is longer than 4 MiB; only its beginning was looked through.';
    sink.problem({ code: 'corefile-too-long', detail, position: `byte ${MAX_TEXT}` });
    sink.incomplete(`longer than ${MAX_TEXT} bytes, of which no Corefile can be`);
  }
  const rendered = renderHelmValues(text);
  const found =
    rendered === null ? findCorefiles(text, input.path) : [{ text: rendered, origin: input.path, line: 1 }];
  const blocks = found.reduce((sum, corefile) => sum + writeCorefile(sink, corefile), 0);
  if (blocks > 0) return;
  const detail = 'No server block was found, so there is no Corefile in it.';
  sink.problem({ code: 'no-corefile', detail, position: 'line 1' });
}
