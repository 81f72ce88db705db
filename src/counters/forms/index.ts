import type { CounterForm } from '../form.js';
import { metricsForm } from '../metrics/metrics-text.js';
import { ethtoolForm } from './ethtool.js';
import { netstatForm, nstatForm, snmpForm } from './protocols.js';
import { socketForm } from './sockets.js';
import { softnetForm } from './softnet.js';

/** Every form in which counters that are not of conntrack are printed. */
export const COUNTER_FORMS: readonly CounterForm[] = [
  ethtoolForm,
  netstatForm,
  nstatForm,
  snmpForm,
  softnetForm,
  socketForm,
  metricsForm,
];
