import type { Reader } from '../raw/reader.js';
import { dnstap } from './dnstap/dnstap.js';
import { gadgetTable } from './gadget/table.js';
import { gadgetJson } from './gadget/trace-dns.js';
import { hubbleFlows } from './hubble/flows.js';
import { hubbleLines } from './hubble/lines.js';
import { bindLog, dnsmasqLog, unboundLog } from './query-log/kinds.js';
import { suricataEve } from './suricata/eve.js';
import { zeekJson } from './zeek/json.js';
import { zeekTable } from './zeek/table.js';

/** Readers of DNS messages as other programs recorded them. */
export const flowReaders: readonly Reader[] = [
  gadgetJson,
  gadgetTable,
  hubbleFlows,
  hubbleLines,
  zeekJson,
  zeekTable,
  suricataEve,
  dnstap,
  dnsmasqLog,
  unboundLog,
  bindLog,
];
