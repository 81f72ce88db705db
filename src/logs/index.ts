import type { Reader } from '../raw/reader.js';
import { cloudLogs } from './cloud/kinds.js';
import { corednsLog } from './coredns-log.js';

/** The readers of server logs. */
export const logReaders: readonly Reader[] = [corednsLog, ...cloudLogs];
