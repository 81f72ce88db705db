import type { Reader } from '../raw/reader.js';
import { collection } from './collection/collection.js';
import { corefileReader } from './corefile/corefile-reader.js';
import { externalDnsLog } from './external-dns/external-dns-log.js';
import { kubectlDescribe } from './kubernetes/describe.js';
import { kubectlEvents } from './kubernetes/events-table.js';
import { kubectlTable } from './kubernetes/kubectl-table.js';
import { kubernetesObjects } from './objects/kubernetes-objects.js';
import { resolvConf } from './resolv/resolv-conf.js';
import { route53 } from './objects/route53.js';

/** Readers of what the cluster and its zones say of themselves. */
export const clusterReaders: readonly Reader[] = [
  collection,
  resolvConf,
  corefileReader,
  kubernetesObjects,
  kubectlTable,
  kubectlDescribe,
  kubectlEvents,
  route53,
  externalDnsLog,
];
