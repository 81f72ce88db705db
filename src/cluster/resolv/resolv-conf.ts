import type { Reader } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import { headLines, textLines } from '../../input/lines.js';
import { isToolLine } from '../../input/tool-line.js';
import { readHeader } from './headers.js';
import { type Owner, ownerOfPath, ownerOfWord } from './owner.js';
import { emptyConfig, isOption, readLine, type ResolverConfig } from './parse-resolv-conf.js';
import { writeResolverConfig } from './write-config.js';

/** One resolv.conf among those of an input. */
interface Section {
  owner: Owner | null;
  config: ResolverConfig;
  /** Line of the first directive; 0 before it. */
  line: number;
}

/** resolv.conf(5), one or several in a file with prompts, `==> FILE <==` or names between. */
export const resolvConf: Reader = {
  kind: 'resolv-conf',
  title: 'a resolv.conf',
  about: {
    sample: 'search default.svc.cluster.local svc.cluster.local cluster.local',
    from: '`kubectl exec POD -- cat /etc/resolv.conf`',
    gives: 'configuration',
    proves: 'search list, ndots, servers of a client',
  },
  namedByPath: true,
  sniff: sniffResolvConf,
  read: readResolvConf,
};

function sniffResolvConf(head: Uint8Array): number {
  let good = 0;
  let bad = 0;
  for (const line of headLines(head).slice(0, 400)) {
    if (/^\s*(?:[#;].*)?$/.test(line) || isToolLine(line)) continue;
    if (isConvincing(line)) good++;
    else if (!readHeader(line)) bad++;
  }
  return good === 0 ? 0 : (0.95 * good) / (good + bad);
}

/** A directive whose values look like what they should be: prose begins with `search` and `domain` too. */
function isConvincing(line: string): boolean {
  const [keyword, ...words] = line.trim().split(/[ \t]+/);
  const values = words.filter((word) => !/^[#;]/.test(word));
  if (keyword === 'nameserver') return readLine(line, emptyConfig()) === 'directive';
  if (keyword === 'options') return values.length > 0 && values.every(isOption);
  if (keyword === 'search' || keyword === 'domain')
    return words.length > 0 && words.every((word) => /^[\w.-]+$/.test(word));
  return keyword === 'sortlist' && /^[\d.:/ a-f]+$/.test(values.join(' '));
}

/** A label that the path does not hold was given by the user, who knows best; one from the path may be the node's. */
function ownerOfInput(path: string, label: string | null): Owner | null {
  const labelled = label === null ? null : ownerOfWord(label);
  if (labelled && !path.includes(labelled.name)) return labelled;
  return ownerOfPath(path) ?? labelled;
}

async function readResolvConf(input: Input, sink: Sink): Promise<void> {
  const first = ownerOfInput(input.path, sink.label);
  let section: Section = { owner: first, config: emptyConfig(), line: 0 };
  let found = false;
  const close = (): void => {
    if (section.line === 0) return;
    found = true;
    const { owner, config, line } = section;
    writeResolverConfig(sink, { origin: 'resolv.conf', line, owner, config, policy: null });
  };
  for await (const { text, number, cut } of textLines(input.chunks)) {
    const position = `line ${number}`;
    if (cut) {
      sink.problem({
        code: 'long-line',
        detail: 'A line is longer than 64 KiB; its rest was left out.',
        position,
      });
    }
    const meaning = readLine(text, section.config);
    if (meaning === 'directive' || meaning === 'bad-value') section.line ||= number;
    if (meaning === 'bad-value') {
      const detail =
        'A nameserver or option of a resolv.conf has a value that it cannot have and was left out.';
      sink.problem({ code: 'bad-resolver-value', detail, position });
    }
    if (meaning !== 'unknown' || isToolLine(text)) continue;
    const header = readHeader(text);
    if (header) {
      close();
      section = {
        owner: header.owner ?? (section.line === 0 ? section.owner : null),
        config: emptyConfig(),
        line: 0,
      };
    } else {
      const detail = 'A line is none that resolv.conf(5) knows and was passed over.';
      sink.problem({ code: 'unknown-resolver-line', detail, position });
    }
  }
  close();
  if (!found) {
    const detail =
      'No nameserver, search or options line was found, so there is no resolver configuration in it.';
    sink.problem({ code: 'empty-resolver-config', detail, position: 'line 1' });
  }
}
