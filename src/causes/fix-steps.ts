import { isMapping, WrongValue } from '../base/front-matter.js';

/** What a change does to the resolver of the pods of each workload that was hit. */
export interface PodChange {
  /** Options of resolv.conf to set, by name; the value is a template, empty for options without one. */
  options: Record<string, string>;
  /** A number of the cause that lists search suffixes to leave out. */
  without: string | null;
  /** Only workloads whose clients use this resolver. */
  resolver: string | null;
}

/** What a change does to a plugin of the Corefile's block for all names. */
export interface CorefileChange {
  plugin: string;
  /** The arguments that it is to have; null for those that it has. */
  arguments: string[] | null;
  /** The arguments with which it is put in where it is missing; null where it must be there. */
  add: string[] | null;
  /** Lines of its own block to set, by their first word. */
  options: string[][];
}

/** Record sets that a change takes out of a hosted zone of Route 53. */
export interface Route53Change {
  /** A number of the cause: a JSON text for each record set, with all that Route 53 has of it (src/fix/route53-batch.ts). */
  delete: string;
  /** A number of the cause: the zone's name. */
  zone: string;
}

/** One change that is written out ready to apply, as a cause's file says it. */
export interface FixStep {
  title: string;
  /** SQL over the cause's numbers; null for always. */
  when: string | null;
  risk: string;
  pods: PodChange | null;
  corefile: CorefileChange[];
  /** Commands; `{{name}}` is a fact of the cluster or a number of the cause. */
  shell: string | null;
  /** A number of the cause that is a list: the commands are written for each, as `{{item}}`. */
  each: string | null;
  /** A number of the cause that lists where a policy of the network lacks a rule for DNS (src/fix/allow-dns.ts). */
  allowDns: string | null;
  route53: Route53Change | null;
  /**
   * The change as what-if plays it, where a command needs one; that of options and suffixes of pods is known. `nothing` where a lookup
   * that would end otherwise is what the change is for.
   */
  whatIf: 'nodelocal' | 'autopath' | 'nothing' | null;
}

/** Reads a cause's section `fix`: a list of steps, or names of steps that several causes share. */
export function fixSteps(value: unknown, shared: Readonly<Record<string, unknown>>): FixStep[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new WrongValue('must be a list');
  return value.map((item: unknown, i) => {
    const place = `change ${i + 1}`;
    if (typeof item !== 'string') return step(item, place);
    if (!Object.hasOwn(shared, item)) throw new WrongValue(`names "${item}", which is no shared change`);
    return step(shared[item], item);
  });
}

function step(value: unknown, place: string): FixStep {
  const { title, when, risk, pods, corefile, shell, each, what_if, allow_dns, route53, ...rest } = mapping(
    value,
    place,
  );
  known(rest, place);
  const read: FixStep = {
    title: words(title, `${place}: title`),
    when: when === undefined ? null : words(when, `${place}: when`),
    risk: words(risk, `${place}: risk`),
    pods: pods === undefined ? null : podChange(pods, place),
    corefile: corefile === undefined ? [] : list(corefile, place).map((item) => corefileChange(item, place)),
    shell: shell === undefined ? null : words(shell, `${place}: shell`),
    each: each === undefined ? null : words(each, `${place}: each`),
    allowDns: allow_dns === undefined ? null : words(allow_dns, `${place}: allow_dns`),
    route53: route53 === undefined ? null : route53Change(route53, place),
    whatIf:
      what_if === undefined ? null : oneOf(what_if, ['nodelocal', 'autopath', 'nothing'] as const, place),
  };
  const changes = [read.pods, read.shell, read.allowDns, read.route53];
  if (read.corefile.length === 0 && changes.every((change) => change === null))
    throw new WrongValue(`must change something (${place}): pods, corefile, shell, allow_dns or route53`);
  return read;
}

function route53Change(value: unknown, place: string): Route53Change {
  const { delete: records, zone, ...rest } = mapping(value, place);
  known(rest, place);
  return { delete: words(records, place), zone: words(zone, place) };
}

function podChange(value: unknown, place: string): PodChange {
  const { options = {}, without, resolver, ...rest } = mapping(value, place);
  known(rest, place);
  const entries = Object.entries(mapping(options, place)).map(([name, text]) => [name, String(text ?? '')]);
  return {
    options: Object.fromEntries(entries) as Record<string, string>,
    without: without === undefined ? null : words(without, place),
    resolver: resolver === undefined ? null : words(resolver, place),
  };
}

function corefileChange(value: unknown, place: string): CorefileChange {
  const { plugin, arguments: given, add = given, options = [], ...rest } = mapping(value, place);
  known(rest, place);
  return {
    plugin: words(plugin, place),
    arguments: given === undefined ? null : list(given, place).map(String),
    add: add === undefined ? null : list(add, place).map(String),
    options: list(options, place).map((line) => list(line, place).map(String)),
  };
}

function mapping(value: unknown, place: string): Record<string, unknown> {
  if (!isMapping(value)) throw new WrongValue(`must be a mapping (${place})`);
  return value;
}

function list(value: unknown, place: string): unknown[] {
  if (!Array.isArray(value)) throw new WrongValue(`must be a list (${place})`);
  return value;
}

function words(value: unknown, place: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw new WrongValue(`must be a text (${place})`);
  return value.trim();
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], place: string): T {
  if (choices.includes(value as T)) return value as T;
  throw new WrongValue(`must be one of ${choices.join(', ')} (${place})`);
}

function known(rest: Record<string, unknown>, place: string): void {
  const [key] = Object.keys(rest);
  if (key !== undefined) throw new WrongValue(`has an unknown key "${key}" (${place})`);
}
