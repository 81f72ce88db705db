import type { Sink } from '../../raw/sink.js';
import type { TableKind } from './kubectl-row.js';
import { factsOf, type ObjectAddress, type ObjectFacts, writeObject } from './object-row.js';
import { writeRestarts } from './server-trouble.js';
import { generatedFrom, type ListedPod, PodNetworks } from './pod-networks.js';

/** Pods that wait for the rows which tell their network; more than any cluster has (150,000 are supported). */
const MOST_WAITING = 200_000;

/** Pods that have ended keep showing an address that another may have by now. */
const ENDED =
  /^(?:Completed|Error|Evicted|Failed|Succeeded|OOMKilled|ContainerStatusUnknown|NodeLost|Shutdown)$/;
const PHASES = new Map([
  ['Running', 'Running'],
  ['Pending', 'Pending'],
  ['Completed', 'Succeeded'],
  ['Succeeded', 'Succeeded'],
  ['Failed', 'Failed'],
  ['Evicted', 'Failed'],
]);

type Cells = ReadonlyMap<string, string>;

interface WaitingPod {
  readonly facts: ObjectFacts;
  readonly listed: ListedPod;
  readonly position: string;
}

/**
 * Writes the rows of kubectl's tables as the objects that they show. Their ages are rounded and the clock is not
 * shown, so no object has times.
 */
export class TableObjects {
  private waiting: WaitingPod[] = [];
  private readonly networks = new PodNetworks();

  constructor(private readonly sink: Sink) {}

  /** One row; `isCut` where kubectl left endpoints or ports out of it. */
  add(kind: TableKind, cells: Cells, isCut: boolean, position: string): void {
    const facts = factsOf(null, kind, cells.get('NAME')!);
    facts.namespace = cells.get('NAMESPACE') || null;
    if (kind === 'Pod') this.pod(facts, cells, position);
    else if (kind === 'Node') this.node(facts, cells, position);
    else if (kind === 'Service') this.service(facts, cells, position);
    else this.endpoints(facts, cells, position);
    if (!isCut) return;
    const detail =
      'kubectl left endpoints or ports out of a row (+ N more); the others were kept, -o json has all.';
    this.sink.problem({ code: 'table-cut', detail, position });
  }

  /** Writes the pods, of which only the whole text tells who shares an address. */
  finish(): void {
    for (const { facts, listed, position } of this.waiting) {
      const role = this.networks.of(listed);
      facts.hostNetwork = role === 'host';
      writeObject(this.sink, facts, role === null ? [] : [{ address: listed.address, role }], position);
    }
    this.waiting = [];
  }

  private pod(facts: ObjectFacts, cells: Cells, position: string): void {
    const status = cells.get('STATUS')!;
    facts.node = cells.get('NODE') || null;
    facts.phase = PHASES.get(status) ?? null;
    this.restarts(facts.name, status, cells.get('RESTARTS')!, position);
    const address = cells.get('IP') ?? '';
    if (address === '' || facts.node === null || ENDED.test(status)) {
      writeObject(this.sink, facts, [], position);
      return;
    }
    const listed = { name: `${facts.namespace ?? ''}/${facts.name}`, node: facts.node, address };
    this.networks.pod(listed);
    this.waiting.push({ facts, listed, position });
    if (this.waiting.length === MOST_WAITING) this.finish();
  }

  private restarts(name: string, status: string, shown: string, position: string): void {
    if (!/^\d{1,9}$/.test(shown)) return;
    const line = Number(/\d+/.exec(position)![0]);
    writeRestarts(this.sink, { line, of: name, count: Number(shown), status });
  }

  private node(facts: ObjectFacts, cells: Cells, position: string): void {
    facts.node = facts.name;
    const internal = cells.get('INTERNAL-IP')!;
    if (internal !== '') this.networks.node(facts.name, internal);
    const addresses = [...some('internal', internal), ...some('external', cells.get('EXTERNAL-IP')!)];
    writeObject(this.sink, facts, addresses, position);
  }

  private service(facts: ObjectFacts, cells: Cells, position: string): void {
    facts.phase = cells.get('TYPE')!;
    facts.ports = portsJson(
      [...cells.get('PORT(S)')!.matchAll(/(?:^|,)(\d{1,5})(?::\d{1,5})?\/([A-Z]{3,4})/g)].map((found) => ({
        port: Number(found[1]),
        protocol: found[2],
      })),
    );
    const cluster = cells.get('CLUSTER-IP')!;
    // One column holds both a load balancer's addresses or host names and the external ones.
    const external = cells
      .get('EXTERNAL-IP')!
      .split(',')
      .filter((text) => /^[\d.]+$|:/.test(text));
    const role = facts.phase === 'LoadBalancer' ? 'load-balancer' : 'external';
    const addresses = [
      ...(cluster === 'None' ? [] : some('cluster', cluster)),
      ...external.flatMap((address) => some(role, address)),
    ];
    writeObject(this.sink, facts, addresses, position);
  }

  private endpoints(facts: ObjectFacts, cells: Cells, position: string): void {
    const shown = cells.get('ENDPOINTS');
    if (shown === undefined) facts.phase = 'not-ready';
    const listed = (shown ?? '').split(',').filter((text) => text !== '');
    if (facts.kind === 'EndpointSlice') {
      facts.owner = { kind: 'Service', name: generatedFrom(facts.name) ?? facts.name };
      facts.ports = portsJson(
        cells
          .get('PORTS')!
          .match(/\d{1,5}/g)
          ?.map((port) => ({ port: Number(port) })) ?? [],
      );
      const isName = cells.get('ADDRESSTYPE') === 'FQDN';
      // The table of slices shows ready and other endpoints alike.
      const addresses = isName ? [] : listed.map((address) => ({ address, role: 'endpoint', phase: null }));
      writeObject(this.sink, facts, addresses, position);
      return;
    }
    const ports = new Map<string, Set<number>>();
    for (const text of listed) {
      const found = /^\[?([\da-fA-F.:]{2,45}?)\]?(?::(\d{1,5}))?$/.exec(text);
      const address = found?.[1] ?? text;
      const known = ports.get(address) ?? new Set();
      ports.set(address, known);
      if (found?.[2] !== undefined) known.add(Number(found[2]));
    }
    const addresses: ObjectAddress[] = [...ports].map(([address, known]) => ({
      address,
      role: 'endpoint',
      // The table of endpoints shows the ready ones alone.
      phase: 'ready',
      ports: portsJson([...known].map((port) => ({ port }))),
    }));
    writeObject(this.sink, facts, addresses, position);
  }
}

function some(role: string, address: string): ObjectAddress[] {
  return address === '' ? [] : [{ address, role }];
}

function portsJson(ports: readonly object[]): string | null {
  return ports.length === 0 ? null : JSON.stringify(ports);
}
