import type { Table } from '../column.js';
import {
  clusterObjects,
  collected,
  corefiles,
  dnsRecords,
  networkPolicies,
  resolverConfigs,
} from './cluster.js';
import { counters } from './counters.js';
import { conntrackCounters, conntrackFlows, conntrackTable } from './kernel.js';
import { addresses, names, problems, sources, texts } from './ledger.js';
import { probes } from './probes.js';
import { logEvents, logQueries } from './logs.js';
import { answers, encryptedSessions, frames, icmpErrors, packets, paths, shapes, sightings } from './wire.js';

/** Every raw table, declared once: the DDL, the batches and the documentation come from here. */
export const RAW_TABLES: readonly Table[] = [
  sources,
  problems,
  names,
  addresses,
  texts,
  sightings,
  packets,
  paths,
  shapes,
  answers,
  icmpErrors,
  encryptedSessions,
  frames,
  logQueries,
  logEvents,
  conntrackCounters,
  conntrackTable,
  conntrackFlows,
  counters,
  probes,
  resolverConfigs,
  corefiles,
  clusterObjects,
  networkPolicies,
  dnsRecords,
  collected,
];

/** Those with rows of a source each; what is taken out of a database is taken out of these. */
export const SOURCED_TABLES: readonly Table[] = RAW_TABLES.filter(({ columns }) => 'source_id' in columns);
