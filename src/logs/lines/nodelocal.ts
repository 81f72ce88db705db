import { type LogEvent, logEvent, type LogEventKind } from '../events.js';
import { reasonOf } from './reasons.js';

/** Lines of kubernetes/dns, cmd/node-cache/app: their beginnings. */
const LINES: readonly (readonly [RegExp, LogEventKind])[] = [
  [/^Added back nodelocaldns rule - /, 'nodelocal-rule-added'],
  [/^(?:Added interface - |Interface .* already exists|Added nodelocaldns interface)/, 'nodelocal-interface-added'],
  [/^(?:Error (?:checking|adding|ensuring|deleting)|Failed to (?:add|check|delete|ensure|list|teardown)).*(?:rule|iptables|interface|nodelocaldns|nft)/i, 'nodelocal-rule-failed'],
  [/^(?:iptables|nftables|iptables rules?) .*(?:unavailable|failed|not )/i, 'nodelocal-rule-failed'],
  [/^(?:Starting node-cache image|Using (?:Corefile|Pidfile|Configmap)|node-cache )/, 'nodelocal-started'],
  [/^(?:Using config file:|Updated Corefile with|Skipping kube-dns configmap sync|Sending reload signal|Kubernetes ConfigMap|Setting up networking|Failed to (?:read|update|write|sync) .*(?:config|Corefile|stub))/i, 'nodelocal-configuration'],
  [/^(?:Tearing down|Exiting|Deleting (?:interface|iptables)|Removing)/, 'nodelocal-teardown'],
]; // prettier-ignore

/** An address that a rule or an interface is for. */
const RULE_ADDRESS = /(?:^|\s)-[ds] (\S+)/;
const RULE_PORT = /--[ds]port (\d{1,5})/;

/** Reads what NodeLocal DNSCache says of itself, or null. */
export function readNodeLocal(text: string): LogEvent | null {
  const found = LINES.find(([pattern]) => pattern.test(text));
  if (!found) return null;
  const kind = found[1];
  const address = kind.startsWith('nodelocal-rule') ? RULE_ADDRESS.exec(text)?.[1] : undefined;
  const port = RULE_PORT.exec(text)?.[1];
  const upstream = address === undefined ? null : port === undefined ? address : `${address}:${port}`;
  return logEvent(kind, { upstream, reason: kind === 'nodelocal-rule-failed' ? reasonOf(text) : null });
}
