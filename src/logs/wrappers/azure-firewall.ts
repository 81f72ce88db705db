import type { LogLine } from '../log-line.js';
import type { Wrapper } from './wrapper.js';

const PREFIX = 'DNS Request: ';

/** `DNS Request: QUERY`: Azure Firewall's DNS proxy, a CoreDNS within; its query lines have no quotation marks. */
export const azureFirewall: Wrapper = {
  name: "Azure Firewall's DNS proxy",
  beginsWith: 'D',
  unwrap(line: LogLine): boolean {
    if (!line.startsWith(PREFIX)) return false;
    line.start += PREFIX.length;
    return true;
  },
};
