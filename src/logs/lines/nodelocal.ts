import { type LogEvent, logEvent } from '../events.js';
import type { LogEventKind } from '../../raw/log-events.js';
import { reasonOf } from './reasons.js';

/** Lines of kubernetes/dns, cmd/node-cache/app: their beginnings. */
const LINES: readonly (readonly [RegExp, LogEventKind])[] = [
  [/^Added back (?:nodelocaldns|ebtables) rule - /, 'nodelocal-rule-added'],
  [/^(?:iptables|ebtables) rule .* already exists/, 'nodelocal-rule-present'],
  [/^Added interface - /, 'nodelocal-interface-added'],
  [/^Error (?:checking\/adding|adding) (?:iptables|ebtables) rule/, 'nodelocal-rule-failed'],
  [/^(?:Failed to add non-existent interface|Error checking dummy device)/, 'nodelocal-interface-failed'],
  [/^timed out waiting for pidfile/, 'nodelocal-rule-failed'],
  [/^(?:Starting node-cache image|Using (?:Corefile|Pidfile) )/, 'nodelocal-started'],
  [/^Using Pidfile$/, 'nodelocal-started'],
  [/^(?:Using config file:|Updated Corefile with|Skipping kube-dns configmap sync|Sending reload signal)/, 'nodelocal-configuration'],
  [/^(?:Invalid config:|Did not find TCP upstream block)/, 'nodelocal-configuration'],
  [/^(?:Failed|Unable) to .*(?:config|corefile|template|stub|upstream)/i, 'nodelocal-configuration'],
  [/^Setting up networking for node cache/, 'nodelocal-started'],
  [/^(?:Hit error during teardown|Tearing down|Exiting iptables\/interface check|Untrapped signal, tearing down)/, 'nodelocal-teardown'],
]; // prettier-ignore

/** An address that a rule or an interface is for. */
const RULE_ADDRESS = /[\s[]-[ds] ([^\s\]]+)/;
const RULE_PORT = /--[ds]port (\d{1,5})/;

/** Reads what NodeLocal DNSCache says of itself, or null. */
export function readNodeLocal(text: string): LogEvent | null {
  const found = LINES.find(([pattern]) => pattern.test(text));
  if (!found) return null;
  const kind = found[1];
  const address = kind.startsWith('nodelocal-rule-') ? RULE_ADDRESS.exec(text)?.[1] : undefined;
  const port = RULE_PORT.exec(text)?.[1];
  const upstream = address === undefined ? null : port === undefined ? address : `${address}:${port}`;
  return logEvent(kind, { upstream, reason: kind.endsWith('-failed') ? reasonOf(text) : null });
}
