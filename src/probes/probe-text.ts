import { isPrompt } from '../input/paste/shell-prompt.js';
import { readDate } from '../base/time/printed.js';
import { parseAddress } from '../base/address.js';
import { newProbe, type Probe, type ProbeOutcome, type Tool } from './probe.js';
import { readProbeLine } from './probe-lines.js';
import type { ProbeLine } from './probe.js';

/** Types that a command may name. */
const TYPE = /^(?:A|AAAA|MX|NS|SOA|SRV|TXT|CNAME|PTR|ANY|CAA|HTTPS|SVCB|NAPTR|DS|DNSKEY)$/i;

/**
 * Puts the lines of dig, nslookup, host, resolvectl and getent together to questions. A tool's output begins at its banner, at a
 * command behind a prompt, or at its first line; of `dig +trace` each step is a question of its own.
 */
export class ProbeText {
  private open: Probe | null = null;
  private tool: Tool | null = null;
  /** Why the last try of the open question got no answer. */
  private failure: ProbeOutcome | null = null;

  constructor(
    private readonly onProbe: (probe: Probe) => void,
    private readonly now: number,
  ) {}

  /** Whether the line is one of these tools. */
  take(line: string, number: number): boolean {
    const isCommand = line.startsWith('; <<>>') || isPrompt(line);
    const read = readProbeLine(line.trimEnd(), this.tool);
    if (!read || (read.what === 'command' && !isCommand)) {
      if (isPrompt(line)) this.end();
      return false;
    }
    this.tell(read, number, line.startsWith('; <<>>'));
    return true;
  }

  /** Ends what is open. */
  end(): void {
    const probe = this.open;
    const outcome = probe?.outcome ?? this.failure;
    this.open = null;
    this.tool = null;
    this.failure = null;
    if (probe && outcome !== null) this.onProbe({ ...probe, outcome });
  }

  private tell(read: ProbeLine, line: number, isBanner: boolean): void {
    switch (read.what) {
      case 'command': {
        const says = fromCommand(read.tool, read.words);
        // dig prints its banner after the tries that got no answer
        if (isBanner && this.isWaiting('dig'))
          Object.assign(this.open!, { ...says, server: says.server ?? this.open!.server });
        else this.begin(read.tool, line, says);
        break;
      }
      case 'begin':
        if (read.tool === 'host' && this.open?.tool === 'host' && this.open.name === read.says.name) break;
        if (!this.isWaiting(read.tool)) this.begin(read.tool, line, {});
        Object.assign(this.open!, read.says);
        break;
      case 'more':
        if (this.open) this.more(read.says, line);
        break;
      case 'step':
        if (!this.open) this.begin('dig', line, {});
        this.onProbe({ ...this.open!, line, rcode: null, ...read.says, outcome: 'answered' });
        // tries before it were of this step
        this.open!.tries = 0;
        this.failure = null;
        break;
      case 'error':
        this.fail(read, line);
        break;
      case 'date':
        if (this.open) this.open.time = readDate(read.text, this.now);
        break;
      case 'end':
        this.end();
        break;
      case 'other':
    }
  }

  private begin(tool: Tool, line: number, says: Partial<Probe>): void {
    this.end();
    this.tool = tool;
    this.open = { ...newProbe(tool, line), ...says };
  }

  /** Whether the open question is a tool's and has no answer yet. */
  private isWaiting(tool: Tool): boolean {
    const { open } = this;
    return (
      open !== null &&
      open.outcome === null &&
      (open.tool === tool || (open.tool === 'dig' && tool === 'kdig'))
    );
  }

  /** A line that says that no answer came: of one try, or of all. */
  private fail({ outcome, server, isLast }: ProbeLine & { what: 'error' }, line: number): void {
    if (!this.open || this.open.outcome !== null) this.begin(this.tool ?? 'dig', line, {});
    const probe = this.open!;
    probe.server = server ?? probe.server;
    if (!isLast || probe.tries === 0) probe.tries++;
    this.failure = isLast ? (this.failure ?? outcome) : outcome;
    if (isLast) this.end();
  }

  /** More of the open question; nslookup may tell of several names, as busybox's walks the search list. */
  private more(says: Partial<Probe>, line: number): void {
    const probe = this.open!;
    const isAnother = probe.tool === 'nslookup' && probe.outcome !== null && probe.name !== null;
    if (isAnother && says.outcome !== undefined && says.name !== undefined) {
      // of one name it asks two types, and of the second it says less than of the first
      if (says.name === probe.name && (probe.rcode !== 'NOERROR' || says.rcode === 'NOERROR')) return;
      const { server, port } = probe;
      this.begin('nslookup', line, { server, port });
    }
    this.add(says);
  }

  private add(says: Partial<Probe>): void {
    const probe = this.open!;
    // of nslookup's addresses the one before the answer is the server's
    const { server, ...rest } = says;
    Object.assign(probe, rest);
    if (server !== undefined && (probe.tool !== 'nslookup' || probe.outcome === null)) probe.server = server;
  }
}

/** What a command line says: the server, the name, the type. */
function fromCommand(tool: Tool, words: readonly string[]): Partial<Probe> {
  const plain: string[] = [];
  let server: string | null = null;
  let type: string | null = null;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (/^[;|&>]/.test(word) || word === '2>&1') break;
    if (word.startsWith('@')) server = word.slice(1);
    else if (word === '-t' || word === '-q') type = words[++i] ?? null;
    else if (word === '-p' || word === '-b' || word === '-f' || word === '-W') i++;
    else if (/^[+-]/.test(word)) continue;
    else if (tool === 'dig' && TYPE.test(word) && !word.includes('.')) type = word;
    else if (!/^(?:IN|CH)$/i.test(word)) plain.push(word);
  }
  if (tool === 'getent') plain.shift();
  const name = plain[0] ?? null;
  if (tool === 'nslookup' || tool === 'host') server ??= plain[1] ?? null;
  return { name, type: type?.toUpperCase() ?? null, server: server && parseAddress(server) ? server : null };
}
