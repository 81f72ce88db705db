import type { Reader } from '../input/reader.js';
import { corednsLog } from './coredns-log.js';

/** The readers of server logs. */
export const logReaders: readonly Reader[] = [corednsLog];
