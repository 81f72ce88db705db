import { listTemplate, objectTemplate, type Shape } from './go-template.js';

const text = 'text';
const fields = (inner: Readonly<Record<string, Shape>>): Shape => ({ fields: inner });
const list = (inner: Shape): Shape => ({ list: inner });
const texts: Shape = { texts: true };

/** Labels that tell what a pod, service or slice is of; others may say anything. */
const LABELS = fields({
  'k8s-app': text,
  app: text,
  'app.kubernetes.io/name': text,
  'app.kubernetes.io/instance': text,
  'kubernetes.io/service-name': text,
  'dns.operator.openshift.io/daemonset-dns': text,
});

const META = fields({
  name: text,
  namespace: text,
  creationTimestamp: text,
  deletionTimestamp: text,
  labels: LABELS,
  ownerReferences: list(fields({ kind: text, name: text, controller: 'boolean' })),
});

const BASE = { apiVersion: text, kind: text, metadata: META } as const;
const IPS = list(fields({ ip: text }));
const PORTS = list(fields({ name: text, port: 'number', protocol: text }));
const ENDED = fields({ exitCode: 'number', reason: text, finishedAt: text });

/** Pods: addresses, owners, resolver and restarts; never env, args, annotations or volumes. */
const POD = fields({
  ...BASE,
  spec: fields({
    nodeName: text,
    hostNetwork: 'boolean',
    dnsPolicy: text,
    containers: list(
      fields({ ports: list(fields({ name: text, containerPort: 'number', protocol: text })) }),
    ),
    dnsConfig: fields({
      nameservers: texts,
      searches: texts,
      options: list(fields({ name: text, value: text })),
    }),
  }),
  status: fields({
    phase: text,
    podIP: text,
    podIPs: IPS,
    hostIP: text,
    hostIPs: IPS,
    startTime: text,
    containerStatuses: list(
      fields({
        name: text,
        ready: 'boolean',
        restartCount: 'number',
        state: fields({ terminated: ENDED, waiting: fields({ reason: text }) }),
        lastState: fields({ terminated: ENDED }),
      }),
    ),
  }),
});

const SERVICE = fields({
  ...BASE,
  spec: fields({
    type: text,
    clusterIP: text,
    clusterIPs: texts,
    externalIPs: texts,
    selector: { map: text },
    ports: PORTS,
  }),
});

const SLICE = fields({
  ...BASE,
  addressType: text,
  ports: PORTS,
  endpoints: list(
    fields({
      addresses: texts,
      nodeName: text,
      conditions: fields({ ready: 'boolean', serving: 'boolean', terminating: 'boolean' }),
      targetRef: fields({ kind: text, name: text, namespace: text }),
    }),
  ),
});

const NODE = fields({
  ...BASE,
  spec: fields({ providerID: text }),
  status: fields({
    addresses: list(fields({ type: text, address: text })),
    nodeInfo: fields({
      kernelVersion: text,
      osImage: text,
      kubeletVersion: text,
      kubeProxyVersion: text,
      containerRuntimeVersion: text,
    }),
  }),
});

const SELECTOR = fields({
  matchLabels: { map: text },
  matchExpressions: list(fields({ key: text, operator: text, values: texts })),
});
const PEERS = list(
  // an empty selector is everybody, and none is nobody in particular
  fields({
    podSelector: { evenEmpty: SELECTOR },
    namespaceSelector: { evenEmpty: SELECTOR },
    ipBlock: fields({ cidr: text, except: texts }),
  }),
);
/** A policy's port is a number or a name. */
const POLICY_PORTS = list(fields({ protocol: text, port: 'number-or-name', endPort: 'number' }));

/** What lets packets through, or does not. */
const POLICY = fields({
  ...BASE,
  spec: fields({
    podSelector: SELECTOR,
    policyTypes: texts,
    ingress: list(fields({ ports: POLICY_PORTS, from: PEERS })),
    egress: list(fields({ ports: POLICY_PORTS, to: PEERS })),
  }),
});

const EVENT = fields({
  ...BASE,
  type: text,
  reason: text,
  message: text,
  count: 'number',
  firstTimestamp: text,
  lastTimestamp: text,
  eventTime: text,
  involvedObject: fields({ kind: text, namespace: text, name: text }),
});

const CONFIG = fields({ ...BASE, data: { map: text } });

/** What is asked of kubectl with `-o`, by what is listed. */
export const OUTPUTS = {
  pods: `go-template=${listTemplate(POD)}`,
  services: `go-template=${listTemplate(SERVICE)}`,
  endpointslices: `go-template=${listTemplate(SLICE)}`,
  networkpolicies: `go-template=${listTemplate(POLICY)}`,
  events: `go-template=${listTemplate(EVENT)}`,
  nodes: `go-template=${listTemplate(NODE)}`,
  configmap: `go-template=${objectTemplate(CONFIG)}`,
} as const;
