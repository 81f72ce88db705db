import type { Sink } from '../../raw/sink.js';
import { recordsAt, textAt, textEntries, textsAt, valueAt } from '../../base/loose-json.js';
import { factsOf, type ObjectAddress, portsOf, writeObject } from './object-row.js';

/** Writes a service's addresses: `cluster`, `external`, `load-balancer`; a headless one has none. */
export function writeService(sink: Sink, service: unknown, name: string, position: string): void {
  const facts = factsOf(service, 'Service', name);
  const spec = valueAt(service, 'spec');
  const selector = textEntries(spec, 'selector');
  facts.target = selector.length === 0 ? null : JSON.stringify(Object.fromEntries(selector));
  facts.ports = portsOf(spec);
  facts.phase = textAt(spec, 'type');
  const cluster = [textAt(spec, 'clusterIP'), ...textsAt(spec, 'clusterIPs')];
  const addresses = [
    ...withRole(
      'cluster',
      cluster.filter((address) => address !== null && address !== 'None' && address !== ''),
    ),
    ...withRole('external', textsAt(spec, 'externalIPs')),
    ...withRole('load-balancer', [textAt(spec, 'loadBalancerIP'), ...loadBalancerAddresses(service)]),
  ];
  writeObject(sink, facts, addresses, position);
}

/** Writes an ingress's load balancer addresses. */
export function writeIngress(sink: Sink, ingress: unknown, name: string, position: string): void {
  const addresses = withRole('load-balancer', loadBalancerAddresses(ingress));
  writeObject(sink, factsOf(ingress, 'Ingress', name), addresses, position);
}

/** Writes a node's addresses: `internal` and `external`. */
export function writeNode(sink: Sink, node: unknown, name: string, position: string): void {
  const facts = factsOf(node, 'Node', name);
  facts.node = name;
  const roles: Record<string, string> = { InternalIP: 'internal', ExternalIP: 'external' };
  const addresses = recordsAt(node, 'status', 'addresses').flatMap((entry) => {
    const role = roles[textAt(entry, 'type') ?? ''];
    return role === undefined ? [] : withRole(role, [textAt(entry, 'address')]);
  });
  writeObject(sink, facts, addresses, position);
}

/** Writes the addresses behind a service (Endpoints); phase is `ready` or `not-ready`. */
export function writeEndpoints(sink: Sink, endpoints: unknown, name: string, position: string): void {
  const facts = factsOf(endpoints, 'Endpoints', name);
  const addresses = recordsAt(endpoints, 'subsets').flatMap((subset) =>
    (['addresses', 'notReadyAddresses'] as const).flatMap((key) =>
      recordsAt(subset, key).map((entry) => ({
        address: textAt(entry, 'ip') ?? '',
        role: 'endpoint',
        node: textAt(entry, 'nodeName'),
        target: targetOf(entry),
        ports: portsOf(subset),
        phase: key === 'addresses' ? 'ready' : 'not-ready',
      })),
    ),
  );
  writeObject(sink, facts, addresses, position);
}

/** Writes the addresses of an EndpointSlice; its owner is its service. */
export function writeEndpointSlice(sink: Sink, slice: unknown, name: string, position: string): void {
  const facts = factsOf(slice, 'EndpointSlice', name);
  const service = textAt(slice, 'metadata', 'labels', 'kubernetes.io/service-name');
  if (service !== null) facts.owner ??= { kind: 'Service', name: service };
  facts.ports = portsOf(slice);
  if (textAt(slice, 'addressType') === 'FQDN') {
    writeObject(sink, facts, [], position);
    return;
  }
  const addresses = recordsAt(slice, 'endpoints').flatMap((endpoint) =>
    textsAt(endpoint, 'addresses').map((address) => ({
      address,
      role: 'endpoint',
      node: textAt(endpoint, 'nodeName'),
      target: targetOf(endpoint),
      // No condition at all means ready (discovery.k8s.io/v1, EndpointConditions).
      phase: valueAt(endpoint, 'conditions', 'ready') === false ? 'not-ready' : 'ready',
    })),
  );
  writeObject(sink, facts, addresses, position);
}

function targetOf(endpoint: unknown): string | null {
  return textAt(endpoint, 'targetRef', 'kind') === 'Pod' ? textAt(endpoint, 'targetRef', 'name') : null;
}

function loadBalancerAddresses(object: unknown): (string | null)[] {
  return recordsAt(object, 'status', 'loadBalancer', 'ingress').map((entry) => textAt(entry, 'ip'));
}

function withRole(role: string, addresses: readonly (string | null)[]): ObjectAddress[] {
  const known = addresses.filter((address): address is string => address !== null && address !== '');
  return [...new Set(known)].map((address) => ({ address, role }));
}
