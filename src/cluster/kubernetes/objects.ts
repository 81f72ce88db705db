import type { Sink } from '../../raw/sink.js';
import { writeCorefile } from '../corefile/write-corefile.js';
import { numberAt, textAt, textEntries, valueAt } from '../../base/loose-json.js';
import {
  writeEndpoints,
  writeEndpointSlice,
  writeIngress,
  writeNode,
  writeService,
} from './network-objects.js';
import { isPolicyKind, writeNetworkPolicy } from './network-policy.js';
import { factsOf, type ItemPlace, timeAt, writeObject } from './object-row.js';
import { writePod, writePodDns } from './pod.js';
import { writeKubernetesEvent, writePodTrouble } from './server-trouble.js';

/** Objects that own pods, or own what owns them: their pod template stands in `spec.template`. */
const WORKLOADS = new Set([
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Rollout',
]);

const COREFILE_KEY = /^Corefile|\.(?:server|override)$/;

/** Whether a value looks like an object of Kubernetes: a kind and a name. */
export function isKubernetesObject(value: unknown): boolean {
  return typeof valueAt(value, 'kind') === 'string' && typeof valueAt(value, 'metadata', 'name') === 'string';
}

/**
 * Writes what one Kubernetes object says of addresses, owners, resolvers, policies and Corefiles; other kinds are passed
 * over. `kind` stands for objects of typed lists (PodList), whose items need not repeat it. False if the
 * value is no such object.
 */
export function writeKubernetesObject(
  sink: Sink,
  object: unknown,
  at: ItemPlace,
  listKind: string | null,
): boolean {
  const { position } = at;
  const kind = textAt(object, 'kind') ?? listKind;
  const name = textAt(object, 'metadata', 'name');
  if (kind === null || name === null || name === '') return false;
  if (kind === 'Pod') {
    writePod(sink, object, name, position);
    writePodDns(sink, object, name, valueAt(object, 'spec'), at);
    writePodTrouble(sink, object, name, lineOf(at));
  } else if (kind === 'Event') writeEvent(sink, object, lineOf(at));
  else if (kind === 'Service') writeService(sink, object, name, position);
  else if (kind === 'Node') writeNode(sink, object, name, position);
  else if (kind === 'Endpoints') writeEndpoints(sink, object, name, position);
  else if (kind === 'EndpointSlice') writeEndpointSlice(sink, object, name, position);
  else if (kind === 'Ingress') writeIngress(sink, object, name, position);
  else if (isPolicyKind(kind)) writeNetworkPolicy(sink, object, kind, name, position);
  else if (kind === 'ConfigMap') writeConfigMap(sink, object, name, position);
  else if (WORKLOADS.has(kind)) {
    writeObject(sink, factsOf(object, kind, name), [], position);
    const template =
      valueAt(object, 'spec', 'jobTemplate', 'spec', 'template') ?? valueAt(object, 'spec', 'template');
    writePodDns(sink, object, name, valueAt(template, 'spec'), at);
  }
  return true;
}

/** The line of an object, as its position says it. */
function lineOf({ line, position }: ItemPlace): number {
  return line ?? Number(/^line (\d{1,9})$/.exec(position)?.[1] ?? 1);
}

/** What `kubectl get events -o json` says of DNS servers. */
function writeEvent(sink: Sink, event: unknown, line: number): void {
  const about = valueAt(event, 'involvedObject') ?? valueAt(event, 'regarding');
  const count = numberAt(event, 'count') ?? numberAt(event, 'series', 'count') ?? 1;
  writeKubernetesEvent(sink, {
    line,
    time:
      timeAt(event, 'lastTimestamp') ??
      timeAt(event, 'series', 'lastObservedTime') ??
      timeAt(event, 'eventTime'),
    type: textAt(event, 'type') ?? '',
    reason: textAt(event, 'reason') ?? '',
    object: textAt(about, 'name') ?? '',
    count,
    message: textAt(event, 'message') ?? textAt(event, 'note') ?? '',
  });
}

/** A ConfigMap is kept where it holds a Corefile; others have nothing to say here. */
function writeConfigMap(sink: Sink, object: unknown, name: string, position: string): void {
  const texts = textEntries(object, 'data').filter(([key]) => COREFILE_KEY.test(key));
  if (texts.length === 0) return;
  writeObject(sink, factsOf(object, 'ConfigMap', name), [], position);
  const namespace = textAt(object, 'metadata', 'namespace');
  const full = namespace === null ? name : `${namespace}/${name}`;
  for (const [key, text] of texts)
    writeCorefile(sink, { text, origin: key === 'Corefile' ? full : `${full}:${key}`, line: 1 });
}
