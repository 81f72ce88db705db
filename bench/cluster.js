// Seconds and peak memory for `kubectl get pods,svc,endpointslices -A -o json` of a large cluster, made here.
//   node bench/cluster.js [PODS] [SERVICES]        (after npm run build)
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterReaders } from '../dist/cluster/index.js';
import { MemorySink } from './support/memory-sink.js';

const [, , pods = '50000', services = '5000'] = process.argv;
const MEBI = 1 << 20;

const addressOf = (base, i) => `${base}.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;

/** What the API server notes of every field's owner: a third of a pod's JSON. */
const managedFields = ['kube-controller-manager', 'kube-scheduler', 'kubelet'].map((manager) => ({
  apiVersion: 'v1',
  fieldsType: 'FieldsV1',
  manager,
  operation: 'Update',
  time: '2025-02-20T10:11:12Z',
  fieldsV1: Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [
      `f:field${i}`,
      { '.': {}, 'f:name': {}, [`k:{"uid":"${i}"}`]: { '.': {} } },
    ]),
  ),
}));

function pod(i) {
  const workload = `app-${Math.floor(i / 10)}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: { 'prometheus.io/scrape': 'true' },
      creationTimestamp: '2025-02-20T10:11:12Z',
      generateName: `${workload}-6d4cf56db6-`,
      labels: { app: workload, 'pod-template-hash': '6d4cf56db6' },
      managedFields,
      name: `${workload}-6d4cf56db6-${i.toString(36).padStart(5, '0')}`,
      namespace: `team-${i % 50}`,
      ownerReferences: [
        { apiVersion: 'apps/v1', controller: true, kind: 'ReplicaSet', name: `${workload}-6d4cf56db6` },
      ],
      uid: `9f3e4c2a-0000-4000-8000-${String(i).padStart(12, '0')}`,
    },
    spec: {
      containers: [
        {
          env: Array.from({ length: 12 }, (_, n) => ({
            name: `SETTING_${n}`,
            value: `value of setting ${n}`,
          })),
          image: `registry.example/${workload}:1.2.3`,
          name: 'main',
          ports: [{ containerPort: 8080, protocol: 'TCP' }],
          resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '100m', memory: '128Mi' } },
          volumeMounts: [
            { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: 'token', readOnly: true },
          ],
        },
      ],
      dnsConfig: i % 7 === 0 ? { options: [{ name: 'ndots', value: '2' }] } : undefined,
      dnsPolicy: 'ClusterFirst',
      nodeName: `ip-10-1-${(i >> 8) & 255}-${i % 30}`,
      tolerations: [
        {
          effect: 'NoExecute',
          key: 'node.kubernetes.io/not-ready',
          operator: 'Exists',
          tolerationSeconds: 300,
        },
      ],
      volumes: [
        {
          name: 'token',
          projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }] },
        },
      ],
    },
    status: {
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
        lastProbeTime: null,
        lastTransitionTime: '2025-02-20T10:11:14Z',
        status: 'True',
        type,
      })),
      containerStatuses: [
        {
          name: 'main',
          ready: true,
          restartCount: 0,
          state: { running: { startedAt: '2025-02-20T10:11:14Z' } },
        },
      ],
      hostIP: addressOf(10, i % 3000),
      phase: 'Running',
      podIP: addressOf(100, i),
      podIPs: [{ ip: addressOf(100, i) }],
      startTime: '2025-02-20T10:11:13Z',
    },
  };
}

function service(i) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { creationTimestamp: '2025-02-20T10:11:12Z', name: `app-${i}`, namespace: `team-${i % 50}` },
    spec: {
      clusterIP: addressOf(172, i),
      clusterIPs: [addressOf(172, i)],
      ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
      selector: { app: `app-${i}` },
      type: 'ClusterIP',
    },
  };
}

function slice(i) {
  const endpoints = Array.from({ length: 10 }, (_, n) => ({
    addresses: [addressOf(100, i * 10 + n)],
    conditions: { ready: true, serving: true, terminating: false },
    nodeName: `ip-10-1-0-${n}`,
    targetRef: { kind: 'Pod', name: `app-${i}-6d4cf56db6-${n}`, namespace: `team-${i % 50}` },
  }));
  return {
    addressType: 'IPv4',
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      labels: { 'kubernetes.io/service-name': `app-${i}` },
      name: `app-${i}-x`,
      namespace: `team-${i % 50}`,
    },
    endpoints,
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  };
}

async function writeCluster(path) {
  const out = createWriteStream(path);
  let between = '';
  const put = async (object) => {
    const text = JSON.stringify(object, null, 4).replaceAll('\n', '\n        ');
    if (!out.write(`${between}        ${text}`)) await once(out, 'drain');
    between = ',\n';
  };
  out.write('{\n    "apiVersion": "v1",\n    "items": [\n');
  for (let i = 0; i < Number(pods); i++) await put(pod(i));
  for (let i = 0; i < Number(services); i++) {
    await put(service(i));
    await put(slice(i));
  }
  out.end('\n    ],\n    "kind": "List",\n    "metadata": { "resourceVersion": "" }\n}\n');
  await once(out, 'finish');
}

const folder = mkdtempSync(join(tmpdir(), 'dnslens-bench-'));
try {
  const path = join(folder, 'cluster.json');
  await writeCluster(path);
  const size = statSync(path).size;
  const counts = {};
  const sink = new MemorySink((table, batch) => (counts[table] = (counts[table] ?? 0) + batch.row));
  const reader = clusterReaders.find(({ kind }) => kind === 'kubernetes-objects');
  const head = Buffer.concat(await createReadStream(path, { end: 65535 }).toArray());
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const cpu = process.cpuUsage();
  const start = performance.now();
  await reader.read({ path, head, chunks: createReadStream(path, { highWaterMark: 1 << 18 }) }, sink, {
    ports: [53],
  });
  sink.finish();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(timer);
  const { user, system } = process.cpuUsage(cpu);
  console.log(`${pods} pods, ${services} services: ${(size / MEBI).toFixed(0)} MiB of JSON`);
  console.log(
    `read in ${seconds.toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of CPU), ${(size / MEBI / seconds).toFixed(0)} MiB/s`,
  );
  console.log(
    `memory: ${(before / MEBI).toFixed(0)} MiB before, ${(peak / MEBI).toFixed(0)} MiB at its peak`,
  );
  console.log(counts, sink.problems);
} finally {
  rmSync(folder, { recursive: true });
}
