import { stringify } from 'yaml';
import { listAt, numberAt, recordsAt, textAt, textEntries, textsAt } from '../base/loose-json.js';
import type { Facts, Filling } from './fill.js';

/** Policies that are written out; of more the first are. */
const MOST = 12;

/** Prefix and name of a label's key (Kubernetes, Labels and Selectors); what else evidence has is not pasted. */
const KEY = /^(?:[a-z0-9][a-z0-9.-]{0,252}\/)?[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;
const VALUE = /^(?:[A-Za-z0-9][A-Za-z0-9_.-]{0,62})?$/;
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

export interface AllowDns {
  commands: string[];
  /** What could not be written, a sentence each. */
  notes: string[];
}

/**
 * NetworkPolicies that let DNS through for what a policy isolates without a rule for it, as `kubectl apply` takes them.
 * `numbers[list]` has a JSON text for each: {namespace, direction, selector, dns_namespace, dns_selector, ports}. A policy has the
 * selector of the one that lacks the rule, so that it isolates nobody else.
 */
export function allowDns(list: string, numbers: Facts, filling: Filling): AllowDns {
  const lacking = [numbers[list] ?? []].flat().map((text) => JSON.parse(String(text)) as unknown);
  const written: AllowDns = { commands: [], notes: [] };
  const names = new Map<string, number>();
  for (const one of lacking.slice(0, MOST)) {
    const namespace = textAt(one, 'namespace');
    const selector = selectorOf(parsed(textAt(one, 'selector')));
    if (selector === null) {
      written.notes.push(
        `a policy of ${filling.word('namespace', namespace)} has a selector that is no plain one; let UDP and TCP of the DNS port through for what it selects`,
      );
      continue;
    }
    const name = textAt(one, 'direction') === 'ingress' ? 'allow-dns-from-all' : 'allow-dns';
    const used = (names.get(`${namespace}/${name}`) ?? 0) + 1;
    names.set(`${namespace}/${name}`, used);
    const manifest = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: used === 1 ? name : `${name}-${used}`,
        namespace: filling.word('namespace', namespace),
      },
      spec: { podSelector: selector, ...rulesOf(one, filling) },
    };
    written.commands.push("kubectl apply -f - <<'EOF'", ...stringify(manifest).trimEnd().split('\n'), 'EOF');
  }
  if (lacking.length > MOST)
    written.notes.push(`${lacking.length - MOST} more policies lack a rule for DNS; they need the same`);
  return written;
}

function rulesOf(one: unknown, filling: Filling): object {
  const numbers = listAt(one, 'ports').filter((port) => numberAt(port) !== null);
  const ports = (numbers.length === 0 ? [53] : numbers).flatMap((port) =>
    ['UDP', 'TCP'].map((protocol) => ({ protocol, port })),
  );
  if (textAt(one, 'direction') === 'ingress')
    return { policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: {} }], ports }] };
  const dnsPods = textEntries(parsed(textAt(one, 'dns_selector')));
  const isPlain = dnsPods.length > 0 && dnsPods.every(([key, value]) => KEY.test(key) && VALUE.test(value));
  const dns = {
    namespaceSelector: {
      matchLabels: {
        'kubernetes.io/metadata.name': filling.word('dns_namespace', textAt(one, 'dns_namespace')),
      },
    },
    ...(isPlain ? { podSelector: { matchLabels: Object.fromEntries(dnsPods) } } : {}),
  };
  return { policyTypes: ['Egress'], egress: [{ to: [dns], ports }] };
}

/** A list of requirements as a selector of Kubernetes; null where one of them is no plain one. */
function selectorOf(requirements: unknown): object | null {
  const labels: Record<string, string> = {};
  const expressions: object[] = [];
  for (const one of recordsAt(requirements)) {
    const key = textAt(one, 'key') ?? '';
    const values = textsAt(one, 'values');
    const operator = OPERATORS.find((name) => name === textAt(one, 'op'));
    if (!KEY.test(key) || operator === undefined || !values.every((value) => VALUE.test(value))) return null;
    if (operator === 'In' && values.length === 1 && !Object.hasOwn(labels, key)) labels[key] = values[0]!;
    else expressions.push(values.length > 0 ? { key, operator, values } : { key, operator });
  }
  return {
    ...(Object.keys(labels).length > 0 ? { matchLabels: labels } : {}),
    ...(expressions.length > 0 ? { matchExpressions: expressions } : {}),
  };
}

function parsed(text: string | null): unknown {
  return text === null ? undefined : (JSON.parse(text) as unknown);
}
