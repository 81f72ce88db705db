import { pcapngReader, pcapReader } from '../capture/index.js';
import { tcpdumpTextReader } from '../capture/tcpdump-text/index.js';
import { tsharkReader } from '../capture/tshark/index.js';
import { clusterReaders } from '../cluster/index.js';
import { conntrackReaders } from '../conntrack/index.js';
import { queryResults } from '../counters/metrics/query-results.js';
import { flowReaders } from '../flows/index.js';
import type { Reader } from '../raw/reader.js';
import { probeReaders } from '../probes/index.js';
import { logReaders } from '../logs/index.js';

/** Every kind of evidence there is a reader for; of two that are equally sure of an input the first gets it. */
export const KINDS: readonly Reader[] = [
  pcapReader,
  pcapngReader,
  tcpdumpTextReader,
  tsharkReader,
  ...logReaders,
  ...conntrackReaders,
  queryResults,
  ...probeReaders,
  ...clusterReaders,
  ...flowReaders,
];
