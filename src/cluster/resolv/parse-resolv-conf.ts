import { formatAddress, parseAddress } from '../../base/address.js';

/** What a resolv.conf(5) says, as far as it says it. */
export interface ResolverConfig {
  nameservers: string[];
  /** Lower case, no trailing dots; the root is `.`. */
  search: string[];
  /** As written, as are the next two; resolvers take less where one is over their cap. */
  ndots: number | null;
  timeoutSeconds: number | null;
  attempts: number | null;
  options: string[];
}

/** What a line was. */
export type LineMeaning = 'directive' | 'nothing' | 'bad-value' | 'unknown';

/** Items of a list that are kept; resolvers use 3 servers and 6 domains, or 32 since glibc 2.26. */
const MAX_ITEMS = 256;

/** Options that glibc, musl, BSD or Go know (resolv.conf(5)). */
const OPTIONS = new Set([
  'debug',
  'ndots',
  'timeout',
  'attempts',
  'rotate',
  'no-check-names',
  'inet6',
  'ip6-bytestring',
  'ip6-dotint',
  'no-ip6-dotint',
  'edns0',
  'single-request',
  'single-request-reopen',
  'no-tld-query',
  'use-vc',
  'no-reload',
  'trust-ad',
  'no-aaaa',
  'strict-error',
  'insecure1',
  'insecure2',
]);

export function emptyConfig(): ResolverConfig {
  return { nameservers: [], search: [], ndots: null, timeoutSeconds: null, attempts: null, options: [] };
}

/**
 * Takes one line of a resolv.conf into `config`: the last `search` or `domain` wins, `options` add up.
 * Leading blanks are passed over, though resolvers do not, because pasted files are indented.
 */
export function readLine(line: string, config: ResolverConfig): LineMeaning {
  const [keyword, ...words] = wordsOf(line);
  if (keyword === undefined) return 'nothing';
  switch (keyword) {
    case 'nameserver':
      return addNameserver(words[0], config);
    case 'search':
    case 'domain':
      config.search = (keyword === 'domain' ? words.slice(0, 1) : words).slice(0, MAX_ITEMS).map(plainName);
      return 'directive';
    case 'options':
      return words.map((word) => addOption(word, config)).includes(false) ? 'bad-value' : 'directive';
    case 'sortlist':
    case 'lookup':
    case 'family':
      return 'directive';
    default:
      return 'unknown';
  }
}

/** A domain as DNS names are kept: lower case, no trailing dot. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/(?<=.)\.$/, '');
}

/** Whether a word is an option that some resolver knows, with or without a value. */
export function isOption(word: string): boolean {
  return OPTIONS.has(word.split(':', 1)[0]!);
}

/** Takes an option (`ndots:5`); false if its value is no number. */
export function addOption(word: string, config: ResolverConfig): boolean {
  if (config.options.length < MAX_ITEMS) config.options.push(word);
  const match = /^(ndots|timeout|attempts):(.*)$/.exec(word);
  if (!match) return true;
  if (!/^\d{1,9}$/.test(match[2]!)) return false;
  const value = Number(match[2]);
  if (match[1] === 'ndots') config.ndots = value;
  else if (match[1] === 'timeout') config.timeoutSeconds = value;
  else config.attempts = value;
  return true;
}

function addNameserver(word: string | undefined, config: ResolverConfig): LineMeaning {
  const zone = word === undefined ? -1 : word.indexOf('%');
  const bytes = word === undefined ? null : parseAddress(word);
  if (!bytes) return 'bad-value';
  const address = formatAddress(bytes) + (zone === -1 ? '' : word!.slice(zone, zone + 32));
  if (config.nameservers.length < MAX_ITEMS) config.nameservers.push(address);
  return 'directive';
}

/** The words of a line up to a comment, which begins a line or a word. */
function wordsOf(line: string): string[] {
  const words = line.trim().split(/[ \t]+/);
  const comment = words.findIndex((word) => /^[#;]/.test(word));
  return (comment === -1 ? words : words.slice(0, comment)).filter((word) => word !== '');
}
