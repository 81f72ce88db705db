import { commandOf, errorMeaning, fileBanner, isFurniture } from './console-line.js';
import { isSoftnetRow } from '../counters/forms/softnet.js';
import { readDate } from '../base/time/printed.js';
import { readFlow } from './flow-line.js';
import { isKernelLine } from './kernel-line.js';
import { isMetricsLine, isNodeExporterLine } from './metrics-line.js';
import { isProcfsRow, readProcfsHeader } from './procfs-stat.js';
import { readStatsLine, readTotalLine } from './stats-line.js';
import { readTableSize } from './table-size.js';

/** What a line is, for telling inputs apart. `neutral` ones stand in any of them. */
export type LineForm = 'stats' | 'procfs' | 'size' | 'flow' | 'kernel' | 'metric' | 'neutral' | 'unknown';

/** Tells one line (without controls) by itself. */
export function formOf(line: string): LineForm {
  if (readStatsLine(line) || readTotalLine(line)) return 'stats';
  if (readFlow(line)) return 'flow';
  if (readProcfsHeader(line) || (isProcfsRow(line) && !isSoftnetRow(line))) return 'procfs';
  if (readTableSize(line)) return 'size';
  if (isNodeExporterLine(line)) return 'metric';
  if (isKernelLine(line)) return 'kernel';
  const isNeutral =
    isMetricsLine(line) ||
    readDate(line, 0) !== null ||
    /^Every \d+(?:\.\d+)?s: /.test(line) ||
    /^\s*\d{1,10}\s*$/.test(line) ||
    commandOf(line) !== null ||
    fileBanner(line) !== null ||
    isFurniture(line);
  if (isNeutral) return 'neutral';
  return errorMeaning(line) !== null && /conntrack|sysctl/.test(line) ? 'stats' : 'unknown';
}
